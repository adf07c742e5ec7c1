"""A runtime's state: whether it serves, and what it holds."""

from dataclasses import dataclass, field
from enum import StrEnum

from plegma.agent.pods import Container, PodRecords, RuntimeStatus, Sandbox
from plegma.lab.cri.records import ContainerRow, SandboxRow
from plegma.lab.cri.shims import Shim


class Health(StrEnum):
    """How a call to the runtime's socket goes."""

    serving = "Serving"
    refusing = "Refusing"
    hanging = "Hanging"


@dataclass(slots=True)
class Runtime:
    """Rows by pod UID, oldest first. `images`: bytes by name.

    `reserved`: names of sandboxes that a RunPodSandbox under way holds (containerd), with that sandbox.
    `shims`: by sandbox id (containerd); `orphans`: sandboxes whose shim died, and whose processes run on until somebody ends them.
    """

    health: Health = Health.serving
    sandboxes: dict[str, list[SandboxRow]] = field(default_factory=dict)
    containers: dict[str, list[ContainerRow]] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, SandboxRow] = field(default_factory=dict)
    shims: dict[str, Shim] = field(default_factory=dict)
    orphans: set[str] = field(default_factory=set)

    def status(self, uid: str) -> RuntimeStatus:
        """What a relist finds of a pod: its sandboxes, newest first, and its newest container once that was started."""
        rows_of = self.containers.get(uid)
        newest = rows_of[-1] if rows_of else None
        if newest is None or newest.state == "Created":
            return RuntimeStatus(self._sandboxes(uid))
        return RuntimeStatus(self._sandboxes(uid), _listed(newest))

    def _sandboxes(self, uid: str) -> tuple[Sandbox, ...]:
        rows = sorted(self.sandboxes.get(uid, ()), key=lambda r: -r.created)
        return tuple(Sandbox(r.id, r.ready, r.attempt, r.ip, r.network_mode) for r in rows)

    def stop(self, row: SandboxRow, now: float) -> None:
        """A sandbox stops being ready, and its shim ends with it."""
        if row.ready:
            row.ready, row.ended = False, now
        self.shims.pop(row.id, None)
        self.orphans.discard(row.id)

    def records(self) -> tuple[PodRecords, ...]:
        """All that is held of each pod that has more than one ready sandbox with one container: of others nothing can go."""
        uids = [u for u in {**self.sandboxes, **self.containers} if not self._tidy(u)]
        return tuple(PodRecords(u, self._sandboxes(u), tuple(_listed(r) for r in self.containers.get(u, ()))) for u in uids)

    def _tidy(self, uid: str) -> bool:
        sandboxes, containers = self.sandboxes.get(uid, ()), self.containers.get(uid, ())
        return len(sandboxes) == 1 and sandboxes[0].ready and len(containers) <= 1

    def remove(self, op: str, uid: str, gone: str) -> None:
        """RemoveContainer, RemovePodSandbox (with what is in it) or RemoveImage; an id that is not here is no error."""
        if op == "RemoveImage":
            self.images.pop(gone, None)
        if op in {"RemoveContainer", "RemovePodSandbox"} and uid in self.containers:
            self.containers[uid] = [r for r in self.containers[uid] if gone not in (r.id, r.sandbox)]
        if op == "RemovePodSandbox" and uid in self.sandboxes:
            self.sandboxes[uid] = [r for r in self.sandboxes[uid] if r.id != gone]
        if not self.sandboxes.get(uid) and not self.containers.get(uid):
            self.forget(uid)

    def forget(self, uid: str) -> None:
        """All of a pod is gone."""
        self.sandboxes.pop(uid, None)
        self.containers.pop(uid, None)


def _listed(row: ContainerRow) -> Container:
    return Container(row.id, row.attempt, row.started, row.state == "Running", row.exit, row.sandbox)
