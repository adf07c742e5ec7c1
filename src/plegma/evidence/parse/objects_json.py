"""JSON text to values: one document, several in a row, one a line, and what is left of a cut one."""

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\[\s\S])*(?:"|\\?\Z)|[{}\[\],:]|[^\s{}\[\],:"]+')
"""A string that was cut off reaches to the end: sought again from each quote in it, it would take the square of its length."""
_CLOSER = {"{": "}", "[": "]"}
_WHITE = re.compile(r"[\s,;]*")


class DepthError(Exception):
    """The document is nested deeper than any real one."""


def whole(text: str) -> object:
    """The value of one JSON document.

    Raises ValueError when it is not one, DepthError when it is nested beyond what the decoder takes.
    """
    import msgspec  # costs 10 ms, and most evidence holds no JSON

    try:
        return msgspec.json.decode(text)
    except RecursionError:
        raise DepthError from None
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None


def several(text: str) -> Iterator[tuple[object, int, int]]:
    """Values that stand one after the other, with the offsets where each begins and ends; broken lines are stepped over."""
    decoder = json.JSONDecoder()
    at = _start(text, 0)
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except RecursionError:
            raise DepthError from None
        except ValueError:
            at = _next_line(text, at)
            continue
        yield value, at, end
        at = _start(text, end)


def _start(text: str, at: int) -> int:
    found = _WHITE.match(text, at)
    return found.end() if found else at


def _next_line(text: str, at: int) -> int:
    """Start of the next line that begins like a document of its own, or the text's end."""
    while (at := text.find("\n", at) + 1) > 0:
        if text[at : at + 1] in {"{", "["}:
            return at
    return len(text)


def mended(text: str) -> object:
    """The value of a document that was cut off at its end, or that goes on after its end: what stands up to there.

    Raises ValueError when nothing of it can be read.
    """
    cut, closers = _last_whole(text)
    if not cut:
        raise ValueError("nothing whole before the cut")
    return whole(text[:cut] + closers)


def _last_whole(text: str) -> tuple[int, str]:
    """Where the last complete member ends, and the brackets that close what is open there."""
    stack: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in _CLOSER:
            stack.append(_CLOSER[mark])
            end = token.end()
        elif mark in {"}", "]"}:
            if not stack or stack[-1] != mark:
                break
            stack.pop()
            end = token.end()
            if not stack:
                break
        elif mark == "," and stack:
            end = token.start()
    return end, "".join(reversed(stack))
