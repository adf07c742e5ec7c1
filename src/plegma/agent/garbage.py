"""What garbage collection removes: dead containers and sandboxes, and images by age and disk use."""

from collections.abc import Sequence

from plegma.agent.constants import seconds
from plegma.agent.pods import Container, Sandbox


def sandboxes_to_remove(sandboxes: Sequence[Sandbox], pod_lives: bool) -> tuple[str, ...]:
    """Ids of sandboxes that go (kuberuntime_gc.go evictSandboxes): not ready ones, but a living pod's newest stays."""
    kept = sandboxes[0].id if sandboxes and pod_lives else ""
    return tuple(s.id for s in sandboxes if not s.ready and s.id != kept)


def containers_to_remove(containers: Sequence[Container], pod_lives: bool) -> tuple[str, ...]:
    """Ids of ended containers that go (evictContainers): of a living pod the newest one stays (MaxPerPodContainer 1)."""
    dead = sorted((c for c in containers if not c.running), key=lambda c: -c.attempt)
    return tuple(c.id for c in dead[1 if pod_lives else 0 :])


def images_to_remove(images: Sequence[tuple[str, int, float, bool]], used_percent: float, capacity: int, now: float) -> tuple[str, ...]:
    """Names of images that go, oldest first, until use is at the low mark (images/image_gc_manager.go).

    Each image is (name, bytes, last used, in use); nothing goes below the high mark.
    """
    if used_percent < seconds("image_gc_high_percent"):
        return ()
    to_free = (used_percent - seconds("image_gc_low_percent")) / 100 * capacity
    gone: list[str] = []
    for name, size, used, busy in sorted(images, key=lambda i: i[2]):
        if to_free > 0 and not busy and now - used >= seconds("image_min_age"):
            gone.append(name)
            to_free -= size
    return tuple(gone)
