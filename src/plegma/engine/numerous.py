"""Records of which a case may hold hundreds of thousands."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False)
def numerous(cls: type[T]) -> type[T]:
    """A record with slots: frozen to the type checker; Python's own frozen ones take three times as long to make."""
    return dataclass(slots=True, eq=False)(cls)
