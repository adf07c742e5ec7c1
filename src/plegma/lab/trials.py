"""A remedy on trial: was the cluster well after it, for how long, and does that hold?"""

from dataclasses import dataclass
from enum import StrEnum

STEADY = 300.0
"""Seconds without trouble that count as well: a node that one hanging pod makes flap is Ready for at most 3 minutes."""
PATIENCE = 900.0
"""Seconds after which a remedy that changed nothing did not help: back-off and retries take up to 5 minutes each."""


class Verdict(StrEnum):
    """What can be said of a remedy by now."""

    waiting = "waiting"
    no_help = "no help"
    nothing_wrong = "nothing was wrong"
    for_now = "well for now"
    came_back = "came back"
    holds = "holds"


@dataclass(slots=True)
class Trial:
    """`remedy` on `target` at `at` (virtual seconds). `nodes`: where it is watched (none: everywhere).

    `before`: what was unwell there. `troubled`: when something was last unwell.

    `well_from`: when it became well and stayed so for STEADY; `returned`: when trouble came back after that.
    """

    remedy: str
    target: str
    nodes: tuple[str, ...]
    at: float
    before: tuple[str, ...]
    troubled: float
    well_from: float | None = None
    returned: float | None = None

    def watch(self, now: float, unwell: bool) -> None:
        """One look at the cluster."""
        if unwell:
            self.troubled = now
            if self.well_from is not None and self.returned is None:
                self.returned = now
        elif self.well_from is None and now - self.troubled >= STEADY:
            self.well_from = self.troubled

    def verdict(self, now: float, cause_remains: bool) -> Verdict:
        """Does it hold? A fault that is still there may strike again, so that "well" is no more than "for now"."""
        if self.returned is not None:
            return Verdict.came_back
        if self.well_from is None:
            return Verdict.no_help if now - self.at > PATIENCE else Verdict.waiting
        if not self.before:
            return Verdict.nothing_wrong
        return Verdict.for_now if cause_remains else Verdict.holds
