"""Writes what a collector gives into one file, a tar with zstd, that `plegma diagnose` reads and a person can unpack."""

import io
import os
import tarfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.collection_records import File, Record, written
from plegma.evidence.read.evidence import missing_by
from plegma.evidence.read.names import RECORD
from plegma.evidence.secrets import masked_file
from plegma.evidence.unreadable import Unreadable

if TYPE_CHECKING:
    from plegma.evidence.pseudonyms import Pseudonyms

_FORMS = (".tar.zst", ".tar.gz", ".tar")


class UnknownFormError(ValueError):
    """The file's name ends in no form that can be written."""


def root_of(out: Path) -> str:
    """The folder inside the file: its name without the form.

    Raises UnknownFormError when the name does not end in .tar.zst, .tar.gz or .tar.
    """
    for form in _FORMS:
        if out.name.endswith(form) and out.name != form:
            return out.name.removesuffix(form)
    raise UnknownFormError(f"{out.name} does not end in {', '.join(_FORMS[:-1])} or {_FORMS[-1]}")


def write(out: Path, artifacts: Iterable[Artifact], taken: datetime) -> int:
    """Writes the artifacts as they come and returns how many there were. The file appears when it is whole, for its owner only.

    `taken` becomes the time of all members. Raises UnknownFormError, and OSError when the file cannot be written.
    """
    root, count = root_of(out), 0
    part = out.with_name(f".{out.name}.part")
    try:
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
            _packed(raw, out.name) as stream,
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            for artifact in artifacts:
                _add(archive, f"{root}/{artifact.name}", artifact.open().read(), taken)
                count += 1
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return count


def _packed(raw: io.BufferedWriter, name: str) -> io.BufferedIOBase:
    if name.endswith(".zst"):
        import zstandard

        return cast(io.BufferedIOBase, zstandard.ZstdCompressor(level=9).stream_writer(raw, closefd=False))
    if name.endswith(".gz"):
        import gzip

        return cast(io.BufferedIOBase, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0))
    return io.BufferedWriter(io.FileIO(raw.fileno(), "wb", closefd=False))


def _add(archive: tarfile.TarFile, name: str, data: bytes, taken: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = len(data), int(taken.timestamp()), 0o644
    archive.addfile(member, io.BytesIO(data))


def node_collection(found: Sequence[Artifact | Unreadable], node: str, taken: datetime) -> tuple[list[Artifact], Record]:
    """What a node showed, without secrets, and the record of it, which is the last artifact too."""
    kept = [_artifact(a.name, masked_file(a.open().read().decode("utf-8", "replace")).encode()) for a in found if isinstance(a, Artifact)]
    missed = [u.notice for u in found if isinstance(u, Unreadable)]
    files = tuple(File(artifact.name, "", artifact.size) for artifact in kept)
    when = taken.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    gaps = tuple(gap for u in found if isinstance(u, Unreadable) for gap in missing_by(u))
    record = Record(when, {"node": node}, "--this-node", files, gaps, tuple(missed), {}, ("what looks like a secret",))
    return [*kept, _artifact(RECORD, written(record))], record


def disguised(artifacts: Iterable[Artifact], pseudonyms: "Pseudonyms") -> Iterable[Artifact]:
    """The artifacts with pseudonyms in place of all names that are found in them: read whole first, to learn the names."""
    from plegma.app.anonymising import references
    from plegma.evidence.read import read_evidence

    held = [(artifact.name, artifact.open().read()) for artifact in artifacts]
    pseudonyms.learn(references(read_evidence([], more=[_artifact(name, data) for name, data in held])))
    for name, data in held:
        shown = pseudonyms.hide(data.decode("utf-8", "replace")).encode()
        yield _artifact(pseudonyms.hide(name), shown)


def _artifact(name: str, data: bytes) -> Artifact:
    return Artifact(name, len(data), lambda: io.BytesIO(data), data[:HEAD])
