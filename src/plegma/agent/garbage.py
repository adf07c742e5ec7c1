"""What garbage collection removes: dead containers and sandboxes, and images by age and disk use."""

from collections.abc import Iterable, Mapping, Sequence

from plegma.agent.constants import seconds
from plegma.agent.pods import Container, Image, PodRecords, Sandbox

RULES: tuple[tuple[str, str, str], ...] = (
    ("RemoveContainer", "ended, and of a living pod not the newest of its name", "kuberuntime_gc.go evictContainers, MaxPerPodContainer 1"),
    ("RemovePodSandbox", "dead, no containers, of a living pod not the newest; first stopped anew", "kuberuntime_gc.go evictSandboxes"),
    ("RemoveImage", "used by no container, found 2 minutes ago or more; least recently used first", "images/image_gc_manager.go"),
)  # fmt: skip
"""What goes, under which condition, and where the kubelet says so."""


def containers_to_remove(containers: Sequence[Container], pod_lives: bool) -> tuple[str, ...]:
    """Ids of ended containers that go: of a living pod the newest of each name stays."""
    dead = sorted((c for c in containers if not c.running), key=lambda c: -c.attempt)
    newest = {c.name: c.id for c in reversed(dead)} if pod_lives else {}
    return tuple(c.id for c in dead if newest.get(c.name) != c.id)


def sandboxes_to_remove(sandboxes: Sequence[Sandbox], pod_lives: bool, in_use: Iterable[str] = ()) -> tuple[str, ...]:
    """Ids of sandboxes that go, oldest first: not ready, not `in_use` by a container; a living pod's newest stays."""
    kept = {sandboxes[0].id, *in_use} if sandboxes and pod_lives else set(in_use)
    return tuple(s.id for s in reversed(sandboxes) if not s.ready and s.id not in kept)


def records_to_remove(records: PodRecords, pod_lives: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Containers and then sandboxes of one pod that go: a sandbox whose last container goes now may go too."""
    gone = containers_to_remove(records.containers, pod_lives)
    in_use = {c.sandbox for c in records.containers if c.id not in gone}
    return gone, sandboxes_to_remove(records.sandboxes, pod_lives, in_use)


def images_to_remove(
    images: Iterable[Image], seen: Mapping[str, tuple[float, float]], to_free: float, now: float, constants: Mapping[str, float]
) -> tuple[Image, ...]:
    """Images that go until `to_free` bytes are free: least recently used first, none that is in use or too young.

    `seen`: when each was first seen and last used (virtual seconds).
    """
    gone: list[Image] = []
    age = seconds("image_min_age", constants)
    idle = [i for i in images if not i.in_use and now - seen[i.name][0] >= age]
    for image in sorted(idle, key=lambda i: (seen[i.name][1], seen[i.name][0], i.name)):
        if to_free <= 0:
            break
        gone.append(image)
        to_free -= image.size
    return tuple(gone)
