"""What observations name, those that name the same together: names are joined once for each naming, not for each line."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from plegma.model.observations import Observation
from plegma.model.parts import Parsed

Refs = Mapping[str, str]


class Namings(Struct, frozen=True):
    """The different refs of a case in order of their first line, how many lines have each, and which each line has.

    `at` holds for each part the number of the refs of each of its observations.
    """

    refs: Sequence[Refs]
    counts: Sequence[int]
    at: Sequence[Sequence[int]]


def refs_of(part: Parsed, seen: Observation) -> Refs:
    """An observation's refs over those that hold for its whole part."""
    return {**part.context, **seen.refs} if part.context else seen.refs


def namings_of(parts: Sequence[Parsed]) -> Namings:
    """Numbers the different refs of all observations."""
    numbers: dict[tuple[tuple[str, str], ...], int] = {}
    refs: list[Refs] = []
    counts: list[int] = []
    at: list[list[int]] = []
    for part in parts:
        context = tuple(part.context.items())
        here: list[int] = []
        for seen in part.observations:
            key = (*context, ("", ""), *seen.refs.items()) if context else tuple(seen.refs.items())
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(refs)
                refs.append(refs_of(part, seen))
                counts.append(0)
            counts[number] += 1
            here.append(number)
        at.append(here)
    return Namings(refs, counts, at)
