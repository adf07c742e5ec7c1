"""Programs that start again and again: a row worked out of the times at which they say that they start."""

import re
from collections.abc import Iterator, Sequence

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.model.observations import Event, State

_STARTS = (
    ("kubelet", re.compile(r"Starting kubelet\.$")),
    ("kubelet", re.compile(r"\"?(?:Kubelet version|Version: v1\.)")),
    ("containerd", re.compile(r"starting containerd\b")),
    ("dockerd", re.compile(r"Starting up$")),
    ("crio", re.compile(r"Starting CRI-O")),
    ("k3s", re.compile(r"Starting k3s ")),
    ("rke2", re.compile(r"Starting rke2 ")),
)
"""What each says once in its life: the kubelet's event (kubelet.go BirthCry) and first line (server.go), containerd's main.go, dockerd's
daemon.go, CRI-O's main.go, k3s' and rke2's server and agent commands."""
_OFTEN, _SPAN, _LATELY = 3, 900.0, 600.0
"""So many starts in so many seconds are no one's wish; a program that has run for the time of the longest reset is over it."""

Start = tuple[Moment, int, Event]


def start_rows(scene: Scene) -> Iterator[Fact]:
    """One row for each node and program that started often lately. Events of one list are starts of their own, however alike they are."""
    latest = scene.clocks.latest
    if latest is None or not any(_program(wording.message) for wording in scene.wordings):
        return
    done: set[tuple[str, str]] = set()
    for p, part in enumerate(scene.parts):
        for (node, program), starts in _starts(scene, p).items():
            found = _close(sorted(starts, key=lambda s: (s[0].at, s[1])), latest)
            if found and (node, program) not in done:
                done.add((node, program))
                yield _row(node, program, found, part.first_line)


def _starts(scene: Scene, p: int) -> dict[tuple[str, str], list[Start]]:
    """By node and program, the starts that the kind of line which tells most of them tells."""
    found: dict[tuple[str, str, int], list[Start]] = {}
    part = scene.parts[p]
    for place, (seen, node) in enumerate(zip(part.observations, scene.places.nodes_at[p], strict=True)):
        if isinstance(seen, Event) and (told := _program(seen.message)) and (at := scene.clocks.moment(p, part, seen.at)):
            found.setdefault((node, *told), []).append((at, place, seen))
    most: dict[tuple[str, str], list[Start]] = {}
    for (node, program, _), starts in found.items():
        most[node, program] = max(most.get((node, program), []), starts, key=len)
    return most


def _program(message: str) -> tuple[str, int] | None:
    """The program that says that it starts, and by which of the wordings."""
    if "tarting" not in message and "ersion" not in message:
        return None
    return next(((program, rule) for rule, (program, pattern) in enumerate(_STARTS) if pattern.match(message)), None)


def _close(starts: Sequence[Start], latest: Moment) -> Sequence[Start]:
    """The last few, when they came close together and not long ago."""
    last = starts[-_OFTEN:]
    if len(last) < _OFTEN:
        return ()
    begun, ended = last[0][0], last[-1][0]
    close = (ended.at - begun.at).total_seconds() + begun.grain <= _SPAN
    return last if close and (latest.at - ended.at).total_seconds() <= _LATELY else ()


def _row(node: str, program: str, starts: Sequence[Start], order: int) -> Fact:
    first, last, seen = starts[0][0], starts[-1][0], starts[-1][2]
    seconds = round((last.at - first.at).total_seconds())
    state = State("Starts", {"program": program, "count": len(starts), "seconds": seconds}, seen.origin, seen.text, refs=dict(seen.refs))
    return Fact(state, "", node, first, last, len(starts), (seen.text, seen.origin.artifact, seen.origin.line or order))
