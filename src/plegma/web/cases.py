"""A case as the server knows it: an id that nobody can guess, who made it, and how far its diagnosis is."""

from dataclasses import dataclass
from secrets import token_urlsafe

from plegma.model.texts import Text

_ID_BYTES = 18


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the queue."""


@dataclass(frozen=True, slots=True)
class Running:
    """Being diagnosed: the artifact that is read now, and the bytes read before it."""

    artifact: str = ""
    read: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """Diagnosed: the verdict and the sentence that says it."""

    verdict: str
    summary: Text


@dataclass(frozen=True, slots=True)
class Failed:
    """Not diagnosed, and why."""

    why: Text


State = Waiting | Running | Done | Failed


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `owner` is the hash of the browser's secret; `made` is in seconds since 1970; `size` is in bytes."""

    id: str
    owner: str
    title: str
    made: float
    files: int
    size: int
    state: State


def new_id() -> str:
    """An id of 144 random bits: whoever has it may read the case."""
    return token_urlsafe(_ID_BYTES)
