"""What a reader sees first: the verdict, what to do, and who is affected."""

from datetime import datetime

from msgspec import Struct

from plegma.model.diagnosis import Decision, Diagnosis, Entity, Hypothesis, RemedyStep
from plegma.model.texts import Text
from plegma.report import words
from plegma.report.html import page_words
from plegma.report.html.bilingual import same, with_values

_PLAIN = frozenset(
    {"a", "an", "the", "no", "pod", "node", "container", "volume", "too", "calls", "all", "another", "two", "image", "service"}
)
"""First words that are no program's name, so that a heading may begin with a capital."""
_LEVEL = {"possible": 1, "likely": 2, "confirmed": 3}


class Affected(Struct, frozen=True):
    """Pods and nodes by name, since when, and how often."""

    pods: tuple[str, ...]
    nodes: tuple[str, ...]
    since: datetime | None
    last: datetime | None
    often: Text | None


class Glance(Struct, frozen=True):
    """The first screen. `level` is the confidence from 0 (none) to 3 (confirmed)."""

    tone: str
    kicker: Text
    headline: Text
    place: str
    summary: Text
    level: int
    confidence: Text | None
    meaning: Text | None
    first: RemedyStep | None
    more: tuple[RemedyStep, ...]
    permanent: tuple[RemedyStep, ...]
    decide: Decision | None
    affected: Affected


def glance_of(diagnosis: Diagnosis) -> Glance:
    """The first screen of a diagnosis."""
    if diagnosis.verdict != "problem" or not diagnosis.hypotheses:
        return _without_answer(diagnosis)
    top = diagnosis.hypotheses[0]
    temporary = tuple(r for r in top.remedies if r.kind == "temporary")
    return Glance(
        "bad", page_words.SURE[top.confidence], headline(top.title), named(top.entity), diagnosis.summary, _LEVEL[top.confidence],
        words.CONFIDENCE[top.confidence], page_words.CONFIDENCE_OF[top.confidence], temporary[0] if temporary else None, temporary[1:],
        tuple(r for r in top.remedies if r.kind == "permanent"),
        top.decide[0] if top.decide and top.confidence == "possible" else None, _affected(diagnosis, top),
    )  # fmt: skip


def _without_answer(diagnosis: Diagnosis) -> Glance:
    healthy = diagnosis.verdict == "healthy"
    kicker = page_words.HEALTHY if healthy else page_words.INSUFFICIENT
    top = diagnosis.hypotheses[0] if diagnosis.hypotheses else None
    tone = "good" if healthy else "warn"
    return Glance(
        tone, kicker, diagnosis.summary if healthy else page_words.UNDECIDED, "", diagnosis.summary, 0, None, None, None, (), (),
        top.decide[0] if top and top.decide and not healthy else None, _affected(diagnosis, top),
    )  # fmt: skip


def headline(title: Text) -> Text:
    """A title as a heading: with a capital where it begins with a plain word."""
    first = title.en.split(" ", 1)[0]
    return Text(title.en[:1].upper() + title.en[1:], title.ja) if first in _PLAIN else title


def named(entity: Entity) -> str:
    """How a person calls it; empty for what has no name."""
    if not entity.name or entity.name.startswith("("):
        return ""
    return f"{entity.kind} {entity.namespace}/{entity.name}" if entity.namespace else f"{entity.kind} {entity.name}"


def _affected(diagnosis: Diagnosis, top: Hypothesis | None) -> Affected:
    entities = [e for s in diagnosis.symptoms for e in s.entities] + list(top.affected if top else ())
    pods = dict.fromkeys(f"{e.namespace}/{e.name}".strip("/") for e in entities if e.kind == "Pod" and named(e))
    nodes = dict.fromkeys(n for e in entities if (n := e.name if e.kind == "Node" else e.node) and not n.startswith("("))
    since, last = _interval(diagnosis, top)
    return Affected(tuple(sorted(pods)), tuple(sorted(nodes)), since, last, _often(top))


def _interval(diagnosis: Diagnosis, top: Hypothesis | None) -> tuple[datetime | None, datetime | None]:
    """From the first sight of any step of the answer (of any symptom when there is none) to the last."""
    spans = [(s.first, s.last) for s in (top.chain if top and diagnosis.verdict == "problem" else diagnosis.symptoms)]
    return min((f for f, _ in spans if f), default=None), max((t for _, t in spans if t), default=None)


def _often(top: Hypothesis | None) -> Text | None:
    """The pace of the symptom that repeats most, else of any step."""
    paced = [s for s in (top.chain if top else ()) if s.notes and s.count > 1]
    if not paced:
        return None
    best = max(paced, key=lambda s: ("ready" in s.mode, s.count))
    return with_values(same("{0}: {1}"), best.title, best.notes[0])
