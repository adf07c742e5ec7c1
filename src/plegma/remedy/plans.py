"""From a diagnosis to a plan: the first cause's temporary remedies as steps, the rest as instructions."""

from dataclasses import dataclass, replace

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.diagnosis import Diagnosis, Entity, Hypothesis, RemedyStep
from plegma.model.texts import Text
from plegma.remedy.actions import RISKS, Action, DeletePod, EvictPod, where_of
from plegma.remedy.command_lines import actions_of


@dataclass(frozen=True, slots=True)
class Step:
    """One action with the remedy that it comes from."""

    action: Action
    remedy: RemedyStep
    risk_level: RiskLevel


@dataclass(frozen=True, slots=True)
class Plan:
    """`steps` in the order of their risk; `manual` are temporary remedies that only a person can carry out."""

    hypothesis: Hypothesis
    steps: tuple[Step, ...]
    manual: tuple[RemedyStep, ...]
    permanent: tuple[RemedyStep, ...]

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Who has the cause."""
        return self.hypothesis.affected or (self.hypothesis.entity,)


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Nothing may be done: why, and the command that would change that."""

    why: Text
    command: str = ""


def plan_of(diagnosis: Diagnosis, on_node: bool = False) -> Plan | NoPlan:
    """The plan for the first cause. Only one that is at least likely may be acted on.

    `on_node`: plegma runs on the node that it looked at, and what can be done there comes first.
    """
    match diagnosis.verdict:
        case "healthy":
            return NoPlan(Text("nothing wrong was found: there is nothing to mend", "異常は見つからず、直すものがありません"))
        case "insufficient":
            command = diagnosis.gaps[0].command if diagnosis.gaps else ""
            return NoPlan(Text("the evidence does not say what is wrong", "証拠が足りず、何が悪いのか判断できません"), command)
        case _:
            return _plan(diagnosis.hypotheses[0], on_node)


def _plan(first: Hypothesis, on_node: bool) -> Plan | NoPlan:
    if first.confidence == "possible":
        command = first.decide[0].command if first.decide else ""
        why = Text(
            f"{first.cause} is only possible, and plegma does not act on a guess; this would decide",
            f"{first.cause} は可能性にとどまり、推測では操作しません。次のコマンドで判断できます",
        )
        return NoPlan(why, command)
    steps: list[Step] = []
    manual: list[RemedyStep] = []
    for remedy in first.remedies:
        if remedy.kind == "temporary":
            actions = actions_of(remedy.command, remedy.action)
            steps += [Step(a, remedy, _risk(remedy)) for a in actions]
            manual += [] if actions else [remedy]
    steps.sort(key=lambda s: (where_of(s.action) != ("node" if on_node else "cluster"), RISKS.index(s.risk_level)))
    return Plan(first, tuple(steps), tuple(manual), tuple(r for r in first.remedies if r.kind == "permanent"))


def evicting(plan: Plan) -> Plan:
    """The plan with evictions in the place of deletions: the API server then refuses what a PodDisruptionBudget forbids."""
    return replace(plan, steps=tuple(replace(s, action=_evicted(s.action)) for s in plan.steps))


def _evicted(action: Action) -> Action:
    return EvictPod(action.namespace, action.name) if isinstance(action, DeletePod) else action


def _risk(remedy: RemedyStep) -> RiskLevel:
    return next((r for r in RISKS if r == remedy.risk_level), "data-loss")
