"""What systemd writes of a node's units: which of them fell and did not come back, and which stops were followed by a start."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from plegma.engine.ailing_rows import is_of_a_node
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene

_UNIT = r"(?:(?P<unit>[\w@:.-]+\.(?:service|mount|socket|swap))(?: - )?)?(?P<name>.*?)"
_TELLS = tuple(
    (tells, re.compile(pattern))
    for tells, pattern in (
        ("started", rf"(?:Started|Mounted|Finished) {_UNIT}\.?$"),
        ("stopped", rf"(?:Stopping|Stopped) {_UNIT}(?:\.\.\.|\.)?$"),
        ("fell", rf"(?:Failed to (?:start|mount)|Dependency failed for) {_UNIT}\.?$"),
        ("fell", r"(?P<unit>[\w@:.-]+): (?:Failed with result|Start request repeated too quickly|[Ss]tart operation timed out)(?P<name>)"),
        ("fell", r"(?P<unit>[\w@:.-]+): [Mm]ain process exited, code=(?!exited, status=0)(?P<name>)"),
        ("fell", r"Unit (?P<unit>[\w@:.-]+) entered failed state(?P<name>)"),
        ("ended", r"(?P<unit>[\w@:.-]+): (?:Deactivated successfully|Succeeded)(?P<name>)"),
    )
)
"""systemd, src/core/job.c and unit.c: a verb and the unit's description (its name before it since 249); service.c: a unit's lines."""
_OF_A_NODE = re.compile(
    r"(?i)kube|docker|containerd|container runtime|cri-o|\bOCI\b|etcd|k3s|rke2|flannel|calico|cilium|network manager|iscsi|multipath"
)
_TOGETHER = 5.0
"""Seconds in which systemd tells of one stop in several lines."""

When = tuple[float, str, int]


class Line(Struct, frozen=True):
    """A line of systemd about a unit: its name and its description, "" where the line does not say, and what it tells."""

    fact: Fact
    unit: str
    name: str
    tells: str

    @property
    def when(self) -> When:
        """Its time, and its place for lines of one second."""
        at = self.fact.last.seconds if self.fact.last else 0.0
        return at, self.fact.seen.origin.artifact, self.fact.seen.origin.line


def fallen_units(scene: Scene) -> list[Fact]:
    """The lines that say that a unit of the node failed, when none says that it started afterwards."""
    lines = list(_lines(scene))
    named = {line.name: line.unit for line in lines if line.name and line.unit}
    starts = _last_starts(lines)
    return [line.fact for line in lines if line.tells == "fell" and _matters(line, named) and not _came_back(line, starts)]


def stops_undone(scene: Scene) -> frozenset[int]:
    """The lines (by id) that tell of a stop after which the same unit was started again."""
    lines = list(_lines(scene))
    starts = _last_starts(lines)
    undone = [line for line in lines if line.tells == "stopped" and _came_back(line, starts)]
    ends = [e for e in lines if e.tells == "ended" and any(_of_one_stop(e, stop) for stop in undone)]
    return frozenset(id(line.fact) for line in (*undone, *ends))


def _lines(scene: Scene) -> Iterator[Line]:
    for wording in scene.wordings:
        if wording.component == "systemd":
            for tells, pattern in _TELLS:
                if match := pattern.match(wording.message):
                    yield from (Line(fact, match["unit"] or "", match["name"], tells) for _, fact in wording.facts)
                    break


def _last_starts(lines: Iterable[Line]) -> dict[tuple[str, str], When]:
    """When each unit, by node and by each of its names, was last started."""
    starts: dict[tuple[str, str], When] = {}
    for line in lines:
        for name in (line.unit, line.name) if line.tells == "started" else ():
            if name:
                key = line.fact.node, name
                starts[key] = max(starts.get(key, line.when), line.when)
    return starts


def _came_back(line: Line, starts: dict[tuple[str, str], When]) -> bool:
    return any(starts.get((line.fact.node, name), (-1.0, "", 0)) > line.when for name in (line.unit, line.name) if name)


def _matters(line: Line, named: dict[str, str]) -> bool:
    unit = line.unit or named.get(line.name, "")
    return is_of_a_node(unit) if unit else _OF_A_NODE.search(line.name) is not None


def _of_one_stop(end: Line, stop: Line) -> bool:
    return end.fact.node == stop.fact.node and abs(end.when[0] - stop.when[0]) <= _TOGETHER and (not stop.unit or stop.unit == end.unit)
