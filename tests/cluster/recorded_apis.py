"""An API server on loopback for tests: real HTTP over TLS with a bearer token, answers from a recording or a made cluster.

What answers is a function from a Call to a Reply, so that a recording, a made cluster (made_clusters) and faults are
put together freely. Every request that came is in `log`.
"""

import base64
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import trustme

TOKEN = "made-for-the-test-only"
JSON = "application/json"


@dataclass(frozen=True)
class Call:
    """A request as it came; `query` without kubectl's `timeout`."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


@dataclass(frozen=True)
class Reply:
    """An answer; `after` seconds of silence come first, `cut` ends the connection when half of the body is sent.

    A body of several pieces is sent piece by piece (a watch), with `between` seconds of silence.
    """

    status: int
    body: bytes | Iterable[bytes]
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0
    between: float = 0.0
    cut: bool = False


Answering = Callable[[Call], Reply]


def status(code: int, reason: str, message: str, **details: str) -> Reply:
    """A refusal as the API server words it (meta/v1 Status)."""
    said: dict[str, Any] = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message, "reason": reason}
    if details:
        said["details"] = details
    return Reply(code, json.dumps({**said, "code": code}).encode())


def of_json(value: object, code: int = 200) -> Reply:
    """An object as answer."""
    return Reply(code, json.dumps(value, separators=(",", ":")).encode())


def not_found(call: Call) -> Reply:
    """What the API server says of a path that it does not serve."""
    return Reply(404, b"404 page not found\n", "text/plain; charset=utf-8")


def recording(file: Path) -> Answering:
    """Answers from a recording: JSON lines with method, path (and query), request_headers, status, headers and body.

    A body that is JSON is one string in it. Several answers to one request are told apart by the request's headers.
    """
    kept: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        parts = urlsplit(entry["path"])
        kept.setdefault((entry["method"], _ordered(parts.path, dict(parse_qsl(parts.query)))), []).append(entry)

    def answer(call: Call) -> Reply:
        found = kept.get((call.method, _ordered(call.path, call.query)), ())
        entry = next((e for e in found if e["request_headers"] and _wanted(e, call)), None)
        entry = entry or next((e for e in found if not e["request_headers"]), None)
        if entry is None:
            return not_found(call)
        headers = {k: v for k, v in entry["headers"].items() if k.lower() not in {"content-type", "content-length", "transfer-encoding"}}
        kind = entry["headers"].get("Content-Type", JSON)
        return Reply(entry["status"], (entry["body"] or "").encode(), kind, headers)

    return answer


class Recorder:
    """Answers of another, written down as a recording when the test is done."""

    def __init__(self, behind: Answering) -> None:
        self._behind, self._lines = behind, list[str]()

    def __call__(self, call: Call) -> Reply:
        """The answer to a call."""
        reply = self._behind(call)
        assert isinstance(reply.body, bytes)
        headers = {"Content-Type": reply.content_type, **reply.headers}
        entry = {"method": call.method, "path": call.target, "request_headers": {}, "status": reply.status, "headers": headers}
        self._lines.append(json.dumps({**entry, "body": reply.body.decode()}))
        return reply

    def write(self, file: Path) -> None:
        """Writes the recording."""
        file.write_text("\n".join(self._lines), encoding="utf-8")


def _wanted(entry: Mapping[str, Any], call: Call) -> bool:
    return all(value in call.headers.get(name.lower(), "") for name, value in entry["request_headers"].items())


def _ordered(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(sorted(query.items()))}"


class Faults:
    """Answers of another, with faults: the first rule whose text is in the target answers, so often as it says."""

    def __init__(self, behind: Answering) -> None:
        self._behind = behind
        self._rules: list[tuple[str, list[int], Callable[[Call], Reply]]] = []

    def add(self, text: str, reply: Reply | Callable[[Reply], Reply], times: int = 1_000_000) -> "Faults":
        """Answers whatever has the text in its target, or changes the real answer, this many times."""
        if isinstance(reply, Reply):
            self._rules.append((text, [times], lambda call: reply))
        else:
            self._rules.append((text, [times], lambda call: reply(self._behind(call))))
        return self

    def __call__(self, call: Call) -> Reply:
        """The answer to a call."""
        for text, left, answer in self._rules:
            if text in call.target and left[0] > 0:
                left[0] -= 1
                return answer(call)
        return self._behind(call)


def slow(seconds: float) -> Callable[[Reply], Reply]:
    """The real answer, after so long."""
    return lambda reply: replace(reply, after=seconds)


def cut(reply: Reply) -> Reply:
    """The real answer, broken off in the middle."""
    return replace(reply, cut=True)


class RecordedApi:
    """The server: a context manager. `url`, `kubeconfig` (a file) and `log` (all calls) are what tests use."""

    def __init__(self, answering: Answering, folder: Path, token: str = TOKEN) -> None:
        self.answering, self.token = answering, token
        self.log: list[Call] = []
        self._authority = trustme.CA()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.api = self
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self._server.server_address[1]}"
        self.kubeconfig = folder / "kubeconfig"
        self.write_kubeconfig(self.kubeconfig, token)

    def write_kubeconfig(self, file: Path, token: str) -> None:
        """A kubeconfig with one context, `made`, for this server."""
        ca = base64.b64encode(self._authority.cert_pem.bytes()).decode()
        config = {
            "apiVersion": "v1", "kind": "Config", "current-context": "made",
            "clusters": [{"name": "made", "cluster": {"server": self.url, "certificate-authority-data": ca}}],
            "users": [{"name": "tester", "user": {"token": token}}],
            "contexts": [{"name": "made", "context": {"cluster": "made", "user": "tester"}}],
        }  # fmt: skip
        file.write_text(json.dumps(config), encoding="utf-8")

    @property
    def authority(self) -> bytes:
        """The certificate (PEM) of the authority that signed the server's."""
        return self._authority.cert_pem.bytes()

    def targets(self, without: tuple[str, ...] = ("/version", "/api", "/apis")) -> list[str]:
        """The targets of all calls in order, without what some kubectl programs ask on their own."""
        return [call.target for call in self.log if call.path not in without]

    def __enter__(self) -> "RecordedApi":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    api: RecordedApi

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def handle_any(self) -> None:
        api = self.server.api  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        query = {k: v for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "timeout"}
        call = Call(self.command, parts.path, query, self._body(), {k.lower(): v for k, v in self.headers.items()})
        api.log.append(call)
        if call.headers.get("authorization") != f"Bearer {api.token}":
            self._send(status(401, "Unauthorized", "Unauthorized"))
            return
        self._send(api.answering(call))

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_any  # noqa: N815 - names that http.server looks for

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding") == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _send(self, reply: Reply) -> None:
        time.sleep(reply.after)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if isinstance(reply.body, bytes):
            self._send_whole(reply.body, reply.cut)
        else:
            self._send_pieces(reply)

    def _send_whole(self, body: bytes, is_cut: bool) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if is_cut else body)
        self.close_connection = self.close_connection or is_cut

    def _send_pieces(self, reply: Reply) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in reply.body:
            assert isinstance(piece, bytes)
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.flush()
            time.sleep(reply.between)
        if not reply.cut:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: `log` has it."""
