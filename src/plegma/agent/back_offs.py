"""Back-off that doubles up to a maximum and starts anew after a time of quiet (client-go util/flowcontrol backoff.go)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackOff:
    """`wait`: seconds of the present wait, 0 before the first failure; `updated`: when it was last set."""

    wait: float = 0.0
    updated: float = 0.0

    def ends(self, since: float | None = None) -> float:
        """When the wait ends, counted from `since` (IsInBackOffSince) or from the last failure (IsInBackOffSinceUpdate)."""
        return (self.updated if since is None else since) + self.wait


def next_back_off(old: BackOff, now: float, first: float, most: float, since: float | None = None) -> BackOff:
    """The wait after one more failure. More than twice the maximum between the last one and `since` starts from `first`."""
    quiet = (now if since is None else since) - old.updated
    wait = first if not old.wait or quiet > 2 * most else min(old.wait * 2, most)
    return BackOff(wait, now)


BACK_OFFS: tuple[tuple[str, str, str, str], ...] = (
    ("a container that ended", "crash_back_off", "crash_back_off_max", "from the container's end; anew after 10 m of running"),
    ("an image that could not be pulled", "pull_back_off", "pull_back_off_max", "from the last failure"),
    ("a volume that could not be mounted", "mount_back_off", "mount_back_off_max", "from the last failure"),
    ("a lease that could not be renewed", "lease_back_off", "lease_back_off_max", "from the last failure; anew after a success"),
)
"""What waits, its first and its longest wait (names in `constants.CONSTANTS`), and from when it counts. Every wait doubles."""
