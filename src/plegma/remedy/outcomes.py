"""What can come of an action."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """It was done; `said` is what the other side answered, or what exactly was done (which files were moved where)."""

    said: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done, or only in part: what the other side said."""

    said: str


Outcome = Done | Failed
