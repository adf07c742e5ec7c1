"""Which Pods, Nodes, containers, ... the parts of a Scene speak of, each once under the name that the Scene gives it."""

from collections.abc import Iterable, Iterator, Mapping

from plegma.engine.namings import refs_of
from plegma.engine.scenes import Scene
from plegma.model.inspection import Named
from plegma.model.observations import Observation

MOST_NAMES = 200
"""So many names are listed of one kind; the count is of all."""
_ORDER = ("Node", "Namespace", "Workload", "Pod", "Container", "PodSandbox", "Image", "Volume")
_ID_PREFIX = 11
"""As in `plegma.engine.entities`: what is left of an id in every output. One more character is shown, as docker ps does."""
_PLAIN = {"namespace": "Namespace", "workload": "Workload", "image": "Image", "volume": "Volume"}

Found = dict[str, set[str]]


class Finder:
    """Finds entities in parts of one Scene, by their index."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._container_of = dict(_containers(scene))
        self._sandboxes = frozenset(_sandboxes(scene))

    def of(self, parts: Iterable[int]) -> Found:
        """Names by kind; what is only concluded (the node of a part that names none) is not found in it."""
        found: Found = {kind: set() for kind in _ORDER}
        for p in parts:
            part = self._scene.parts[p]
            for i, seen in enumerate(part.observations):
                for kind, name in self._named(p, i, seen):
                    found[kind].add(name)
        return found

    def _named(self, p: int, i: int, seen: Observation) -> Iterator[tuple[str, str]]:
        refs = refs_of(self._scene.parts[p], seen)
        yield from ((kind, refs[key]) for key, kind in _PLAIN.items() if refs.get(key))
        if refs.get("node"):
            yield "Node", self._scene.places.nodes_at[p][i] or refs["node"]
        pod = self._scene.places.pods_at[p][i]
        if pod:
            yield "Pod", _pod_name(self._scene, pod)
        if refs.get("sandbox_id"):
            yield "PodSandbox", _short(refs["sandbox_id"])
        if container := self._container(pod, refs):
            yield "Container", container

    def _container(self, pod: str, refs: Mapping[str, str]) -> str:
        if refs.get("container"):
            return _container_name(self._scene, pod, refs["container"])
        identity = refs.get("container_id", "")[:_ID_PREFIX]
        if identity in self._sandboxes:  # with Docker a sandbox is a container too, and the kubelet calls it so
            return ""
        return self._container_of.get(identity, _short(refs.get("container_id", "")))


def named(found: Found) -> tuple[Named, ...]:
    """Kinds that there are, with their names in order."""
    return tuple(Named(kind, len(found[kind]), tuple(sorted(found[kind])[:MOST_NAMES])) for kind in _ORDER if found[kind])


def _sandboxes(scene: Scene) -> Iterator[str]:
    for part in scene.parts:
        yield from (refs["sandbox_id"][:_ID_PREFIX] for seen in part.observations if (refs := refs_of(part, seen)).get("sandbox_id"))


def _containers(scene: Scene) -> Iterator[tuple[str, str]]:
    """For each id of a container its name, where any line tells both."""
    for p, part in enumerate(scene.parts):
        for i, seen in enumerate(part.observations):
            refs = refs_of(part, seen)
            if refs.get("container") and refs.get("container_id"):
                yield refs["container_id"][:_ID_PREFIX], _container_name(scene, scene.places.pods_at[p][i], refs["container"])


def _container_name(scene: Scene, pod: str, container: str) -> str:
    return f"{_pod_name(scene, pod)}/{container}" if pod else container


def _pod_name(scene: Scene, pod: str) -> str:
    names = scene.places.pods[pod]
    if names.name:
        return f"{names.namespace}/{names.name}" if names.namespace else names.name
    if names.uid:
        return f"(uid {names.uid})"
    return f"(sandbox {_short(names.sandboxes[0])})" if names.sandboxes else "(unnamed)"


def _short(identity: str) -> str:
    return identity[: _ID_PREFIX + 1]
