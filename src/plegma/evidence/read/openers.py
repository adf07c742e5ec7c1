"""What stands in a stream: the text itself, or the artifacts that are packed in it, as deep as they are packed."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

from plegma.evidence.read.artifacts import HEAD, Artifact, CutShortError
from plegma.evidence.read.budgets import Budget, too_deep
from plegma.evidence.read.magics import WHY_NOT, Form, form_of
from plegma.evidence.read.streams import guarded, peek
from plegma.evidence.unreadable import Unreadable

if TYPE_CHECKING:
    from plegma.evidence.read.packs import Found


def artifacts_in(name: str, stream: BinaryIO, size: int, budget: Budget, depth: int = 0, path: str = "") -> Iterator[Artifact | Unreadable]:
    """The artifacts of a stream; `depth` is how deep it lies in archives and compressions, `path` the file that it is.

    Raises CutShortError when the stream is damaged or breaks a limit before all of them are found.
    """
    head, stream = peek(stream, HEAD)
    form = form_of(head)
    if form == "text":
        yield Artifact(name, size, lambda: stream, head)
    elif form in WHY_NOT:
        yield Unreadable(name, WHY_NOT[form])
    elif depth >= budget.limits.depth:
        yield Unreadable(name, too_deep(budget.limits.depth))
    elif form in _DECOMPRESSORS:
        yield from _decompressed(name, stream, form, budget, depth)
    elif form == "journal":
        from plegma.evidence.read.journals import journal

        yield from journal(name, stream, budget, path)
    else:
        from plegma.evidence.read.packs import tar_members, zip_members  # tarfile and zipfile cost a small text nothing

        found = tar_members(name, stream, budget) if form == "tar" else zip_members(name, stream, budget, path)
        for member in found:
            yield from [member] if isinstance(member, Unreadable) else _member(member, budget, depth)


def _member(found: "Found", budget: Budget, depth: int) -> Iterator[Artifact | Unreadable]:
    try:
        yield from artifacts_in(found.name, found.stream, found.size, budget, depth + 1)
    except CutShortError as error:
        yield Unreadable(found.name, error.why)


def _decompressed(name: str, stream: BinaryIO, form: Form, budget: Budget, depth: int) -> Iterator[Artifact | Unreadable]:
    count_in, count_out = budget.compression()
    inner = _DECOMPRESSORS[form](guarded(stream, count_in))
    yield from artifacts_in(name, guarded(inner, count_out), -1, budget, depth + 1)


def _gzip(stream: BinaryIO) -> BinaryIO:
    from plegma.evidence.read.gunzip import Gunzipped

    return cast(BinaryIO, Gunzipped(stream))


def _bzip2(stream: BinaryIO) -> BinaryIO:
    import bz2

    return cast(BinaryIO, bz2.BZ2File(stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    import lzma

    return cast(BinaryIO, lzma.LZMAFile(stream))


def _zstd(stream: BinaryIO) -> BinaryIO:
    import zstandard

    return cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(stream, read_across_frames=True))


_DECOMPRESSORS: Mapping[Form, Callable[[BinaryIO], BinaryIO]] = {"gzip": _gzip, "bzip2": _bzip2, "xz": _xz, "zstd": _zstd}
