"""Images made on the spot from Debian's busybox-static, as OCI tarballs (opencontainers/image-spec): no registry is needed."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

from plegma.agent.scripts import IMAGE

BUSYBOX = Path("/bin/busybox")
PAUSE_IMAGE = "registry.test/pause:1"
BUSYBOX_IMAGE = IMAGE
COMMANDS = ("sh", "sleep", "echo", "cat", "tail", "true", "false", "kill", "ps", "wget", "httpd", "dd")
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def write_image(path: Path, name: str, entrypoint: tuple[str, ...]) -> None:
    """Writes a tarball of an image with busybox and its commands in /bin; FileNotFoundError without busybox-static."""
    plain = _layer()
    blobs: dict[str, bytes] = {}
    layer = _blob(blobs, gzip.compress(plain, 1, mtime=0), _LAYER)
    config: dict[str, Any] = {
        "architecture": _architecture(),
        "os": "linux",
        "config": {"Entrypoint": list(entrypoint), "Env": ["PATH=/bin"]},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(plain).hexdigest()}"]},
    }
    made = _blob(blobs, json.dumps(config).encode(), _CONFIG)
    manifest = {"schemaVersion": 2, "mediaType": _MANIFEST, "config": made, "layers": [layer]}
    entry = _blob(blobs, json.dumps(manifest).encode(), _MANIFEST) | {"annotations": {"io.containerd.image.name": name}}
    with tarfile.open(path, "w") as tar:
        _add(tar, "oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        _add(tar, "index.json", json.dumps({"schemaVersion": 2, "manifests": [entry]}).encode())
        for digest, content in blobs.items():
            _add(tar, f"blobs/sha256/{digest}", content)


def _blob(blobs: dict[str, bytes], content: bytes, kind: str) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    blobs[digest] = content
    return {"mediaType": kind, "digest": f"sha256:{digest}", "size": len(content)}


def _architecture() -> str:
    machine = int.from_bytes(BUSYBOX.read_bytes()[18:20], "little")  # e_machine of the ELF header
    return {62: "amd64", 183: "arm64"}.get(machine, "amd64")


def _layer() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        _add(tar, "bin/busybox", BUSYBOX.read_bytes(), 0o755)
        for command in COMMANDS:
            link = tarfile.TarInfo(f"bin/{command}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(link)
        folder = tarfile.TarInfo("tmp")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
        tar.addfile(folder)
    return held.getvalue()


def _add(tar: tarfile.TarFile, name: str, content: bytes, mode: int = 0o644) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), mode
    tar.addfile(member, io.BytesIO(content))
