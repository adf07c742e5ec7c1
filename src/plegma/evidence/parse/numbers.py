"""Digits to numbers, for texts of any length: Python refuses to read integers of more than 4300 digits."""

_LONGEST = 18


def whole_number(text: str) -> int | None:
    """The number that decimal digits say; None for any other text, and for more digits than any count has."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None


def count_or(text: str, otherwise: int) -> int:
    """The number that decimal digits say, else the other one."""
    found = whole_number(text)
    return otherwise if found is None else found
