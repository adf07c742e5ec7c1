"""Digits to numbers, for texts of any length: Python refuses to read integers of more than 4300 digits."""

import re

_LONGEST = 18
_AMOUNT = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)([KMGTP]?)i?B?")
_POWERS = {letter: 1024**power for power, letter in enumerate(("", *"KMGTP"))}


def whole_number(text: str) -> int | None:
    """The number that decimal digits say; None for any other text, and for more digits than any count has."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST else None


def count_or(text: str, otherwise: int) -> int:
    """The number that decimal digits say, else the other one."""
    found = whole_number(text)
    return otherwise if found is None else found


def amount(text: str) -> float | None:
    """What `free`, `df` and their like print, in the smallest of their units: 15885, 96G, 1.5Gi; None for any other text."""
    found = _AMOUNT.fullmatch(text)
    return float(found[1]) * _POWERS[found[2]] if found else None
