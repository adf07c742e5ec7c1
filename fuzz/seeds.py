"""What the fuzzer starts from: the examples, whole and cut, and the same facts as objects and in archives."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import yaml
import zstandard

EXAMPLES = Path(__file__).parent.parent / "examples"
_POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "ledger-0", "namespace": "billing", "uid": "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"},
    "spec": {"nodeName": "wk-7", "containers": [{"name": "app", "image": "reg.example/ledger:4.1"}]},
    "status": {
        "phase": "Running",
        "containerStatuses": [
            {
                "name": "app",
                "restartCount": 9,
                "ready": False,
                "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2025-03-02T08:20:04Z"}},
            }
        ],
    },
}
_NODE = {
    "kind": "Node",
    "metadata": {"name": "wk-7"},
    "status": {
        "conditions": [{"type": "Ready", "status": "False", "reason": "KubeletNotReady", "lastHeartbeatTime": "2025-03-02T08:24:30Z"}],
        "nodeInfo": {"containerRuntimeVersion": "containerd://1.7.22"},
    },
}
_EVENT = {
    "kind": "Event",
    "count": 17,
    "reason": "FailedCreatePodSandBox",
    "message": "Failed to create pod sandbox",
    "firstTimestamp": "2025-03-02T08:10:05Z",
    "lastTimestamp": "2025-03-02T08:24:00Z",
    "involvedObject": {"kind": "Pod", "name": "ledger-0", "namespace": "billing"},
    "source": {"component": "kubelet", "host": "wk-7"},
}
OBJECTS = (_POD, _NODE, _EVENT, {"kind": "List", "items": [_POD, _NODE, _EVENT]})
SECRETS = (
    "Authorization: Bearer abcdefgh12345678",
    "password=hunter22 token: abcdef.0123456789abcdef",
    '{"auths":{"reg.example":{"auth":"dXNlcjpwYXNzd29yZA=="}}}',
    "kind: Secret\ndata:\n  key: c2VjcmV0\n",
    "postgres://user:pa55word@db:5432/x",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    "  - name: DB_PASSWORD\n    value: swordfish\n",
)
LINES = (
    'I0302 08:21:40.120481     911 kubelet.go:2424] "Skipping pod synchronization" err="PLEG is not healthy"',
    'time="2025-03-02T08:21:40.1Z" level=error msg="RunPodSandbox failed" error="context deadline exceeded"',
    '{"ts":1740903700123.4,"caller":"kubelet/x.go:1","msg":"boom","err":"x"}',
    "2025-03-02T08:21:40.1Z stderr F panic: boom",
    "[12345.678901] Out of memory: Killed process 1234 (java)",
    '<30>Mar  2 08:21:40 wk-7 containerd[900]: time="2025-03-02T08:21:40Z" level=warning msg=x',
    '{"MESSAGE":"boom","_SYSTEMD_UNIT":"kubelet.service","__REALTIME_TIMESTAMP":"1740903700123456"}',
    "type=AVC msg=audit(1740903700.123:42): avc:  denied  { read }",
)


def texts() -> Iterator[bytes]:
    """Each example, whole, its single lines, all of them in one memo, and what editors do to them."""
    files = [path.read_bytes() for path in sorted(EXAMPLES.rglob("*")) if path.is_file()]
    yield from files
    for data in files:
        yield from data.splitlines(keepends=True)
    memo = "\n調査メモ\n\n".encode().join(files)
    yield memo
    yield memo.replace(b"\n", b"\r\n")
    yield memo.decode().encode("utf-16")


def lines() -> Iterator[bytes]:
    """Single log lines of every shape."""
    yield from (line.encode() for line in LINES)
    yield from (line for path in sorted(EXAMPLES.rglob("*.txt")) for line in path.read_bytes().splitlines())


def json_objects() -> Iterator[bytes]:
    """Objects as JSON: one line, indented, several in a row, cut."""
    for thing in OBJECTS:
        yield json.dumps(thing).encode()
        yield json.dumps(thing, indent=4).encode()
        yield json.dumps(thing, indent=2).encode()[:-40]
    yield "\n".join(json.dumps(thing) for thing in OBJECTS).encode()


def yaml_objects() -> Iterator[bytes]:
    """Objects as YAML: one, several documents, with an alias, cut."""
    for thing in OBJECTS:
        yield yaml.safe_dump(thing).encode()
        yield yaml.safe_dump(thing).encode()[20:-30]
    yield yaml.safe_dump_all(OBJECTS).encode()
    yield b"kind: Pod\nmetadata: &m {name: a}\nstatus: *m\n"


def secrets() -> Iterator[bytes]:
    """Texts that hold secrets."""
    yield from (text.encode() for text in SECRETS)
    yield from lines()


def archives() -> Iterator[bytes]:
    """Archives of each kind, one in another, one cut off."""
    files = {path.name: path.read_bytes() for path in sorted(EXAMPLES.rglob("*.txt"))[:2]}
    tarred, zipped = _tar(files), _zip(files)
    first = next(iter(files.values()))
    yield from (tarred, zipped, gzip.compress(tarred, mtime=0), bz2.compress(first), lzma.compress(first), zstandard.compress(first))
    yield from (_zip({"inner.tar": tarred}), _tar({"inner.zip": zipped}), gzip.compress(tarred, mtime=0)[:-20], tarred[:700])
    yield b"LPKSHHRH" + bytes(264)


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
