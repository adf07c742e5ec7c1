"""Configuration as State Config rows: one for each leaf, its key with dots."""

from collections.abc import Iterator
from itertools import islice

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import known, state
from plegma.model.observations import State

MOST_ROWS = 400
_DEEPEST = 12
_EMPTY: tuple[object, ...] = (None, "", [], {})


def config(branch: Branch, file: str) -> Iterator[State]:
    """The leaves of a mapping, at most MOST_ROWS; a list of scalars is one value with commas."""
    for key, leaf in islice(_leaves(branch, "", 0), MOST_ROWS):
        value = ",".join(item.text() for item in leaf.items()) if isinstance(leaf.value, list) else leaf.text()
        yield state("Config", known(file=file, key=key, value=value), leaf, {})


def _leaves(branch: Branch, prefix: str, depth: int) -> Iterator[tuple[str, Branch]]:
    if isinstance(branch.value, dict) and depth < _DEEPEST:
        for key, inner in branch.entries():
            yield from _leaves(inner, f"{prefix}.{key}" if prefix else key, depth + 1)
    elif isinstance(branch.value, list) and any(isinstance(item, dict | list) for item in branch.value):
        for index, inner in enumerate(branch.items()):
            yield from _leaves(inner, f"{prefix}.{index}", depth + 1)
    elif prefix and branch.value not in _EMPTY:
        yield prefix, branch
