"""What an artifact is, by its first bytes and never by its name."""

from typing import Literal

from plegma.model.texts import Text

Form = Literal["gzip", "bzip2", "xz", "zstd", "zip", "tar", "journal", "age", "encrypted", "archive", "binary", "text"]

_MAGICS: tuple[tuple[bytes, Form], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"LPKSHHRH", "journal"),
    (b"age-encryption.org/", "age"),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", "age"),
    (b"-----BEGIN PGP MESSAGE-----", "encrypted"),
    (b"Salted__", "encrypted"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x04\x22\x4d\x18", "archive"),
    (b"\x7fELF", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
    (b"GIF8", "binary"),
    (b"%PDF", "binary"),
    (b"SQLite format 3\x00", "binary"),
    (b"\xd4\xc3\xb2\xa1", "binary"),
)
_TAR_MARK = slice(257, 262)
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x08\x07\x00")
_MOST_CONTROLS = 0.1

WHY_NOT: dict[Form, Text] = {
    "age": Text(
        "it is encrypted with age; decrypt it first: age -d -i KEY FILE",
        "age で暗号化されています。先に復号してください: age -d -i KEY FILE",
    ),
    "encrypted": Text("it is encrypted; decrypt it first", "暗号化されています。先に復号してください"),
    "archive": Text(
        "it is an archive of a kind that is not read (7z, RAR, LZ4); unpack it first",
        "対応していない形式のアーカイブ(7z、RAR、LZ4)です。先に展開してください",
    ),
    "binary": Text("it is a binary file, not text", "テキストではなくバイナリファイルです"),
}


def form_of(head: bytes) -> Form:
    """The form of bytes that begin like this."""
    for magic, form in _MAGICS:
        if head.startswith(magic) and not (form == "bzip2" and head[3:4] not in b"123456789"):
            return form
    if head[_TAR_MARK] == b"ustar" or _is_old_tar(head):
        return "tar"
    return "text" if _is_text(head) else "binary"


def _is_old_tar(head: bytes) -> bool:
    """A header of tar before POSIX: no mark, but its checksum holds."""
    field = head[148:156].strip(b" \x00")
    if len(head) < 512 or not field or field.strip(b"01234567") or head[0] == 0:
        return False
    return int(field, 8) == sum(head[:148]) + 8 * ord(" ") + sum(head[156:512])


def _is_text(head: bytes) -> bool:
    """Logs may hold NULs (a crash leaves blocks of them) and any letters, but hardly any other control characters."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or not head:
        return True
    filled = head.replace(b"\x00", b"")
    if not filled:
        return False
    controls = sum(1 for byte in filled[:8192] if byte < 32 and byte not in _TEXT_CONTROLS)
    return controls <= _MOST_CONTROLS * min(len(filled), 8192) and not _is_dense(filled[:8192])


def _is_dense(sample: bytes) -> bool:
    """Not UTF-8, and more than a third beyond ASCII: neither a log nor any page of text in an old code page."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return sum(1 for byte in sample if byte > 127) * 3 > len(sample)
    return False
