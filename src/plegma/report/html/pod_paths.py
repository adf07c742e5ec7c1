"""The way that a pod takes to run, as stations, and where along it a case is broken."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from plegma.knowledge import glossary
from plegma.knowledge.concept import Concept
from plegma.model.diagnosis import ChainStep, Hypothesis
from plegma.model.texts import Text

_SANDBOX = "pod-sandbox"
_ALWAYS = ("kubelet", "cri", "runtime", "sandbox", "cni", "container")
_STATIONS: Mapping[str, tuple[str, Text]] = {
    "control_plane": ("api-server", Text("API server", "API サーバー")),
    "kubelet": ("kubelet", Text("kubelet", "kubelet")),
    "cri": ("cri", Text("CRI", "CRI")),
    "runtime": ("containerd", Text("container runtime", "コンテナランタイム")),
    "kernel": ("d-state", Text("kernel", "カーネル")),
    "storage": ("volumes-attach-mount", Text("volumes", "ボリューム")),
    "sandbox": (_SANDBOX, Text("PodSandbox", "PodSandbox")),
    "cni": ("cni", Text("CNI", "CNI")),
    "network": ("kube-proxy", Text("network", "ネットワーク")),
    "image": ("image-pull", Text("image", "イメージ")),
    "container": ("pod-lifecycle", Text("container", "コンテナ")),
}
"""In the order of the way: the concept that explains each station, and its name. Keys but for `sandbox` and `container`
are layers; the side stations that a case does not touch are left out."""


class Station(Struct, frozen=True):
    """One station: `state` is "breaks" (the cause lies here), "suffers" (a step lies here) or "" (not touched)."""

    id: str
    name: Text
    state: str
    steps: tuple[ChainStep, ...]
    concepts: tuple[Concept, ...]


def path_of(hypothesis: Hypothesis) -> tuple[Station, ...]:
    """The stations of the way, with the steps of the chain at theirs."""
    at: dict[str, list[ChainStep]] = {}
    for step in hypothesis.chain:
        at.setdefault(_station_of(step), []).append(step)
    broken = _station_of(hypothesis.chain[0])
    return tuple(_stations(at, broken))


def _stations(at: Mapping[str, Sequence[ChainStep]], broken: str) -> Iterator[Station]:
    told: set[str] = set()
    for id_, (concept, name) in _STATIONS.items():
        steps = tuple(at.get(id_, ()))
        if steps or id_ in _ALWAYS:
            yield Station(
                id_, name, "breaks" if id_ == broken else "suffers" if steps else "", steps, tuple(_concepts(concept, steps, told))
            )


def _station_of(step: ChainStep) -> str:
    """By layer; what is about the sandbox before all else lies there."""
    if step.concepts[:1] == (_SANDBOX,) and step.layer == "cri":
        return "sandbox"
    return "container" if step.layer == "pod" else step.layer if step.layer in _STATIONS else "kubelet"


def _concepts(own: str, steps: Sequence[ChainStep], told: set[str]) -> Iterator[Concept]:
    """The station's own concept, then those that its steps name; each is told at the first station that needs it."""
    every = glossary.builtin()
    owned = {concept for concept, _ in _STATIONS.values()}
    for id_ in dict.fromkeys([own, *(c for step in steps for c in step.concepts if c not in owned)]):
        if id_ in every and id_ not in told:
            told.add(id_)
            yield every[id_]
