"""Finds all failure modes and checks that they fit together."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct

from plegma.knowledge import failure_modes
from plegma.knowledge.failure_mode import FailureMode, Link


class CatalogError(Exception):
    """Every fault found while loading, one a line: two modes with one id, a link that leads nowhere, ..."""


Needs = tuple[tuple[str, ...], ...]
"""Sets of texts: what matches a pattern holds at least one of each."""


class Catalog(Struct, frozen=True):
    """All modes by id, the links in both directions, and for each pattern the texts that it cannot match without."""

    modes: Mapping[str, FailureMode]
    causes_of: Mapping[str, tuple[tuple[FailureMode, Link], ...]]
    needs: Mapping[str, Needs]

    def __getitem__(self, mode: str) -> FailureMode:
        return self.modes[mode]

    def __iter__(self) -> Iterator[FailureMode]:
        return iter(self.modes.values())

    def __contains__(self, mode: object) -> bool:
        return mode in self.modes


def build(modes: Iterable[FailureMode]) -> Catalog:
    """A catalog of these modes, in order of id.

    Raises CatalogError with every fault at once.
    """
    by_id: dict[str, FailureMode] = {}
    faults: list[str] = []
    for mode in sorted(modes, key=lambda m: m.id):
        if mode.id in by_id:
            faults.append(f"{mode.id}: two modes have this id")
        by_id[mode.id] = mode
    causes: dict[str, list[tuple[FailureMode, Link]]] = {}
    for mode in by_id.values():
        for link in mode.leads_to:
            if link.effect not in by_id:
                faults.append(f"{mode.id}: leads_to names {link.effect!r}, which no file describes")
            causes.setdefault(link.effect, []).append((mode, link))
        faults.extend(_unknown(mode, by_id))
    if faults:
        raise CatalogError("\n".join(faults))
    from plegma.knowledge.literals import needs  # a catalog from the cache has them

    needed = {s.pattern: needs(s.pattern) for mode in by_id.values() for s in mode.signatures}
    return Catalog(by_id, {effect: tuple(pairs) for effect, pairs in causes.items()}, needed)


def _unknown(mode: FailureMode, known: Mapping[str, FailureMode]) -> Iterator[str]:
    for ask in mode.asks:
        yield from (f"{mode.id}: ask separates {other!r}, which no file describes" for other in ask.separates if other not in known)
    for refutation in mode.refutes:
        if refutation.mode and refutation.mode not in known:
            yield f"{mode.id}: refutes by {refutation.mode!r}, which no file describes"


def modules() -> Iterator[str]:
    """Names of all failure-mode modules, found by listing the package."""
    import pkgutil  # not needed where the catalog comes out of a cache

    for layer in pkgutil.iter_modules(failure_modes.__path__, failure_modes.__name__ + "."):
        package = import_module(layer.name)
        yield from (found.name for found in pkgutil.iter_modules(package.__path__, layer.name + "."))


@cache
def builtin() -> Catalog:
    """The catalog of plegma's own failure modes."""
    return build(import_module(name).MODE for name in modules())
