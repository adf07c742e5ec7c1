"""Services that nothing serves: an Endpoints object without an address beside pods that run.

The endpoints controller makes such an object for each Service that has a selector (pkg/controller/endpoint). Without an address
are also, and rightly so, the locks of leader elections (client-go's resourcelock, to v1.23), headless and ExternalName services.
"""

from collections.abc import Iterator

from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.model.observations import State

_NONE = frozenset({"<none>", "<unset>"})


def unserved(scene: Scene) -> Iterator[Fact]:
    """The rows of such Services' endpoints. A table's row tells no lock from a Service: there the Service must be seen itself."""
    for rows in _by_service(scene).values():
        empty = [fact for fact in rows if fact.seen.attrs.get("endpoints") in _NONE]
        if empty and len(empty) == sum("endpoints" in fact.seen.attrs for fact in rows) and _is_to_be_served(rows, empty[0]):
            if _pods_run(scene, empty[0].seen.refs.get("namespace", "")):
                yield empty[0]


def _by_service(scene: Scene) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Service" and (name := fact.seen.refs.get("workload", "")):
            found.setdefault((fact.seen.refs.get("namespace", ""), name), []).append(fact)
    return found


def _is_to_be_served(rows: list[Fact], empty: Fact) -> bool:
    known = {key: str(value) for fact in rows for key, value in fact.seen.attrs.items()}
    if known.get("cluster_ip") == "None" or known.get("type") == "ExternalName":
        return False
    return "cluster_ip" in known or not any(word in empty.text for word in _NONE)


def _pods_run(scene: Scene, namespace: str) -> bool:
    pods = (fact.seen for fact in scene.states if isinstance(fact.seen, State) and fact.seen.kind == "Pod")
    return any(pod.attrs.get("status") == "Running" and pod.refs.get("namespace", "") in {"", namespace} for pod in pods)
