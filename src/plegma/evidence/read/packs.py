"""Members of tar and zip archives, as streams; their names are only names, and nothing is unpacked to disk."""

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from msgspec import Struct

from plegma.evidence.read.artifacts import DAMAGED, CutShortError
from plegma.evidence.read.budgets import Budget
from plegma.evidence.read.layouts import is_wanted
from plegma.evidence.read.limits import MIB
from plegma.evidence.read.names import inside
from plegma.evidence.read.skips import Skips
from plegma.evidence.read.streams import failures, guarded, take
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

_ENCRYPTED = 0x1
_LONGEST_HEADER = MIB
ENCRYPTED_ZIP = Text("it is encrypted (zip); unpack it with its password first", "暗号化された zip です。先にパスワードで展開してください")
_TOO_LARGE_ZIP = Text(
    "a zip inside another archive must be held in memory, and this one is too large for that; unpack it first",
    "アーカイブ内の zip はメモリー上で扱いますが、大きすぎます。先に展開してください",
)


class Found(Struct, frozen=True, eq=False):
    """A member that is a regular file."""

    name: str
    size: int
    stream: BinaryIO


class _Header(tarfile.TarInfo):
    """A header that refuses names and attributes of absurd length, which tarfile would read into memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        """As TarInfo's.

        Raises CutShortError when the header announces more than a MiB of names.
        """
        header = super().frombuf(buf, encoding, errors)
        special = {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
        if header.type in special and header.size > _LONGEST_HEADER:
            raise CutShortError(DAMAGED)
        return header


def tar_members(name: str, stream: BinaryIO, budget: Budget) -> Iterator[Found | Unreadable]:
    """The regular files of a tar stream, in its order.

    Raises CutShortError where the stream is damaged or there are too many members.
    """
    skips = Skips(name)
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header, errorlevel=1) as archive:
            for member in archive:
                vars(archive).get("members", []).clear()  # tarfile would keep every header it has seen
                yield from _tar_member(name, archive, member, budget, skips)
    except failures() as error:
        yield from skips.notice()
        raise CutShortError(DAMAGED) from error
    yield from skips.notice()


def _tar_member(name: str, archive: tarfile.TarFile, member: tarfile.TarInfo, budget: Budget, skips: Skips) -> Iterator[Found | Unreadable]:
    if member.isdir() or not is_wanted(inside(name, member.name)):
        return
    if not member.isreg():
        skips.add(member.name)
        return
    budget.enter()
    if content := archive.extractfile(member):
        yield Found(inside(name, member.name), member.size, guarded(cast(BinaryIO, content), budget.member()))


def zip_members(name: str, stream: BinaryIO, budget: Budget, path: str = "") -> Iterator[Found | Unreadable]:
    """The regular files of a zip, in its order; read in place when `path` is a file, else held in memory (it must seek).

    Raises CutShortError where it is damaged or there are too many members.
    """
    skips = Skips(name)
    try:
        with zipfile.ZipFile(path or _in_memory(stream, budget)) as archive:
            for member in archive.infolist():
                yield from _zip_member(name, archive, member, budget, skips)
    except failures() as error:
        raise CutShortError(DAMAGED) from error
    yield from skips.notice()


def _in_memory(stream: BinaryIO, budget: Budget) -> BinaryIO:
    data, why = take(stream, budget.limits.nested_zip + 1)
    if why is not None:
        raise CutShortError(why)
    if len(data) > budget.limits.nested_zip:
        raise CutShortError(_TOO_LARGE_ZIP)
    return io.BytesIO(data)


def _zip_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, skips: Skips) -> Iterator[Found | Unreadable]:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if member.is_dir() or not is_wanted(inside(name, member.filename)):
        return
    if kind not in {0, stat.S_IFREG}:
        skips.add(member.filename)
        return
    budget.enter()
    shown = inside(name, member.filename)
    if member.flag_bits & _ENCRYPTED:
        yield Unreadable(shown, ENCRYPTED_ZIP)
        return
    count_in, count_out = budget.compression()
    count_in(member.compress_size)
    with archive.open(member) as content:
        yield Found(shown, member.file_size, guarded(guarded(cast(BinaryIO, content), count_out), budget.member()))
