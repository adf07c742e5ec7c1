"""An operator's own failure modes: texts of TOML files to modes that join the catalog. No code runs, nothing is overridden.

A file with a fault in it is left out; a link, ask or refutation that names a mode that does not exist is left out
alone. Each is reported with its file and key, and everything else is used.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from plegma.knowledge.catalog import Catalog, build
from plegma.knowledge.failure_mode import Ask, FailureMode
from plegma.knowledge.own_records import KeyFault, Records
from plegma.knowledge.own_rules import RULES

SUFFIX = ".toml"


class Fault(Struct, frozen=True, order=True):
    """What is wrong, in which file, at which key ("" for the file as a whole)."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return ": ".join(piece for piece in (self.file, self.key, self.text) if piece)


class OwnModes(Struct, frozen=True):
    """The modes that can be used, the file of each by its id, and every fault."""

    modes: tuple[FailureMode, ...]
    files: Mapping[str, str]
    faults: tuple[Fault, ...]


def own_modes(texts: Mapping[str, str], catalog: Catalog) -> OwnModes:
    """Modes from the texts of TOML files by their names, one mode in each; `catalog` is what they may link to."""
    faults: list[Fault] = []
    modes: dict[str, FailureMode] = {}
    files: dict[str, str] = {}
    for file, text in sorted(texts.items()):
        mode, found = _mode(text)
        if mode is not None and (taken := _taken(mode.id, catalog, files)):
            found = (*found, KeyFault("id", taken))
        faults.extend(Fault(file, fault.key, fault.text) for fault in found)
        if mode is not None and not found:
            modes[mode.id], files[mode.id] = mode, file
    known = {*catalog.modes, *modes}
    for mode in modes.values():
        faults.extend(Fault(files[mode.id], fault.key, fault.text) for fault in _strangers(mode, known))
    return OwnModes(tuple(_joined(mode, known) for mode in modes.values()), files, tuple(faults))


def extended(catalog: Catalog, own: OwnModes) -> Catalog:
    """The catalog with the own modes in it."""
    return build([*catalog, *own.modes]) if own.modes else catalog


def _mode(text: str) -> tuple[FailureMode | None, tuple[KeyFault, ...]]:
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, (KeyFault("", f"is no TOML: {error}"),)
    records = Records(RULES)
    return records.record(FailureMode, table), tuple(records.faults)


def _taken(mode: str, catalog: Catalog, files: Mapping[str, str]) -> str:
    if mode in catalog:
        return f"{mode!r} is a mode of plegma, and own modes override nothing: give it another id"
    return f"{mode!r} is the mode of {files[mode]} already" if mode in files else ""


def _strangers(mode: FailureMode, known: Collection[str]) -> Iterator[KeyFault]:
    """Names of modes that there are not."""
    for key, other in _named(mode):
        if other not in known:
            yield KeyFault(key, f"there is no mode {other!r} (`plegma modes` lists all); this entry is left out")


def _named(mode: FailureMode) -> Iterator[tuple[str, str]]:
    yield from ((f"leads_to[{n}].effect", link.effect) for n, link in enumerate(mode.leads_to, 1))
    for n, ask in enumerate(mode.asks, 1):
        yield from ((f"asks[{n}].separates[{m}]", other) for m, other in enumerate(ask.separates, 1))
    yield from ((f"refutes[{n}].mode", refutation.mode) for n, refutation in enumerate(mode.refutes, 1) if refutation.mode)


def _joined(mode: FailureMode, known: Collection[str]) -> FailureMode:
    """The mode without the names of modes that there are not."""
    return replace(
        mode,
        leads_to=tuple(link for link in mode.leads_to if link.effect in known),
        asks=tuple(_ask(ask, known) for ask in mode.asks),
        refutes=tuple(refutation for refutation in mode.refutes if not refutation.mode or refutation.mode in known),
    )


def _ask(ask: Ask, known: Collection[str]) -> Ask:
    return replace(ask, separates=tuple(other for other in ask.separates if other in known))
