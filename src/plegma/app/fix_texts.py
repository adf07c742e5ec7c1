"""A plan and its results as an outline of lines."""

from collections.abc import Iterator
from typing import assert_never

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.texts import Lang, Text
from plegma.remedy.actions import does, undo_of
from plegma.remedy.plans import NoPlan, Plan, Step
from plegma.remedy.preconditions import Check
from plegma.remedy.proofs import Proof
from plegma.remedy.runs import Acted, Broken, Refused, Result
from plegma.report.explanation_words import RISK_LEVEL
from plegma.report.lines import Line, Style, entity_name

_STYLES: dict[str, Style] = {"cured": "good", "worse": "bad", "relapsed": "warn", "unchanged": "warn", "unseen": "warn"}
_MARKS: dict[str, Style] = {"ok": "dim", "riskier": "warn", "stop": "bad"}
_PLAN = Text("Plan for", "対処計画:")
_STEP = Text("Step", "手順")
_NEXT = Text("Next", "次の手順")
_WHY = Text("remedy", "対処")
_RISK = Text("risk", "リスク")
_UNDO = Text("undo", "取り消し")
_PROOF = Text("worked if", "効果の確認")
_MANUAL = Text("By hand, for now", "手作業での暫定対処")
_PERMANENT = Text("For good (plegma does none of these)", "恒久対処(plegma は実行しません)")
_NO_STEPS = Text("plegma can do none of the temporary remedies by itself", "plegma が自分で実行できる暫定対処はありません")
_DRY = Text("nothing was done; --apply does it, step by step", "まだ何も実行していません。--apply で 1 手順ずつ実行します")
_REFUSED = Text("not done", "実行しませんでした")
_BROKEN = Text("failed", "失敗しました")


def plan_lines(plan: Plan | NoPlan, lang: Lang, applied: bool) -> Iterator[Line]:
    """What would be done, or why nothing may be."""
    if isinstance(plan, NoPlan):
        yield Line(0, "warn", plan.why.in_(lang))
        if plan.command:
            yield Line(1, "command", plan.command)
        return
    first = plan.hypothesis
    told = f"{first.title.in_(lang)} [{first.cause}, {first.confidence}] · {entity_name(first.entity)}"
    yield Line(0, "title", told, _PLAN.in_(lang))
    if not plan.steps:
        yield Line(0, "warn", _NO_STEPS.in_(lang))
    for number, step in enumerate(plan.steps, 1):
        yield from step_lines(step, number, lang)
    yield from _instructions(plan, lang)
    if plan.steps and not applied:
        yield Line(0, "dim", _DRY.in_(lang))


def step_lines(step: Step, number: int, lang: Lang) -> Iterator[Line]:
    """One step: what it does, where it comes from, its risk, how it is proven and undone."""
    remedy = step.remedy
    yield Line(0, "heading", does(step.action).in_(lang), f"{_STEP.in_(lang)} {number}")
    yield Line(1, "plain", remedy.text.in_(lang), _WHY.in_(lang))
    yield Line(1, "plain", f"{RISK_LEVEL[step.risk_level].in_(lang)}: {remedy.risk.in_(lang)}", _RISK.in_(lang))
    if remedy.command:
        yield Line(1, "command", remedy.command)
    if remedy.verify:
        yield Line(1, "plain", remedy.verify, _PROOF.in_(lang))
    yield Line(1, "plain", undo_of(step.action).in_(lang), _UNDO.in_(lang))


def check_lines(step: Step, checks: tuple[Check, ...], risk: RiskLevel, lang: Lang) -> Iterator[Line]:
    """The step that is next, what was found right before it, and the risk that follows."""
    yield Line(0, "heading", does(step.action).in_(lang), _NEXT.in_(lang))
    for check in checks:
        yield Line(1, _MARKS[check.outcome], check.text.in_(lang))
    yield Line(1, "plain", RISK_LEVEL[risk].in_(lang), _RISK.in_(lang))


def result_lines(result: Result, lang: Lang) -> Iterator[Line]:
    """What came of a step."""
    what = does(result.step.action).in_(lang)
    match result:
        case Refused():
            yield Line(0, "warn", what, _REFUSED.in_(lang))
            for text in result.why:
                yield Line(1, "plain", text.in_(lang))
        case Broken():
            yield Line(0, "bad", what, _BROKEN.in_(lang))
            yield Line(1, "plain", result.said)
        case Acted():
            yield from proof_lines(result.proof, lang)
            yield Line(1, "dim", f"{what}: {result.said}")
        case _:
            assert_never(result)


def proof_lines(proof: Proof, lang: Lang) -> Iterator[Line]:
    """The verdict with its numbers."""
    yield Line(0, _STYLES[proof.verdict], proof.text.in_(lang))


def _instructions(plan: Plan, lang: Lang) -> Iterator[Line]:
    for title, remedies in ((_MANUAL, plan.manual), (_PERMANENT, plan.permanent)):
        if remedies:
            yield Line(0, "heading", title.in_(lang))
        for remedy in remedies:
            yield Line(1, "item", remedy.text.in_(lang))
            if remedy.command:
                yield Line(2, "command", remedy.command)
