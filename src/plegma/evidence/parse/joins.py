"""Records that run over several lines: how the pieces go together again."""

from plegma.evidence.parse.blocks import Document

_AROUND = 15


def join_wrapped(document: Document, first: int, pieces: tuple[str, ...]) -> str:
    """The pieces of the lines from index `first` on as one text.

    A piece that ends where the widest lines around it end was cut by the terminal and goes on without a space.
    """
    if len(pieces) < 2:
        return pieces[0] if pieces else ""
    width = _wrap_width(document, first, first + len(pieces))
    text = pieces[0]
    for offset, piece in enumerate(pieces[1:]):
        text += _glue(document, first + offset, piece, width) + piece.strip()
    return text


def _wrap_width(document: Document, first: int, end: int) -> int:
    around = document.shown[max(0, first - _AROUND) : end + _AROUND]
    return max((len(line) for line in around), default=0)


def _glue(document: Document, previous: int, piece: str, width: int) -> str:
    if piece[:1].isspace() or not piece:
        return " "
    cut = len(document.shown[previous]) >= width - 1 and width >= 60
    return "" if cut or piece[0] in "-_,)]}" else " "
