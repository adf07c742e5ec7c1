"""The answer: hypotheses with their chains, symptoms, gaps, clocks.

Every statement is a Text (both languages) and carries the lines that prove it. Times are timezone-aware. Most classes
make no `repr`: making one for each class takes a tenth of a short run's time.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from plegma.model.texts import Text

if TYPE_CHECKING:
    from plegma.model.exhibits import EvidenceLine, NodeVersions, SeenMode
    from plegma.model.timelines import Timeline

Verdict = Literal["problem", "healthy", "insufficient"]
Confidence = Literal["confirmed", "likely", "possible"]


class Entity(Struct, frozen=True, order=True):
    """A thing of the cluster, spelled as Kubernetes spells it; fields that are not known are empty."""

    kind: str
    name: str = ""
    namespace: str = ""
    uid: str = ""
    node: str = ""
    container: str = ""


class Evidence(Struct, frozen=True, order=True):
    """One line: the artifact as given, its 1-based line, and the text as found."""

    artifact: str
    line: int
    text: str


class ChainStep(Struct, frozen=True):
    """One mode on the way from cause to symptom. `observed` is false for a step that no line shows.

    `mechanism` says how it came about (for the cause: what it is). `notes` hold what the counts prove. `layer` is the
    mode's; `came_from` are the modes of this chain that lead to it (empty for the cause),
    `concepts` the ids of what a reader has to know, the nearest first.
    """

    mode: str
    title: Text
    entity: Entity
    first: datetime | None
    last: datetime | None
    count: int
    mechanism: Text
    evidence: tuple[Evidence, ...]
    observed: bool = True
    notes: tuple[Text, ...] = ()
    layer: str = ""
    came_from: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


class Objection(Struct, frozen=True):
    """What speaks against a hypothesis, and the lines that say so."""

    text: Text
    evidence: tuple[Evidence, ...] = ()


class Decision(Struct, frozen=True):
    """The command whose output would decide, and between which modes."""

    command: str
    expect: Text
    separates: tuple[str, ...]


class RemedyStep(Struct, frozen=True):
    """A remedy with its command filled in for this case; `action` as in the knowledge's Remedy."""

    kind: Literal["temporary", "permanent"]
    text: Text
    command: str
    risk: Text
    risk_level: str
    verify: str
    action: str = ""


class Spread(Struct, frozen=True):
    """What all affected nodes have and other nodes have not.

    `affected` nodes of the `nodes` with that value have the fault; of the `others`, nodes with another value, none has.
    """

    attribute: str
    value: str
    affected: int
    nodes: int
    others: int


class Hypothesis(Struct, frozen=True):
    """One root cause on one entity. `affected` are all entities that have it (one fault in forty pods is one)."""

    rank: int
    cause: str
    title: Text
    summary: Text
    entity: Entity
    affected: tuple[Entity, ...]
    confidence: Confidence
    score: float
    chain: tuple[ChainStep, ...]
    against: tuple[Objection, ...]
    decide: tuple[Decision, ...]
    remedies: tuple[RemedyStep, ...]
    references: tuple[str, ...] = ()
    spread: tuple[Spread, ...] = ()


class Symptom(Struct, frozen=True):
    """What the user sees, over all entities that show it."""

    mode: str
    title: Text
    text: Text
    entities: tuple[Entity, ...]
    first: datetime | None
    last: datetime | None
    count: int
    evidence: tuple[Evidence, ...]


class Gap(Struct, frozen=True):
    """Evidence that was missing or unreadable, what it would decide, and the one command that gets it."""

    evidence: str
    text: Text
    command: str


class Clock(Struct, frozen=True):
    """How an artifact's times were put on the common clock; `assumed` is true when the text did not say."""

    artifact: str
    offset: str
    text: Text
    assumed: bool


class Onset(Struct, frozen=True):
    """When something began, on the common clock; `grain` is the uncertainty in seconds."""

    at: datetime
    grain: float
    text: Text


class Input(Struct, frozen=True):
    """One artifact: what it was taken for, its lines, and how many of them were read into a format."""

    artifact: str
    kind: str
    lines: int
    read: int


class Diagnosis(Struct, frozen=True):
    """The whole answer. `seen` and all that follows are there when the whole record was asked for; `left_out` says what it lacks."""

    verdict: Verdict
    summary: Text
    hypotheses: tuple[Hypothesis, ...]
    symptoms: tuple[Symptom, ...]
    gaps: tuple[Gap, ...]
    clocks: tuple[Clock, ...]
    onsets: tuple[Onset, ...]
    inputs: tuple[Input, ...]
    notices: tuple[Text, ...] = ()
    seen: "tuple[SeenMode, ...]" = ()
    lines: "tuple[EvidenceLine, ...]" = ()
    timeline: "Timeline | None" = None
    versions: "tuple[NodeVersions, ...]" = ()
    left_out: tuple[Text, ...] = ()
