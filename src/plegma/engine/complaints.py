"""What says that something is wrong although no failure mode knows it: beside it nothing is called healthy.

Rows that are not well, units of a node that fell, Warning events of what no row shows well, and lines most of which complain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from plegma.engine.ailing_rows import KEEPS_PODS, ailing_rows
from plegma.engine.endpoints import unserved
from plegma.engine.facts import Fact
from plegma.engine.matches import Match
from plegma.engine.naming import bindings, filled, is_one_word
from plegma.engine.neighbours import Place
from plegma.engine.recoveries import QUIET
from plegma.engine.scenes import Scene
from plegma.engine.startups import startups_of
from plegma.engine.unit_lines import fallen_units
from plegma.knowledge.failure_mode import FailureMode
from plegma.model.diagnosis import Gap
from plegma.model.observations import Event, State
from plegma.model.texts import Text

_COMPLAINS = re.compile(
    r"(?i)\b[EF]\d{4} \d|level=(error|fatal)"
    r"|\b(error|failed|failure|fatal|panic|denied|refused|unauthorized|forbidden)\b"
)
_AT_ERROR = re.compile(r"\b[EF]\d{4} \d\d:\d\d:\d\d\.\d|\blevel=(?:error|fatal)\b|\"level\":\"(?:error|fatal)\"")
_FATAL = re.compile(r"\bF\d{4} \d\d:\d\d|\blevel=(?:fatal|panic)\b|\"level\":\"(?:fatal|panic)\"")
_TROUBLE = re.compile(
    r"(?i)\b(?:error|fail\w*|fatal|panic|denied|refused|unauthorized|forbidden|cannot|can't|unable|timed? ?out|giv(?:es|ing) up|gave up"
    r"|unreachable|no route|not found|no such|does(?: not|n't) (?:exist|work)|crash\w*|aborted|killed)\b"
    r"|エラー|失敗|できな|つながらな|落ち|止ま"
)
_ALONE = re.compile(r"(?i)\s*(?:error: )?(?:unauthorized|forbidden|permission denied)\.?\s*$")
"""All that a client prints of a refused call, which ends it: kubeadm join, kubectl, curl."""
_MOSTLY = 0.5
_FREE = frozenset({"text", "prose"})
_EXCERPT = 12
"""Lines that a person chooses by hand; a whole log ends on an error by chance."""
_SHOWN = 3
_CUT = 120
_TELLS_HEALTH = frozenset(
    {"Pod", "Node", "Condition", "Container", "Sandbox", "RuntimeContainer", "Workload", "Unit", "Process", "Filesystem"}
)
"""Rows that would look otherwise if something were wrong; settings, services and counters look the same either way."""


class Complaints(Struct, frozen=True):
    """What complains, and whether there is anything from which health could be told at all."""

    facts: tuple[Fact, ...]
    told: bool


def complaints_of(scene: Scene, current: Scene, matches: Iterable[Match]) -> Complaints:
    """What complains of what is not over (`current`), but for what known noise explains."""
    noise = frozenset(id(s.fact) for match in matches if match.mode.benign for s in match.sightings)
    rows = ailing_rows(scene)
    facts = [*rows, *fallen_units(current), *unserved(scene), *_warnings(current, rows)]
    facts = [fact for fact in facts if id(fact) not in noise]
    well = any(_tells_health(fact) for fact in scene.states)
    facts += _mostly(_TROUBLE, [fact for fact in _free(current) if id(fact) not in noise])
    if not facts and not well:
        facts = _loud([fact for fact in current.events if id(fact) not in noise])
    known = [observation for part in scene.parts if part.kind not in _FREE for observation in part.observations]
    return Complaints(tuple(facts), bool(known) and (well or any(isinstance(seen, Event) for seen in known)))


def _tells_health(fact: Fact) -> bool:
    seen = fact.seen
    return (
        isinstance(seen, State)
        and seen.kind in _TELLS_HEALTH
        and (seen.kind != "Workload" or seen.attrs.get("kind") in {*KEEPS_PODS, "Job"})
        and (seen.kind != "Node" or seen.attrs.keys() != {"runtime"})  # told by wordings alone (`plegma.engine.derived`)
    )


def _free(current: Scene) -> list[Fact]:
    """The lines of no known format: a person chose them. A log holds lines that complain however well all goes."""
    spans = [(part.artifact, part.first_line, part.first_line + part.lines) for part in current.parts if part.kind in _FREE]
    places = ((fact, fact.seen.origin) for fact in current.events if spans)
    return [fact for fact, origin in places if any(a == origin.artifact and begin <= origin.line < end for a, begin, end in spans)]


def _warnings(current: Scene, ailing: Sequence[Fact]) -> Iterator[Fact]:
    """Warning events, but for those of a start and of pods whose rows show them well."""
    ill = {fact.pod for fact in ailing}
    well = {fact.pod for fact in current.states if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.pod} - ill
    startups = startups_of(current)
    for fact in current.events:
        told = isinstance(fact.seen, Event) and fact.seen.warning and fact.pod not in well
        if told and not _came_back_no_more(fact, current) and not startups.hold(fact):
            yield fact


def _came_back_no_more(fact: Fact, current: Scene) -> bool:
    latest = current.clocks.latest
    return fact.last is not None and latest is not None and latest.seconds - fact.last.seconds > QUIET


def _loud(events: Sequence[Fact]) -> list[Fact]:
    """The lines that complain, when most do; and those of a program that says that it gives up, whatever the word for it."""
    fatal = [fact for fact in events if _FATAL.search(fact.text)]
    return fatal or _mostly(_COMPLAINS, events) or _last(events)


def _last(events: Sequence[Fact]) -> list[Fact]:
    """The line that an excerpt of few lines ends on, when it is at the level of errors: it was cut behind what it is for."""
    if len(events) > _EXCERPT:
        return []
    ends = {fact.seen.origin.artifact: fact for fact in sorted(events, key=lambda fact: fact.seen.origin.line)}
    return [fact for fact in ends.values() if _AT_ERROR.search(fact.text)]


def _mostly(pattern: re.Pattern[str], events: Sequence[Fact]) -> list[Fact]:
    """The lines that complain, when they are at least half of all; a refusal that is a line of its own always does."""
    complaints = [fact for fact in events if pattern.search(fact.text)]
    return complaints if len(complaints) >= _MOSTLY * len(events) else [fact for fact in complaints if _ALONE.match(fact.text)]


def first_looks(scene: Scene, complaints: Complaints, matches: Iterable[Match] = ()) -> tuple[Gap, ...]:
    """For the first few that complain, the command that shows more of what they speak of, or of the mode that knows the line."""
    known = {id(sighting.fact): match.mode for match in matches if not match.mode.benign for sighting in match.sightings}
    found = dict.fromkeys(_look(scene, fact, known.get(id(fact))) for fact in complaints.facts)
    return tuple({gap.command: gap for gap in reversed(found)}.values())[::-1][:_SHOWN]


def _look(scene: Scene, fact: Fact, mode: FailureMode | None) -> Gap:
    ask = mode.asks[0] if mode and mode.asks else None
    kind, command = (ask.evidence, ask.command) if ask else _asked(fact, scene)
    text = " ".join(fact.text.split())
    shown = text if len(text) <= _CUT else text[: _CUT - 1] + "…"
    values = bindings(scene, Place(fact.pod, fact.node), [], None) | _named(fact)
    return Gap(kind, _question(mode, shown), filled(command, values))


def _question(mode: FailureMode | None, shown: str) -> Text:
    if mode is None:
        return Text(f"what is behind this line, which no known sign explains: {shown}", f"既知の兆候では説明できない次の行の原因: {shown}")
    return Text(f"what is behind this line ({mode.title.en}): {shown}", f"次の行({mode.title.ja})の原因: {shown}")


def _asked(fact: Fact, scene: Scene) -> tuple[str, str]:
    seen = fact.seen
    if isinstance(seen, State) and seen.kind in _LOOKS:
        return _LOOKS[seen.kind]
    if (pod := scene.places.pods.get(fact.pod)) and pod.name:
        return "pod-describe", "kubectl -n {namespace} describe pod {pod}"
    if fact.seen.refs.get("container_id"):
        return "pod-log", "crictl logs {container_id}  # Docker: docker logs {container_id}"
    if isinstance(seen, Event) and seen.component == "systemd":
        return "system-log", "systemctl --failed --no-pager; journalctl -b -p warning --no-pager | tail -n 200"
    if seen.refs.get("workload"):
        return "workloads", "kubectl -n {namespace} describe {workload}"
    return ("node-describe", "kubectl describe node {node}") if fact.node else ("events", "kubectl get events -A --sort-by=.lastTimestamp")


_LOOKS = {
    "Unit": ("system-log", "systemctl status {unit} --no-pager -l; journalctl -u {unit} -n 200 --no-pager"),
    "Starts": ("system-log", "journalctl -u {unit} -n 200 --no-pager"),
    "Volume": ("storage-objects", "kubectl get pvc,pv,volumeattachments -A; kubectl describe pvc -A"),
    "Node": ("node-describe", "kubectl describe node {node}"),
    "Condition": ("node-describe", "kubectl describe node {node}"),
}


def _named(fact: Fact) -> dict[str, str]:
    """The unit or the workload that a row is about, where a shell takes the name as one word."""
    unit = str(fact.seen.attrs.get("name") or fact.seen.attrs.get("program", "")) if isinstance(fact.seen, State) else ""
    names = {"unit": unit, **{key: fact.seen.refs.get(key, "") for key in ("workload", "namespace", "container_id")}}
    return {key: name for key, name in names.items() if is_one_word(name)}
