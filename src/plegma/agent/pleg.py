"""PLEG: the relist's time and its health (pkg/kubelet/pleg/generic.go).

The time is set when listing succeeded, before any pod is inspected. A pod whose inspection failed keeps its old record,
so the next relist finds its events anew AND finds it among the pods to reinspect: it is inspected twice. One pod whose
status call hangs to its 2 minutes therefore makes a relist of 4 minutes, which is over the threshold of 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from plegma.agent.constants import UNCHANGED, seconds


@dataclass(frozen=True, slots=True)
class Pleg:
    """`active`: time of the last list that succeeded; None before the first. `busy`: a relist is under way."""

    active: float | None = None
    busy: bool = False


HEALTH: tuple[tuple[str, str], ...] = (
    ("no list has succeeded yet", "not healthy: pleg has yet to be successful"),
    ("the last list that succeeded is older than 3 minutes", "not healthy: pleg was last seen active ... ago"),
    ("else", "healthy, although pods may still be inspected"),
)
"""What the health check asks, in its order (pleg/generic.go Healthy)."""


def listed(now: float) -> Pleg:
    """A relist has its list of pods and goes on to inspect them."""
    return Pleg(now, True)


def finished(pleg: Pleg) -> Pleg:
    """A relist is over; until the next trouble it counts as active every period."""
    return Pleg(pleg.active)


def last_active(pleg: Pleg, now: float, blocked: bool, constants: Mapping[str, float] = UNCHANGED) -> float | None:
    """When PLEG was last active; `constants` as in Profile.

    In quiet times a relist ends within each period, so that none needs to be played.
    """
    if pleg.active is None or pleg.busy or blocked:
        return pleg.active
    period = seconds("relist_period", constants)
    return pleg.active + max(0.0, (now - pleg.active) // period * period)


def trouble(pleg: Pleg, now: float, blocked: bool = False, constants: Mapping[str, float] = UNCHANGED) -> str:
    """What the health check says: empty when healthy."""
    active = last_active(pleg, now, blocked, constants)
    if active is None:
        return "PLEG is not healthy: pleg has yet to be successful"
    threshold = seconds("relist_threshold", constants)
    if now - active <= threshold:
        return ""
    return f"PLEG is not healthy: pleg was last seen active {go_duration(now - active)} ago; threshold is {go_duration(threshold)}"


def inspections(failed_before: bool) -> int:
    """How often one relist inspects a pod with news."""
    return 2 if failed_before else 1


def go_duration(value: float) -> str:
    """Seconds as Go's time.Duration prints them: 191.5 is 3m11.5s."""
    minutes, rest = divmod(value, 60)
    hours, minutes = divmod(int(minutes), 60)
    text = f"{rest:.9f}".rstrip("0").rstrip(".")
    return f"{hours}h{minutes}m{text}s" if hours else f"{minutes}m{text}s" if minutes else f"{text}s"
