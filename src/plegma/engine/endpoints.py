"""Services that nothing serves: an Endpoints object without an address beside pods that run.

The endpoints controller makes such an object for each Service that has a selector (pkg/controller/endpoint). Without an address
are also, and rightly so, the locks of leader elections (client-go's resourcelock, to v1.23), headless and ExternalName services.
"""

from collections.abc import Iterator

from plegma.engine.facts import Attrs, Fact, attributes
from plegma.engine.scenes import Scene
from plegma.model.observations import State

_NONE = ("<none>", "<unset>")


def unserved(scene: Scene) -> Iterator[Fact]:
    """The rows of such Services' endpoints. A table's row tells no lock from a Service: there the Service must be seen itself."""
    for facts in _by_service(scene).values():
        rows = [attributes(fact) for fact in facts]
        told = [(fact, row) for fact, row in zip(facts, rows, strict=True) if "endpoints" in row]
        none = bool(told) and all(row["endpoints"] in _NONE for _, row in told)
        if none and _is_to_be_served(rows, told[0][0].text) and _pods_run(scene, str(told[0][1].get("namespace", ""))):
            yield told[0][0]


def _by_service(scene: Scene) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Service" and (name := fact.seen.refs.get("workload", "")):
            found.setdefault((fact.seen.refs.get("namespace", ""), name), []).append(fact)
    return found


def _is_to_be_served(rows: list[Attrs], shown: str) -> bool:
    known = {key: value for row in rows for key, value in row.items()}
    if known.get("cluster_ip") == "None" or known.get("type") == "ExternalName":
        return False
    return "cluster_ip" in known or not any(word in shown for word in _NONE)


def _pods_run(scene: Scene, namespace: str) -> bool:
    pods = (attributes(fact) for fact in scene.states if isinstance(fact.seen, State) and fact.seen.kind == "Pod")
    return any(pod.get("status") == "Running" and pod.get("namespace", "") in {"", namespace} for pod in pods)
