"""Finds all concepts, and answers which belong to a failure mode."""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct

from plegma.knowledge import concepts
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.concept import Concept
from plegma.knowledge.failure_mode import FailureMode

_OF_LAYER: Mapping[str, str] = {
    "pod": "pod-lifecycle", "image": "image-pull", "kubelet": "kubelet", "cri": "cri", "cni": "cni", "runtime": "containerd",
    "storage": "volumes-attach-mount", "control_plane": "api-server",
}  # fmt: skip
"""What a reader needs at least for a mode of the layer; a mode of the kernel or the network says too little by its layer."""


class Glossary(Struct, frozen=True):
    """All concepts by id."""

    concepts: Mapping[str, Concept]

    def __getitem__(self, concept: str) -> Concept:
        return self.concepts[concept]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __contains__(self, concept: object) -> bool:
        return concept in self.concepts

    def of(self, mode: FailureMode) -> tuple[Concept, ...]:
        """The concepts of a mode: those that it names, then those that name it, else that of its layer; each once."""
        named = [c for c in mode.concepts if c in self.concepts]
        naming = [c.id for c in self if mode.id in c.modes]
        of_layer = [c for c in (_OF_LAYER.get(mode.layer, ""),) if c in self.concepts]
        return tuple(self.concepts[c] for c in dict.fromkeys([*named, *naming]) or of_layer)

    def modes_of(self, concept: Concept, catalog: Catalog) -> tuple[FailureMode, ...]:
        """The modes of a concept: those that name it, then those that it names; each once."""
        naming = [m.id for m in catalog if concept.id in m.concepts]
        return tuple(catalog[m] for m in dict.fromkeys([*naming, *concept.modes]) if m in catalog)


def build(records: Iterable[Concept]) -> Glossary:
    """A glossary of these concepts, in order of id."""
    return Glossary({c.id: c for c in sorted(records, key=lambda c: c.id)})


def faults(glossary: Glossary, catalog: Catalog) -> Iterator[str]:
    """Every id that leads nowhere, from concept to concept, concept to mode and mode to concept."""
    for concept in glossary:
        yield from (f"{concept.id}: see names {other!r}, which no file describes" for other in concept.see if other not in glossary)
        yield from (f"{concept.id}: modes names {mode!r}, which no file describes" for mode in concept.modes if mode not in catalog)
    for mode in catalog:
        yield from (f"{mode.id}: concepts names {c!r}, which no file describes" for c in mode.concepts if c not in glossary)


def modules() -> Iterator[str]:
    """Names of all concept modules, found by listing the package."""
    yield from (found.name for found in pkgutil.iter_modules(concepts.__path__, concepts.__name__ + "."))


@cache
def builtin() -> Glossary:
    """The glossary of plegma's own concepts."""
    return build(import_module(name).CONCEPT for name in modules())
