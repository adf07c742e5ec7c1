"""Parts, observations and failure modes as the tests of the engine make them."""

from collections.abc import Mapping
from datetime import datetime

from plegma.engine.diagnoses import diagnose
from plegma.engine.scenes import Scene, scene_of
from plegma.knowledge.catalog import Catalog, build
from plegma.knowledge.failure_mode import FailureMode, Link, Role, Scope, Signature, Subject
from plegma.model.diagnosis import Diagnosis
from plegma.model.observations import Event, Observation, Origin, Stamp, State
from plegma.model.parts import ClockHints, Parsed
from plegma.model.texts import Text

DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0
NOW = "2025-03-02 08:00:00"
UID = "5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f7a11"
OTHER_UID = "c8d4f1e2-3a5b-4d6c-8e7f-901234567890"


def wall(text: str, offset: int | None = 0) -> Stamp:
    """A written time with year."""
    return Stamp(wall=datetime.fromisoformat(text), offset=offset, grain=1.0)


def yearless(text: str, offset: int | None = None) -> Stamp:
    """ "03-02 08:00:00" as klog and syslog write it."""
    return Stamp(wall=datetime.fromisoformat(f"1904-{text}"), has_year=False, offset=offset, grain=1.0)


def age(seconds: float, grain: float = 1.0) -> Stamp:
    """An age as kubectl prints it."""
    return Stamp(age=seconds, grain=grain)


def event(message: str, component: str = "kubelet", line: int = 1, *, at: Stamp | None = None, first: Stamp | None = None,
          count: int = 1, reason: str = "", artifact: str = "kubelet.log", **refs: str) -> Event:  # fmt: skip
    """Something that was written."""
    return Event(component, message, Origin(artifact, line), message, at, first, count, reason, refs)


def state(kind: str, line: int = 1, *, at: Stamp | None = None, refs: Mapping[str, str] | None = None, text: str = "",
          artifact: str = "rows.txt", **attrs: str | float | bool) -> State:  # fmt: skip
    """Something that was so."""
    return State(
        kind, attrs, Origin(artifact, line), text or f"{kind} {sorted(attrs.items())} {sorted((refs or {}).items())}", at, refs or {}
    )


def part(*seen: Observation, artifact: str = "kubelet.log", kind: str = "log", hints: ClockHints | None = None,
         evidence: tuple[str, ...] = (), **context: str) -> Parsed:  # fmt: skip
    """A part of an artifact."""
    return Parsed(artifact, kind, 1, len(seen), seen, hints=hints or ClockHints(), evidence=evidence, context=context)


def both(text: str) -> Text:
    """The same words in both languages."""
    return Text(text, text)


def mode(id_: str, role: Role = "cause", subject: Subject = "Node", *signatures: Signature | str, **more: object) -> FailureMode:
    """A failure mode; signatures given as text are typical traces."""
    shown = tuple(s if isinstance(s, Signature) else Signature(s) for s in signatures)
    return FailureMode(id_, "kubelet", role, subject, both(id_), both(f"what {id_} is"), shown, **more)  # type: ignore[arg-type]


def link(effect: str, scope: Scope = "node", **more: float) -> Link:
    """A link to an effect."""
    return Link(effect, scope, both(f"so {effect} follows"), **more)


def scene(*parts: Parsed) -> Scene:
    """The scene of some parts."""
    return scene_of(parts)


def diagnosed(modes: list[FailureMode], *parts: Parsed) -> Diagnosis:
    """The diagnosis by a catalog of these modes only."""
    return diagnose(parts, catalog(modes))


def catalog(modes: list[FailureMode]) -> Catalog:
    """A catalog of these modes."""
    return build(modes)


def causes(diagnosis: Diagnosis) -> list[str]:
    """The causes in order of rank."""
    return [h.cause for h in diagnosis.hypotheses]
