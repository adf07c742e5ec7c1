"""What a cause explains, one step each."""

from msgspec import Struct

from plegma.engine.crowds import Crowd
from plegma.engine.neighbours import Place
from plegma.knowledge.failure_mode import FailureMode, Link


class Reach(Struct, frozen=True, gc=False):
    """An effect that a cause explains: on which matches, by which link, from which mode, how surely, how deep.

    Where no line shows it there are no matches (`crowd` is None), and `place` is where it would be.
    """

    mode: FailureMode
    crowd: Crowd | None
    link: Link
    came_from: str
    weight: float
    depth: int
    place: Place
