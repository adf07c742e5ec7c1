"""A plan carried out step by step: guards, facts, rehearsal, consent, deed, proof; it stops at the first step that harms."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Text
from plegma.remedy.actions import RISKS, Action, object_of, where_of
from plegma.remedy.audits import Audit
from plegma.remedy.facts import Facts, Fleet
from plegma.remedy.guards import Deed, Limits, refusals
from plegma.remedy.histories import History
from plegma.remedy.outcomes import Failed, Outcome
from plegma.remedy.plans import Plan, Step
from plegma.remedy.preconditions import Check, checks_of, risk_with, stopped
from plegma.remedy.proofs import Picture, Proof, judge, over, picture_of


class Hands(Protocol):
    """Who looks at objects and acts on them."""

    def facts(self, action: Action) -> Facts | Failed:
        """What is so right now."""

    def rehearse(self, action: Action, facts: Facts) -> Outcome:
        """As far as the other side can tell without doing it (a server-side dry run)."""

    def act(self, action: Action, facts: Facts) -> Outcome:
        """Does it."""

    def node_of(self, action: Action, facts: Facts) -> str:
        """The node that is acted on, "" when none is."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The step was not done: a guard, a precondition, the rehearsal, its risk, or the person said no."""

    step: Step
    why: tuple[Text, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """The step was begun and failed."""

    step: Step
    said: str


@dataclass(frozen=True, slots=True)
class Acted:
    """The step was done; `proof` says what came of it."""

    step: Step
    said: str
    proof: Proof


Result = Refused | Broken | Acted


@dataclass(frozen=True, slots=True)
class Terms:
    """How a plan may be carried out: the gravest risk, storm limits, seconds to look on and to stay clear."""

    allowed: RiskLevel = "restart"
    limits: Limits = field(default_factory=Limits)
    deadline: float = 120.0
    steady: float = 10.0
    every: float = 2.0


@dataclass(frozen=True, slots=True)
class World:
    """All that a run touches. `look` reads the evidence anew; it gives None when that fails. `consent` asks the person."""

    cluster: Hands | None
    node: Hands | None
    look: Callable[[], Diagnosis | None]
    fleet: Callable[[], Fleet | None]
    consent: Callable[[Step, RiskLevel, tuple[Check, ...]], bool]
    paused: Callable[[], str]
    wall: Callable[[], float]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]

    def hands_for(self, action: Action) -> Hands | None:
        """Whose action it is."""
        return self.node if where_of(action) == "node" else self.cluster


NO_HANDS = {
    "node": Text("it is done on the node itself: plegma fix --this-node there", "そのノード上で plegma fix --this-node を実行してください"),
    "cluster": Text("it goes through the API: plegma fix --cluster", "API を通じて行います: plegma fix --cluster"),
}


_ENDS = frozenset(("cured", "changed", "worse", "unseen"))
"""Verdicts after which the plan's further steps have no ground any more (or nobody can see what they would do)."""

_FRESH = 5.0
"""Seconds for which facts are taken as being so."""


def run(plan: Plan, terms: Terms, world: World, history: History, audit: Audit) -> Iterator[Result]:
    """The results one by one, as far as it goes: it ends when the cause is gone, or when a step broke or made things worse."""
    going = _Run(plan.hypothesis.cause, plan.hypothesis.entity.node, terms, world, history, audit)
    for step in plan.steps:
        result = going.step(step)
        yield result
        if isinstance(result, Broken) or (isinstance(result, Acted) and result.proof.verdict in _ENDS):
            return


@dataclass(frozen=True, slots=True)
class _Run:
    """A run under way: the cause and its node ("" unknown), and all that `run` was given."""

    cause: str
    node: str
    terms: Terms
    world: World
    history: History
    audit: Audit

    def step(self, step: Step) -> Result:
        """One step, as far as it goes."""
        hands = self.world.hands_for(step.action)
        if hands is None:
            return self._refused(Refused(step, (NO_HANDS[where_of(step.action)],)))
        facts = hands.facts(step.action)
        if isinstance(facts, Failed):
            return self._refused(Refused(step, (_same(facts.said),)))
        checks, node = checks_of(step.action, facts), hands.node_of(step.action, facts)
        why = self._elsewhere(step, node) or self._objections(step, node, checks) or _rehearsed(hands, step, facts)
        why = why or self._unagreed(step, hands, facts, checks)
        return self._refused(Refused(step, why, checks)) if why else self._do(step, hands, facts, node)

    def _unagreed(self, step: Step, hands: Hands, facts: Facts, checks: tuple[Check, ...]) -> tuple[Text, ...]:
        """A person may say no, or think so long that what was found is not so any more."""
        asked = self.world.monotonic()
        if not self.world.consent(step, risk_with(step.risk_level, checks), checks):
            return (Text("not confirmed", "承認されませんでした"),)
        if self.world.monotonic() - asked > _FRESH and hands.facts(step.action) != facts:
            return (
                Text("things have changed since they were looked at: run it again", "確認後に状況が変わりました。もう一度実行してください"),
            )
        return ()

    def _elsewhere(self, step: Step, node: str) -> tuple[Text, ...]:
        """A diagnosis of one node is no reason to touch another."""
        if where_of(step.action) == "cluster" or not self.node or self.node == node:
            return ()
        return (
            Text(
                f"the diagnosis is of the node {self.node}, and this is {node}",
                f"診断はノード {self.node} のものですが、ここは {node} です",
            ),
        )

    def _objections(self, step: Step, node: str, checks: tuple[Check, ...]) -> tuple[Text, ...]:
        if stopped(checks):
            return tuple(c.text for c in checks if c.outcome == "stop")
        world, what = self.world, object_of(step.action, node)
        stormy = refusals(what, node, self.history.deeds, world.fleet(), self.terms.limits, world.wall(), world.paused())
        risk = risk_with(step.risk_level, checks)
        if RISKS.index(risk) <= RISKS.index(self.terms.allowed):
            return stormy
        return (
            *stormy,
            Text(f"its risk is {risk}; --allow-risk {risk} lets it through", f"リスクは {risk} です。--allow-risk {risk} で許可できます"),
        )

    def _do(self, step: Step, hands: Hands, facts: Facts, node: str) -> Result:
        what, action = object_of(step.action, node), type(step.action).__name__
        first = _baseline(self.cause, self.world)
        self.audit.write("act", object=what, action=action, cause=self.cause, node=node, risk=step.risk_level)
        self.history.add(Deed(self.world.wall(), what, node))
        outcome = hands.act(step.action, facts)
        self.audit.write("acted", object=what, action=action, ok=not isinstance(outcome, Failed), said=outcome.said)
        if isinstance(outcome, Failed):
            return Broken(step, outcome.said)
        proof = judge(first, list(watch(first, self.cause, self.terms, self.world)))
        numbers = {"before": proof.before, "after": proof.after, "seconds": round(proof.seconds, 1)}
        self.audit.write("proof", object=what, verdict=proof.verdict, **numbers)
        return Acted(step, outcome.said, proof)

    def _refused(self, refused: Refused) -> Refused:
        self.audit.write("refused", action=type(refused.step.action).__name__, why=[text.en for text in refused.why])
        return refused


def _rehearsed(hands: Hands, step: Step, facts: Facts) -> tuple[Text, ...]:
    said = hands.rehearse(step.action, facts)
    return (_same(said.said),) if isinstance(said, Failed) else ()


def _baseline(cause: str, world: World) -> Picture:
    """The same look that will be taken afterwards: only what showed in it can be said to be gone."""
    found = world.look()
    return picture_of(found, cause, world.monotonic()) if found else _blind(world.monotonic())


def _blind(at: float) -> Picture:
    return Picture(at, frozenset(), frozenset(), frozenset(), looked=False)


def watch(before: Picture, cause: str, terms: Terms, world: World) -> Iterator[Picture]:
    """Looks until the cause has stayed away (or things have stayed worse) for a while, or the deadline passes."""
    looks: list[Picture] = []
    end = before.at + terms.deadline
    while True:
        world.sleep(terms.every if looks else 0.0)
        found = world.look()
        at = world.monotonic()
        looks.append(picture_of(found, cause, at) if found else _blind(at))
        yield looks[-1]
        if over(before, looks, terms.steady) or at >= end:
            return


def _same(said: str) -> Text:
    return Text(said, said)


def worst(results: Sequence[Result]) -> str:
    """The one word for a whole run: "cured", "worse", "unchanged" (done and no help), "broken", or "refused"."""
    acted = [r.proof.verdict for r in results if isinstance(r, Acted)]
    if "worse" in acted:
        return "worse"
    if any(isinstance(r, Broken) for r in results):
        return "broken"
    if acted:
        return "cured" if acted[-1] == "cured" else "unchanged"
    return "refused"
