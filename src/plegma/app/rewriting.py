"""Goes over every string of a result that came from evidence: masking of secrets, pseudonyms."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from msgspec import Struct, structs

from plegma.model.texts import Text

T = TypeVar("T")
Change = Callable[[str], str]

OURS = frozenset({
    "verdict", "confidence", "cause", "mode", "kind", "kinds", "separates", "references", "risk_level", "action", "offset", "evidence",
    "components", "title", "mechanism", "expect", "risk", "truth", "acceptable", "wanted", "causes", "confidences", "layer",
    "came_from", "concepts", "modes", "role", "mood",
})  # fmt: skip
"""Fields that hold plegma's own ids and words: an id would lead nowhere if a Pod happened to be named like a part of it."""


def rewritten(value: T, change: Change) -> T:
    """The same value with `change` applied to every string in it, at any depth of records, tuples, lists and mappings.

    Strings, and lists of strings, in fields of OURS stay as they are.
    """
    return _rewritten(value, change)  # type: ignore[no-any-return]  # of the same type as what went in


def _rewritten(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple | list):
        return type(value)(_rewritten(item, change) for item in value)
    if isinstance(value, Mapping):
        return {key: _field(str(key), item, change) for key, item in value.items()}
    if isinstance(value, Struct):
        return structs.replace(value, **{name: _field(name, getattr(value, name), change) for name in value.__struct_fields__})
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _field(f.name, getattr(value, f.name), change) for f in fields(value)})
    return value


def _field(name: str, value: Any, change: Change) -> Any:
    return value if name in OURS and _is_words(value) else _rewritten(value, change)


def _is_words(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | Text)
