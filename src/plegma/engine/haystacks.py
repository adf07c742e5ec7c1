"""Many messages as one text, to be asked which of them hold some words."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

_LETTERS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalpha()})
"""Leaves runs of letters: the words of a log are few, however many names and ids stand among them."""


class Haystack:
    """Messages by what they hold. A text is looked for only when all of its words occur at all."""

    def __init__(self, messages: Iterable[str]) -> None:
        told = list(messages)
        self._text = "\n".join(told)
        self._starts = [0, *accumulate(len(message) + 1 for message in told)]
        self._words = "\n".join(set(self._text.translate(_LETTERS).split()))
        self._known: dict[str, Sequence[int]] = {}

    def holding(self, texts: Sequence[str]) -> Sequence[int]:
        """The numbers of the messages in which any of the texts may stand, in order; each that holds one is among them."""
        if len(texts) == 1:
            return self._holding(texts[0])
        return sorted({number for text in texts for number in self._holding(text)})

    def _holding(self, text: str) -> Sequence[int]:
        if text not in self._known:
            known = all(word in self._words for word in text.translate(_LETTERS).split())
            self._known[text] = self._places(text) if known else ()
        return self._known[text]

    def _places(self, text: str) -> list[int]:
        found: list[int] = []
        at = self._text.find(text)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            found.append(number)
            at = self._text.find(text, self._starts[number + 1])
        return found
