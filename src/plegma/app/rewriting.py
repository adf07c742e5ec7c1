"""Goes over every string of a diagnosis: masking of secrets, pseudonyms."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

T = TypeVar("T")


def rewritten(value: T, change: Callable[[str], str]) -> T:
    """The same value with `change` applied to every string in it, at any depth of dataclasses and tuples."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(rewritten(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: rewritten(getattr(value, f.name), change) for f in fields(value)})
    return value
