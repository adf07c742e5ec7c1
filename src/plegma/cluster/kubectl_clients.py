"""Asking with the kubectl program, a process for each request: what is left where kr8s is not installed."""

import contextlib
import re
import selectors
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from plegma.cluster.clients import Access
from plegma.cluster.outcomes import REASONS, Answer, Outcome, Refusal, Silence
from plegma.cluster.requests import PATCH_TYPES, Request

_SERVER = re.compile(r"Error from server(?: \((?P<reason>\w+)\))?: (?P<message>.*)", re.DOTALL)
_NO_CREDENTIALS = ("no configuration has been provided", "does not exist", "error loading config", "stat ", "getting credentials")
_UNAUTHORIZED = "You must be logged in to the server"
_PATCHED = re.compile(
    r"/(?:api|apis/(?P<group>[^/]+))/(?P<version>[^/]+)(?:/namespaces/(?P<namespace>[^/]+))?/(?P<resource>[^/]+)/(?P<name>[^/]+)$"
)
_GRACE = 1.0
_CHUNK = 64 * 1024
_LONGEST = 500


@dataclass(frozen=True)
class KubectlClient:
    """Runs kubectl."""

    access: Access
    program: Path
    name: str = "kubectl"

    def ask(self, request: Request, seconds: float) -> Outcome:
        """What came of the request within so many seconds. kubectl itself repeats what is answered with Retry-After."""
        try:
            process = self._started(request, seconds)
        except OSError as error:
            return Silence("program", f"{self.program}: {error.strerror or error}")
        with process:
            try:
                return _outcome(process, request, seconds + _GRACE)
            finally:
                process.kill()

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        """The answer line by line as it comes, at most so many seconds long."""
        try:
            process = self._started(request, 0)
        except OSError as error:
            yield Silence("program", f"{self.program}: {error.strerror or error}")
            return
        with process:
            try:
                yield from _lines(process, seconds)
            finally:
                process.kill()

    def close(self) -> None:
        """Nothing is held between requests."""

    def _started(self, request: Request, seconds: float) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - an argument list, no shell
            [str(self.program), *self._flags(seconds), *arguments(request)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            stream.write(request.body)
        return process

    def _flags(self, seconds: float) -> Iterator[str]:
        if self.access.kubeconfig:
            yield f"--kubeconfig={self.access.kubeconfig}"
        if self.access.context:
            yield f"--context={self.access.context}"
        yield f"--request-timeout={max(1, round(seconds)) if seconds else 0}s"


def arguments(request: Request) -> list[str]:
    """kubectl's arguments for a request; the body goes to its standard input."""
    match request.method:
        case "GET":
            return ["get", "--raw", request.target]
        case "POST":
            return ["create", "--raw", request.target, "-f", "-"]
        case "DELETE":
            return ["delete", "--raw", request.target, "-f", "-"]
        case "PATCH":
            return _patch(request)


def _patch(request: Request) -> list[str]:
    """`kubectl patch` has no --raw: the object is named from the path."""
    found = _PATCHED.match(request.path)
    if found is None:
        raise ValueError(f"{request.path} is no object that kubectl can patch")
    kind = {mime: word for word, mime in PATCH_TYPES.items()}[request.content_type]
    resource = f"{found['resource']}.{found['version']}.{found['group']}" if found["group"] else found["resource"]
    scope = [f"--namespace={found['namespace']}"] if found["namespace"] else []
    dry = ["--dry-run=server"] if ("dryRun", "All") in request.query else []
    word = "strategic" if kind == "strategic-merge" else kind
    return ["patch", resource, found["name"], *scope, f"--type={word}", "--patch-file=/dev/stdin", "--output=json", *dry]


def _outcome(process: subprocess.Popen[bytes], request: Request, seconds: float) -> Outcome:
    end = time.monotonic() + seconds
    out, err = _Sink(request.most), _Sink(_CHUNK)
    assert process.stdout is not None
    assert process.stderr is not None
    for source, chunk in _chunks(process, end):
        (out if source is process.stdout else err).add(chunk)
        if out.full:
            return Answer(out.data, whole=False)
    if time.monotonic() >= end or _late(process, end):
        return Answer(out.data, whole=False) if out.data else Silence("deadline", f"no answer within {seconds - _GRACE:.3g} s")
    return Answer(out.data) if process.returncode == 0 else _failed(out.data, err.data)


def _late(process: subprocess.Popen[bytes], end: float) -> bool:
    try:
        process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        return True
    return False


class _Sink:
    """Bytes up to a bound."""

    def __init__(self, most: int) -> None:
        self._pieces: list[bytes] = []
        self._left = most
        self.full = False

    def add(self, piece: bytes) -> None:
        self.full = self.full or len(piece) > self._left
        self._pieces.append(piece[: self._left])
        self._left -= min(len(piece), self._left)

    @property
    def data(self) -> bytes:
        return b"".join(self._pieces)


def _chunks(process: subprocess.Popen[bytes], end: float) -> Iterator[tuple[IO[bytes], bytes]]:
    """What the process writes, until it closes its outputs or the time is over."""
    with selectors.DefaultSelector() as selector:
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map() and (left := end - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                source: IO[bytes] = key.fileobj  # type: ignore[assignment]
                chunk = source.read1(_CHUNK)  # type: ignore[attr-defined]
                if chunk:
                    yield source, chunk
                else:
                    selector.unregister(source)


def _failed(out: bytes, err: bytes) -> Outcome:
    said = err.decode("utf-8", "replace").strip()
    if found := _SERVER.search(said):
        reason = found["reason"] or ""
        return Refusal(REASONS.get(reason, 500), reason, found["message"][:_LONGEST])
    if _UNAUTHORIZED in said:
        return Refusal(401, "Unauthorized", said[:_LONGEST])
    if out:
        return Answer(out, whole=False)
    if "deadline exceeded" in said or "Client.Timeout" in said or "timed out" in said:
        return Silence("deadline", said[-_LONGEST:])
    bad = any(words in said for words in _NO_CREDENTIALS)
    return Silence("credentials" if bad else "connection", said[-_LONGEST:])


def _lines(process: subprocess.Popen[bytes], seconds: float) -> Iterator[bytes | Refusal | Silence]:
    end, rest, err = time.monotonic() + seconds, b"", b""
    for source, chunk in _chunks(process, end):
        if source is process.stderr:
            err += chunk
            continue
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest
    if time.monotonic() < end and not _late(process, end) and process.returncode:
        failed = _failed(b"", err)
        assert not isinstance(failed, Answer)
        yield failed
