"""One thing handed in, as a stream of bytes that can be opened while the reader stands at it."""

from collections.abc import Callable
from typing import BinaryIO

from msgspec import Struct

from plegma.model.texts import Text

HEAD = 64 * 1024
"""Bytes of the beginning that are looked at to tell what an artifact is."""


class Artifact(Struct, frozen=True, eq=False):
    """`name` is shown and leads back to it (`bundle.tar.gz!inner/path`); `size` is -1 when it is not known.

    `open` gives all bytes from the start, once, and only until the next artifact is asked for.
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    head: bytes


DAMAGED = Text(
    "it is damaged or cut off; what could be read before that is used",
    "破損しているか途中で切れています。そこまでに読めた部分を使います",
)


class CutShortError(Exception):
    """A stream ends before its time: it is damaged, or it breaks a limit. What came before stands."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why
