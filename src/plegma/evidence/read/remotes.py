"""Artifacts at addresses of object stores (s3://, gs://, https://...), by fsspec: read where they lie, in one stream."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from plegma.model.texts import Text

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://")


class RemoteError(Exception):
    """An address that could not be listed or opened, and why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def is_remote(path: str) -> bool:
    """Is this an address rather than a path?"""
    return _ADDRESS.match(path) is not None


@contextmanager
def opened(address: str) -> Iterator[tuple[BinaryIO, int]]:
    """The object as a stream, and its size in bytes (-1 unknown).

    Raises RemoteError when it cannot be opened; what fails while it is read is the stream's.
    """
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
        stream = system.open(path, "rb")
    except Exception as error:
        raise RemoteError(_refused(error)) from error
    with stream:
        yield cast(BinaryIO, stream), int(getattr(stream, "size", None) or -1)


def listed(address: str) -> list[str]:
    """The addresses directly below one, in order; the address itself when nothing is below it.

    Raises RemoteError when it cannot be listed.
    """
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
        found = [system.unstrip_protocol(name) for name in system.ls(path, detail=False) if name.rstrip("/") != path.rstrip("/")]
    except Exception as error:
        raise RemoteError(_refused(error)) from error
    return sorted(found) or [address]


def _refused(error: Exception) -> Text:
    said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    hint_en, hint_ja = "", ""
    if isinstance(error, ImportError):
        hint_en = "; pip install 'plegma[fleet]' s3fs (or the driver of your store)"
        hint_ja = "。pip install 'plegma[fleet]' s3fs(または使うストアのドライバ)"
    return Text(f"it could not be opened: {said}{hint_en}", f"開けませんでした: {said}{hint_ja}")
