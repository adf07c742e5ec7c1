"""Documents of runtimes and of the kubelet that are not objects of the Kubernetes API, told by their fields."""

from collections.abc import Callable, Iterator
from itertools import chain

from plegma.evidence.parse import objects_cri as cri
from plegma.evidence.parse import objects_docker as docker
from plegma.evidence.parse.objects_branches import Branch, Document
from plegma.evidence.parse.objects_flat import config
from plegma.evidence.parse.objects_parts import part
from plegma.evidence.parse.parsed import Parsed
from plegma.model.observations import Observation

Reader = Callable[[Branch], Iterator[Observation]]
_CONFIGZ = ("kubeletconfig", "kubeletConfiguration")


def runtime_part(document: Document) -> Parsed | None:
    """The document's part; None when it is none of these."""
    root = document.root
    if root.text("apiVersion") and not root.text("kind").startswith("Kubelet"):
        return None
    for kind, test, reader, evidence in _SHAPES:
        if test(root):
            return part(document, kind, tuple(reader(root)), evidence)
    return None


def _is_dump(root: Branch) -> bool:
    return root.has("pods", "containers") and any(_is_cri(item) for item in chain(root.items("pods"), root.items("containers")))


def _is_cri(item: Branch) -> bool:
    return item.has("id", "metadata") and not item.has("spec")


def _dump(root: Branch) -> Iterator[Observation]:
    yield from cri.runtime_status(root.at("status"))
    yield from _each("pods", cri.sandbox)(root)
    yield from _each("containers", cri.container)(root)


def _each(key: str, reader: Reader) -> Reader:
    return lambda root: chain.from_iterable(reader(item) for item in root.items(key))


def _first(root: Branch) -> Branch:
    return root.at(0) if isinstance(root.value, list) else root


def _all(reader: Reader) -> Reader:
    return lambda root: chain.from_iterable(map(reader, root.items())) if isinstance(root.value, list) else reader(root)


def _inspect(root: Branch) -> Iterator[Observation]:
    """One or several of `crictl inspect` / `inspectp` ("status", or its items under "items")."""
    for one in root.items() if isinstance(root.value, list) else [root]:
        status = one.at("status")
        sandbox = "SANDBOX" in status.text("state") or status.has("network") or status.at("metadata").has("namespace")
        yield from cri.sandbox(status, one.at("info")) if sandbox else _inspected(one)


def _inspected(one: Branch) -> Iterator[Observation]:
    """The sandbox's id stands in `info`, not in `status`."""
    status, sandbox = one.at("status"), one.text("info", "sandboxID")
    fields = status.value if isinstance(status.value, dict) else {}
    value = {**fields, "podSandboxId": sandbox} if sandbox and not status.text("podSandboxId") else fields
    yield from cri.container(Branch(value, status.path, status.document))


def _kubelet(root: Branch) -> Iterator[Observation]:
    inner = root.any_of(*_CONFIGZ)
    yield from config(inner if inner else root, root.document.artifact.replace("!", "/").rpartition("/")[2])


def _is_info(root: Branch) -> bool:
    """`crictl info`, whose containerd and CRI-O spellings share the two conditions."""
    return any(c.text("type") in {"RuntimeReady", "NetworkReady"} for c in root.items("status", "conditions"))


_LIST, _CONFIG = ("container-list",), ("runtime-config",)
_SHAPES: tuple[tuple[str, Callable[[Branch], bool], Reader, tuple[str, ...]], ...] = (
    ("cri-dump", _is_dump, _dump, _LIST + _CONFIG),
    ("crictl-pods", lambda r: _is_cri(r.at("items", 0)) and r.at("items", 0, "metadata").has("name"), _each("items", cri.sandbox), _LIST),
    ("crictl-ps", lambda r: _is_cri(r.at("containers", 0)), _each("containers", cri.container), _LIST),
    ("crictl-info", _is_info, cri.runtime_status, _CONFIG),
    ("crictl-inspect", lambda r: _first(r).at("status").has("id", "metadata"), _inspect, _LIST),
    ("docker-inspect", lambda r: _first(r).has("Id", "State", "Config"), _all(docker.inspected), _LIST),
    ("docker-ps", lambda r: _first(r).has("ID", "Names", "Status"), _all(docker.listed), _LIST),
    ("docker-info", lambda r: r.has("ServerVersion", "CgroupDriver") or r.has("ID", "ContainersRunning"), docker.info, _CONFIG),
    ("kubelet-config", lambda r: bool(r.any_of(*_CONFIGZ)) or r.text("kind") == "KubeletConfiguration", _kubelet, ("kubelet-config",)),
)
