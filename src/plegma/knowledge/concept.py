"""The record that each concept file fills in: a thing that a reader of a diagnosis has to know.

A record is data: `plegma explain` and the docs print it. What goes wrong with the thing in particular stands in the
failure modes; a concept says what the thing is, how it fails in general, and where to look.
"""


from msgspec import Struct

from plegma.model.texts import Text


class Look(Struct, frozen=True):
    """Where to look: a command, or a file's path, and what it tells. Placeholders as in `Ask`."""

    command: str
    tells: Text


class Number(Struct, frozen=True):
    """A number that the programs themselves hold to.

    `value` is written with its unit ("3 m", "85 %"); a value that changed names the versions. `source` is the file that
    holds it, in kubernetes/kubernetes unless another repository is named first.
    """

    name: Text
    value: str
    source: str


class Concept(Struct, frozen=True):
    """One thing, explained. The module's name is the id with "-" as "_".

    A newline in `what` and `fails` begins a new paragraph. `see` holds ids of other concepts, `modes` ids of failure
    modes that belong to it (beside those whose own `concepts` name it), `aliases` other words that people use for it
    (case, spaces and hyphens do not matter).
    """

    id: str
    title: Text
    what: Text
    fails: Text
    look: tuple[Look, ...] = ()
    numbers: tuple[Number, ...] = ()
    see: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
