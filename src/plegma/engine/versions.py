"""Which programs ran: the versions that nodes tell of themselves."""

from plegma.engine.scenes import Scene
from plegma.model.exhibits import NodeVersions
from plegma.model.observations import State

_TOLD = ("version", "runtime", "kernel", "os")


def versions_of(scene: Scene) -> tuple[NodeVersions, ...]:
    """One row for each node of which any version is known, in order of name; what several outputs say, the latest says."""
    found: dict[str, dict[str, str]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Node" and fact.node:
            told = {key: str(value) for key in _TOLD if (value := fact.seen.attrs.get(key))}
            found.setdefault(fact.node, {}).update(told)
    return tuple(
        NodeVersions(node, told.get("version", ""), told.get("runtime", ""), told.get("kernel", ""), told.get("os", ""))
        for node, told in sorted(found.items())
        if told
    )
