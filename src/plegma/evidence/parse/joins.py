"""Records that run over several lines: how the pieces go together again."""

from plegma.evidence.parse.blocks import Document

_AROUND = 12
_NARROW = 60


def join_wrapped(document: Document, first: int, pieces: tuple[str, ...]) -> str:
    """The pieces of the lines from index `first` on as one text.

    A piece that ends where the widest lines around it end was cut by the terminal and goes on without a space.
    """
    if len(pieces) < 2:
        return pieces[0] if pieces else ""
    text = pieces[0]
    for offset, piece in enumerate(pieces[1:]):
        text += _glue(document, first + offset, piece) + piece.strip()
    return text


def local_width(document: Document, index: int) -> int:
    """The width of the widest line near this one."""
    return max(map(len, document.raw[max(0, index - _AROUND) : index + _AROUND]))


def at_edge(document: Document, index: int) -> bool:
    """Does the line end where a terminal would have cut it: at the width of the widest lines around?"""
    length = len(document.raw[index])
    return length >= _NARROW and length >= local_width(document, index) - 1


def _glue(document: Document, previous: int, piece: str) -> str:
    if piece[:1].isspace() or not piece or document.raw[previous][-1:].isspace():
        return " "
    return "" if at_edge(document, previous) or piece[0] in "-_,)]}" else " "
