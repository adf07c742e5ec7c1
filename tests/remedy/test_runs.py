"""A plan carried out: in which order, on which conditions, and where it stops."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from made_diagnoses import NODE, POD, cause, diagnosis, remedy

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.diagnosis import Diagnosis
from plegma.remedy.actions import Action, DeletePod
from plegma.remedy.audits import Audit
from plegma.remedy.facts import Facts, Fleet, PodFacts, UnitFacts
from plegma.remedy.guards import Deed
from plegma.remedy.histories import History
from plegma.remedy.outcomes import Done, Failed, Outcome
from plegma.remedy.plans import Plan, Step, plan_of
from plegma.remedy.preconditions import Check
from plegma.remedy.runs import Acted, Broken, Hands, Refused, Result, Terms, World, run, worst

OWNED = PodFacts(True, "u", "n1", "ReplicaSet/web-7f9")
DELETE, RESTART = remedy("kubectl -n shop delete pod web-0"), remedy("systemctl restart kubelet")
ILL, WELL = diagnosis(cause("c"), symptoms=(POD,)), diagnosis(verdict="healthy")
WORSE = diagnosis(cause("c", affected=(POD, NODE)), symptoms=(POD, NODE))


class OtherSide:
    """The far end of the port: says what it is told to, and writes down what it was asked."""

    def __init__(self, facts: Facts | Failed, node: str = "n1", rehearsed: Outcome | None = None, acted: Outcome | None = None) -> None:
        self.asked: list[str] = []
        self._facts, self._node = facts, node
        self._rehearsed, self._acted = rehearsed or Done(), acted or Done("ok")

    def facts(self, action: Action) -> Facts | Failed:
        self.asked.append("facts")
        return self._facts

    def rehearse(self, action: Action, facts: Facts) -> Outcome:
        self.asked.append("rehearse")
        return self._rehearsed

    def act(self, action: Action, facts: Facts) -> Outcome:
        self.asked.append("act")
        return self._acted

    def node_of(self, action: Action, facts: Facts) -> str:
        return self._node


class Time:
    """A clock that only sleeping moves."""

    now = 1_000_000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def went(
    tmp_path: Path, before: Diagnosis, looks: Iterable[Diagnosis | None], cluster: Hands | None = None, node: Hands | None = None,
    consent: Callable[[Step, RiskLevel, tuple[Check, ...]], bool] = lambda *_: True, fleet: Fleet | None = None, terms: Terms | None = None,
    paused: str = "", baseline: Diagnosis | None = None, clock: Time | None = None,
) -> list[Result]:  # fmt: skip
    clock, seen = clock or Time(), [baseline or before, *looks]
    world = World(
        cluster, node, lambda: seen.pop(0) if len(seen) > 1 else seen[0], lambda: fleet, consent, lambda: paused,
        lambda: clock.now, lambda: clock.now, clock.sleep,
    )  # fmt: skip
    plan = plan_of(before)
    assert isinstance(plan, Plan)
    with History(tmp_path / "history.json") as history:
        audit = Audit(tmp_path / "audit.jsonl", lambda: "now")
        return list(run(plan, terms or Terms(deadline=20, steady=4, every=2), world, history, audit))


def audited(tmp_path: Path) -> list[str]:
    return [json.loads(line)["event"] for line in (tmp_path / "audit.jsonl").read_text().splitlines()]


def test_facts_come_first_then_the_rehearsal_then_the_deed_then_the_proof(tmp_path: Path) -> None:
    side = OtherSide(OWNED)
    (result,) = went(tmp_path, diagnosis(cause("c", DELETE), symptoms=(POD,)), [ILL, WELL], side)
    assert side.asked == ["facts", "rehearse", "act"]
    assert isinstance(result, Acted)
    assert (result.proof.verdict, result.proof.before, result.proof.after) == ("cured", (1, 1), (0, 0))
    assert audited(tmp_path) == ["act", "acted", "proof"]


def test_what_is_cured_needs_no_further_step(tmp_path: Path) -> None:
    results = went(tmp_path, diagnosis(cause("c", DELETE, remedy("kubectl cordon n1"))), [WELL], OtherSide(OWNED))
    assert [type(r.step.action) for r in results] == [DeletePod]
    assert worst(results) == "cured"


def test_what_did_not_help_is_followed_by_the_next_step(tmp_path: Path) -> None:
    before = diagnosis(cause("c", DELETE, RESTART), symptoms=(POD,))
    results = went(tmp_path, before, [ILL], OtherSide(OWNED), OtherSide(UnitFacts(True)))
    assert [isinstance(r, Acted) and r.proof.verdict for r in results] == ["unchanged", "unchanged"]
    assert worst(results) == "unchanged"


def test_the_first_step_that_makes_things_worse_is_the_last(tmp_path: Path) -> None:
    before = diagnosis(cause("c", DELETE, RESTART), symptoms=(POD,))
    later = OtherSide(UnitFacts(True))
    results = went(tmp_path, before, [WORSE], OtherSide(OWNED), later)
    assert worst(results) == "worse"
    assert (len(results), later.asked) == (1, [])


def test_a_step_that_fails_is_the_last(tmp_path: Path) -> None:
    before = diagnosis(cause("c", DELETE, RESTART), symptoms=(POD,))
    results = went(tmp_path, before, [ILL], OtherSide(OWNED, acted=Failed("500")), OtherSide(UnitFacts(True)))
    assert [type(r) for r in results] == [Broken]
    assert worst(results) == "broken"


def test_a_precondition_that_says_stop_is_not_asked_about(tmp_path: Path) -> None:
    side, asked = OtherSide(PodFacts(True, "u", "n1")), []
    results = went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side, consent=lambda *a: bool(asked.append(a)) or True)
    assert worst(results) == "refused"
    assert (side.asked, asked) == (["facts"], [])
    assert audited(tmp_path) == ["refused"]


def test_a_rehearsal_that_is_refused_ends_the_step(tmp_path: Path) -> None:
    side = OtherSide(OWNED, rehearsed=Failed("403 Forbidden"))
    (result,) = went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side)
    assert isinstance(result, Refused)
    assert side.asked == ["facts", "rehearse"]
    assert "403" in result.why[0].en


def test_a_risk_that_facts_raise_needs_its_own_permission(tmp_path: Path) -> None:
    last_ready = PodFacts(True, "u", "n1", "ReplicaSet/web-7f9", ready=True)
    (result,) = went(tmp_path, diagnosis(cause("c", DELETE)), [WELL], OtherSide(last_ready))
    assert isinstance(result, Refused)
    assert "--allow-risk disruptive" in result.why[-1].en
    terms = Terms("disruptive", deadline=9, steady=2)
    (allowed,) = went(tmp_path, diagnosis(cause("c", DELETE)), [WELL], OtherSide(last_ready), terms=terms)
    assert isinstance(allowed, Acted)


def test_a_person_may_say_no(tmp_path: Path) -> None:
    side = OtherSide(OWNED)
    assert worst(went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side, consent=lambda *_: False)) == "refused"
    assert "act" not in side.asked


def test_the_same_object_is_not_acted_on_twice_within_the_cooldown(tmp_path: Path) -> None:
    before = diagnosis(cause("c", DELETE), symptoms=(POD,))
    assert worst(went(tmp_path, before, [ILL], OtherSide(OWNED))) == "unchanged"
    again = OtherSide(OWNED)
    (result,) = went(tmp_path, before, [ILL], again)
    assert isinstance(result, Refused)
    assert "act" not in again.asked


def test_a_deed_that_failed_counts_too(tmp_path: Path) -> None:
    went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], OtherSide(OWNED, acted=Failed("cut off")))
    with History(tmp_path / "history.json") as history:
        assert history.deeds == [Deed(1_000_000.0, "pod/shop/web-0", "n1")]


def test_nothing_is_done_while_most_of_the_cluster_is_unwell_or_all_is_paused(tmp_path: Path) -> None:
    side = OtherSide(OWNED)
    assert worst(went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side, fleet=Fleet(10, 6))) == "refused"
    assert worst(went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side, paused="/etc/plegma/paused")) == "refused"
    assert "act" not in side.asked


def test_a_diagnosis_of_one_node_touches_no_other(tmp_path: Path) -> None:
    side = OtherSide(UnitFacts(True), node="n2")
    (result,) = went(tmp_path, diagnosis(cause("c", RESTART, entity=NODE)), [ILL], node=side)
    assert isinstance(result, Refused)
    assert "node n1, and this is n2" in result.why[0].en


def test_who_cannot_act_says_who_can(tmp_path: Path) -> None:
    (result,) = went(tmp_path, diagnosis(cause("c", RESTART, entity=NODE)), [ILL], OtherSide(OWNED))
    assert isinstance(result, Refused)
    assert "--this-node" in result.why[0].en


def test_without_a_look_nothing_is_called_cured(tmp_path: Path) -> None:
    results = went(tmp_path, diagnosis(cause("c", DELETE)), [None], OtherSide(OWNED))
    assert [isinstance(r, Acted) and r.proof.verdict for r in results] == ["unseen"]
    assert worst(results) == "unchanged"


def test_what_did_not_show_right_before_the_deed_cannot_be_called_cured_after_it(tmp_path: Path) -> None:
    results = went(tmp_path, diagnosis(cause("c", DELETE)), [WELL], OtherSide(OWNED), baseline=WELL)
    assert [isinstance(r, Acted) and r.proof.verdict for r in results] == ["unseen"]


def test_facts_that_changed_while_a_person_thought_are_no_ground_to_act(tmp_path: Path) -> None:
    class Changing(OtherSide):
        def facts(self, action: Action) -> Facts | Failed:
            self.asked.append("facts")
            return OWNED if self.asked.count("facts") == 1 else PodFacts(True, "another", "n1", "ReplicaSet/web-7f9")

    side, clock = Changing(OWNED), Time()

    def thinks(*_: object) -> bool:
        clock.sleep(60)
        return True

    (result,) = went(tmp_path, diagnosis(cause("c", DELETE)), [ILL], side, consent=thinks, clock=clock)
    assert isinstance(result, Refused)
    assert "changed" in result.why[0].en
    assert "act" not in side.asked
