"""Fields of decoded objects, which may not be what they should be: what is absent or of another type is "" or nothing."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from plegma.evidence.parse import objects_times

Thing = dict[str, Any]


def at(thing: Any, *steps: str) -> Any:
    """The value below, None when there is none."""
    for step in steps:
        thing = thing.get(step) if isinstance(thing, dict) else None
    return thing


def text(thing: Any, *steps: str) -> str:
    """The text below, "" when there is none."""
    value = at(thing, *steps)
    return value if isinstance(value, str) else ""


def number(thing: Any, *steps: str) -> int:
    """The whole number below, 0 when there is none."""
    value = at(thing, *steps)
    return value if isinstance(value, int) else 0


def things(thing: Any, *steps: str) -> Iterator[Thing]:
    """The objects of the list below."""
    value = at(thing, *steps)
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def moment(thing: Any, *steps: str) -> datetime | None:
    """The time below (RFC 3339), None when there is none."""
    return objects_times.moment(text(thing, *steps))


def picked(thing: Any, *keys: str) -> Thing:
    """The object with these of its keys."""
    return {key: thing[key] for key in keys if key in thing} if isinstance(thing, dict) else {}


def without(thing: Mapping[str, Any], *keys: str) -> Thing:
    """The object without these of its keys."""
    return {key: value for key, value in thing.items() if key not in keys}


def name_of(thing: Any) -> tuple[str, str]:
    """Namespace and name."""
    return text(thing, "metadata", "namespace"), text(thing, "metadata", "name")
