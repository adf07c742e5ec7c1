"""Tasks that wait in the kernel and cannot be interrupted (state D): what they hold, and when the kernel reports them."""

from dataclasses import dataclass

TIMEOUT = 120.0
"""Seconds; kernel.hung_task_timeout_secs, and how often khungtaskd looks (kernel/hung_task.c)."""
WARNINGS = 10
"""kernel.hung_task_warnings."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task in state D since a moment. `waits`: in which call; `pod`: UID of the pod it belongs to, which it holds (empty: none)."""

    pid: int
    command: str
    waits: str
    since: float
    pod: str = ""


def overdue(tasks: tuple[Task, ...], now: float, left: int) -> tuple[Task, ...]:
    """Tasks that khungtaskd reports at a look: `left` at most."""
    return tuple(task for task in tasks if now - task.since > TIMEOUT)[:left]
