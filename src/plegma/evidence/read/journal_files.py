"""Reads systemd's journal files as they are on disk, for where journalctl cannot: other systems, journals in archives.

After https://systemd.io/JOURNAL_FILE_FORMAT/. Entries are printed as `journalctl -o short-iso-precise --utc` does.
"""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

_MAGIC, _INCOMPATIBLE, _N_ENTRIES, _ENTRY_ARRAYS = b"LPKSHHRH", 12, 152, 176
_U32, _U64 = struct.Struct("<I"), struct.Struct("<Q")
_OBJECT = struct.Struct("<BB6xQ")
_ENTRY = struct.Struct("<QQQ16xQ")
_ENTRY_ARRAY, _ENTRY_TYPE, _DATA = 6, 3, 1
_COMPACT = 16
_XZ, _LZ4, _ZSTD = 1, 2, 4
_DATA_HEADER = 64
_MOST_FIELDS = 400
_LONGEST = 1024 * 1024
_WANTED = frozenset({b"MESSAGE", b"_HOSTNAME", b"SYSLOG_IDENTIFIER", b"_COMM", b"_PID", b"SYSLOG_PID"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def journal_lines(data: bytes) -> Iterator[bytes]:
    """The journal's entries in order, one line each (more where the message holds line ends).

    Raises ValueError where the file is damaged; what came before stands.
    """
    file = _File(data)
    for offset in file.entries():
        fields = file.fields(offset)
        if message := fields.get(b"MESSAGE"):
            yield _printed(file.realtime(offset), fields, message)


def _printed(micros: int, fields: dict[bytes, bytes], message: bytes) -> bytes:
    at = (_EPOCH + timedelta(microseconds=min(micros, 2**52))).strftime("%Y-%m-%dT%H:%M:%S.%f+0000").encode()
    name = fields.get(b"SYSLOG_IDENTIFIER") or fields.get(b"_COMM") or b"unknown"
    pid = fields.get(b"_PID") or fields.get(b"SYSLOG_PID")
    program = name + (b"[%s]" % pid if pid else b"")
    return b"%s %s %s: %s\n" % (at, fields.get(b"_HOSTNAME", b"localhost"), program, message.replace(b"\n", b"\n    "))


class _File:
    """A journal's bytes with its objects found by offset."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        if data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("not a journal")
        self._compact = bool(self._unpack(_U32, _INCOMPATIBLE)[0] & _COMPACT)
        self._count = self._unpack(_U64, _N_ENTRIES)[0]
        self._first_array = self._unpack(_U64, _ENTRY_ARRAYS)[0]

    def _unpack(self, layout: struct.Struct, offset: int) -> tuple[int, ...]:
        try:
            return layout.unpack_from(self._data, offset)
        except (struct.error, OverflowError) as error:
            raise ValueError(f"the journal ends inside what should stand at {offset}") from error

    def _object(self, offset: int, kind: int) -> tuple[int, memoryview]:
        """Flags and bytes of the object at an offset."""
        found, flags, size = self._unpack(_OBJECT, offset)
        if found != kind or size < _OBJECT.size or offset + size > len(self._data):
            raise ValueError(f"no object of type {kind} at {offset}")
        return flags, self._data[offset : offset + size]

    def entries(self) -> Iterator[int]:
        """Offsets of the entries in order."""
        array, left, number = self._first_array, self._count, _U32 if self._compact else _U64
        while array and left > 0:
            _, body = self._object(array, _ENTRY_ARRAY)
            for (offset,) in number.iter_unpack(body[24 : 24 + (len(body) - 24) // number.size * number.size]):
                if not offset or left <= 0:
                    return
                left -= 1
                yield offset
            following = struct.unpack_from("<Q", body, 16)[0] if len(body) >= 24 else 0
            if following and following <= array:
                raise ValueError("the journal's entries lead in a circle")
            array = following

    def realtime(self, offset: int) -> int:
        """Microseconds since 1970 of an entry."""
        return self._unpack(_ENTRY, offset + _OBJECT.size)[1]

    def fields(self, offset: int) -> dict[bytes, bytes]:
        """The fields of an entry that are printed."""
        _, body = self._object(offset, _ENTRY_TYPE)
        item = struct.Struct("<I" if self._compact else "<Q8x")
        items = body[64 : 64 + min((len(body) - 64) // item.size, _MOST_FIELDS) * item.size]
        found: dict[bytes, bytes] = {}
        for (data,) in item.iter_unpack(items):
            name, _, value = self._payload(data).partition(b"=")
            if name in _WANTED:
                found.setdefault(name, value)
        return found

    def _payload(self, offset: int) -> bytes:
        flags, body = self._object(offset, _DATA)
        packed = bytes(body[_DATA_HEADER + (8 if self._compact else 0) :][:_LONGEST])
        if flags & _ZSTD:
            return _unpacked_zstd(packed)
        if flags & _XZ:
            return _unpacked_xz(packed)
        return b"MESSAGE=(compressed with LZ4: read the journal with journalctl)" if flags & _LZ4 else packed


def _unpacked_zstd(packed: bytes) -> bytes:
    import zstandard

    try:
        return zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed).read(_LONGEST)
    except zstandard.ZstdError as error:
        raise ValueError("a field of the journal is damaged") from error


def _unpacked_xz(packed: bytes) -> bytes:
    import lzma

    try:
        return lzma.LZMADecompressor().decompress(packed, _LONGEST)
    except lzma.LZMAError as error:
        raise ValueError("a field of the journal is damaged") from error
