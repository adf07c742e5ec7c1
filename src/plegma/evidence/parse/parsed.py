"""What a parser gives back; the types live in the model, since the engine reads them too."""

from plegma.model.parts import ClockHints, Parsed

MAX_MISSED = 20
"""At most so many numbers of lines that were not understood are kept per part."""
NO_HINTS = ClockHints()

__all__ = ["MAX_MISSED", "NO_HINTS", "ClockHints", "Parsed", "first_said"]


def first_said(first: ClockHints, second: ClockHints) -> ClockHints:
    """The first's hints, with the second's where the first says nothing."""
    if second == NO_HINTS:
        return first
    pairs = {name: (getattr(first, name), getattr(second, name)) for name in ClockHints.__struct_fields__}
    return ClockHints(**{name: theirs if mine in (None, "") else mine for name, (mine, theirs) in pairs.items()})
