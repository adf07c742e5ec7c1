"""What is shown of evidence: without secrets always, and with pseudonyms for names when asked; and the way back."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from plegma.app.rewriting import rewritten
from plegma.evidence.read import Evidence
from plegma.evidence.secrets import mask
from plegma.model.diagnosis import Diagnosis

if TYPE_CHECKING:
    from plegma.evidence.pseudonyms import Pseudonyms

SCHEMA = "plegma.dev/names/v1"
_KEY_BYTES = 16


class NotAMapError(ValueError):
    """The file is none that `--anonymise` wrote."""


def showable(text: str) -> str:
    """The text without secrets, and with escapes for what no encoding can print (bytes of a file's name that are no UTF-8)."""
    return mask(text).encode("utf-8", "backslashreplace").decode()


def masked(diagnosis: Diagnosis, _evidence: Evidence) -> Diagnosis:
    """The diagnosis without the secrets that its lines hold."""
    return rewritten(diagnosis, showable)


@dataclass(frozen=True)
class Disguise:
    """Masks, then replaces names by pseudonyms, which it collects."""

    pseudonyms: "Pseudonyms"

    def __call__(self, diagnosis: Diagnosis, evidence: Evidence) -> Diagnosis:
        """The diagnosis with pseudonyms for all names that the evidence holds, and without the lines around its lines.

        Those lines were never parsed: names in them are not known as such.
        """
        self.pseudonyms.learn(references(evidence))
        bare = replace(diagnosis, lines=tuple(replace(line, before=(), after=()) for line in diagnosis.lines))
        return rewritten(bare, cache(lambda text: self.pseudonyms.hide(showable(text))))


def references(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """The refs of all parts and observations."""
    for part in evidence.parts:
        yield part.context
        yield from (seen.refs for seen in part.observations)


def read_map(file: Path) -> "Pseudonyms":
    """The pseudonyms of an earlier run; fresh ones with a key of their own when there is no such file.

    Raises NotAMapError, and OSError when the file cannot be read.
    """
    from secrets import token_hex

    from plegma.evidence.pseudonyms import Pseudonyms  # imported here: most runs need no names hidden

    if not file.exists():
        return Pseudonyms(token_hex(_KEY_BYTES).encode())
    try:
        import json  # only names that were kept need it

        found = json.loads(file.read_text(encoding="utf-8"))
        schema, key, names = found["schema"], str(found["key"]), {str(p): str(name) for p, name in found["names"].items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NotAMapError(f"{file} is no map of names: {error}") from error
    if schema != SCHEMA:
        raise NotAMapError(f"{file} is no map of names ({SCHEMA})")
    return Pseudonyms(key.encode(), names, {name: pseudonym for pseudonym, name in names.items()})


def write_map(file: Path, pseudonyms: "Pseudonyms") -> None:
    """Writes what leads from pseudonyms back to names, readable by its owner only.

    Raises OSError.
    """
    names = dict(sorted(pseudonyms.originals.items()))
    import json

    text = json.dumps({"schema": SCHEMA, "key": pseudonyms.key.decode(), "names": names}, indent=2, ensure_ascii=False)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text + "\n")
