"""PLEG on a real runtime: list, compare, inspect the pods with news (pkg/kubelet/pleg/generic.go Relist).

The list is done with two calls. A pod whose inspection fails keeps its old record and is inspected again with the next
relist, and once more as one of those that failed: what makes one hanging pod last two deadlines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cri_api.v1 import api_pb2 as cri

from plegma.runtime.requests import POD_UID

States = Mapping[str, str]
"""State by id of a pod's sandboxes and containers."""

SANDBOX_STATES = {cri.SANDBOX_READY: "running", cri.SANDBOX_NOTREADY: "exited"}
CONTAINER_STATES = {cri.CONTAINER_CREATED: "unknown", cri.CONTAINER_RUNNING: "running", cri.CONTAINER_EXITED: "exited"}


@dataclass(slots=True)
class Records:
    """What the last relist knew of each pod, and which pods could not be inspected."""

    known: dict[str, States] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def news(self, found: Mapping[str, States]) -> list[str]:
        """Uids of pods with something that started or ended. What else changed is recorded at once."""
        changed = []
        for uid in sorted({*self.known, *found}):
            if _events(self.known.get(uid, {}), found.get(uid, {})):
                changed.append(uid)
            else:
                self._write(uid, found)
        return changed

    def record(self, uid: str, found: Mapping[str, States]) -> None:
        """A pod was inspected as it is in the list."""
        self.failed.discard(uid)
        self._write(uid, found)

    def _write(self, uid: str, found: Mapping[str, States]) -> None:
        if uid in found:
            self.known[uid] = found[uid]
        else:
            self.known.pop(uid, None)


def _events(old: States, new: States) -> bool:
    """Something is running that was not, or has ended. What was created or removed makes no sync."""
    started = any(state == "running" and old.get(name) != "running" for name, state in new.items())
    ended = any(state == "exited" and old.get(name) != "exited" for name, state in new.items())
    gone = any(state == "running" and name not in new for name, state in old.items())
    return started or ended or gone


def listed(sandboxes: Iterable[cri.PodSandbox], containers: Iterable[cri.Container]) -> dict[str, States]:
    """The list by pod; what no kubelet made is left out."""
    found: dict[str, dict[str, str]] = {}
    for row in sandboxes:
        if uid := row.labels.get(POD_UID):
            found.setdefault(uid, {})[row.id] = SANDBOX_STATES.get(row.state, "unknown")
    for item in containers:
        if uid := item.labels.get(POD_UID):
            found.setdefault(uid, {})[item.id] = CONTAINER_STATES.get(item.state, "unknown")
    return dict(found)
