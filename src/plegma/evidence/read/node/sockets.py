"""The sockets of the node's runtimes: the one asked for, the usual ones, and those that the node's own programs name."""

import re
from collections.abc import Iterator
from pathlib import Path

from plegma.evidence.read.node.places import Places

CRI_SOCKETS = (
    "run/containerd/containerd.sock", "run/crio/crio.sock", "run/cri-dockerd.sock", "run/k3s/containerd/containerd.sock",
    "run/dockershim.sock", "var/snap/microk8s/common/run/containerd.sock", "run/k0s/containerd.sock",
)  # fmt: skip
"""Below the root, the usual one first (kubeadm's order, then k3s/rke2, MicroK8s, k0s)."""
DOCKER_SOCKET = "run/docker.sock"
_CRICTL = re.compile(r"^runtime-endpoint:\s*[\"']?(?:unix://)?(/[^\s\"']+)", re.MULTILINE)
_SHIM = re.compile(r"containerd-shim\S*\0(?:.*\0)?-namespace\0k8s\.io\0(?:.*\0)?-address\0([^\0]+)\0", re.DOTALL)
_KUBELET = re.compile(r"kubelet\0(?:.*\0)?--container-runtime-endpoint(?:=|\0)(?:unix://)?(/[^\0]+)\0", re.DOTALL)
_NO_RUNTIME = "dockershim.sock"


def cri_sockets(places: Places) -> tuple[Path, ...]:
    """The paths to ask, each once. One that crictl's configuration, the kubelet or a shim names need not be there:

    a runtime that ended took its socket with it, and its shims still know where it was.
    """
    if places.cri is not None:
        return (Path(places.cri.removeprefix("unix://")),)
    usual = [path for name in CRI_SOCKETS if (path := places.at(name)).is_socket()]
    found: dict[Path, Path] = {}
    for path in (*usual, *_named(places)):
        found.setdefault(path.resolve(), path)
    return tuple(found.values())


def docker_sockets(places: Places) -> tuple[Path, ...]:
    """The path to ask; none when Docker's socket is not there."""
    if places.docker is not None:
        return (Path(places.docker.removeprefix("unix://")),)
    path = places.at(DOCKER_SOCKET)
    return (path,) if path.is_socket() else ()


def _named(places: Places) -> Iterator[Path]:
    try:
        found = _CRICTL.findall(places.at("etc/crictl.yaml").read_text(errors="replace"))
    except OSError:
        found = []
    for path in places.at("proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_text(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if "containerd-shim" in arguments or "kubelet" in arguments:
            found += _SHIM.findall(arguments) + _KUBELET.findall(arguments)
    yield from (places.at(name) for name in dict.fromkeys(found) if not name.endswith(_NO_RUNTIME))
