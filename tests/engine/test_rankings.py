"""The fewest root causes that explain the most, specific before generic, shown before guessed."""

import pytest
from made import NOW, age, both, causes, diagnosed, event, link, mode, part, state, wall

from plegma.knowledge.failure_mode import FailureMode, Refutation, Signature, StateTest
from plegma.model.diagnosis import Diagnosis, Hypothesis
from plegma.model.parts import Parsed

STARTING = mode("start-failing", "mechanism", "Pod", "cannot start", leads_to=(link("crashing", "pod"),))
CRASHING = mode("crashing", "symptom", "Pod", "is crashing")
BAD_IMAGE = mode("bad-image", "cause", "Pod", "exec format error", leads_to=(link("start-failing", "pod"),))
NO_MEMORY = mode("no-memory", "cause", "Pod", "oom-killed", leads_to=(link("crashing", "pod"),))
EFFECTS = [STARTING, CRASHING]


def lines(*texts: str, pod: str = "web-0", node: str = "n1", artifact: str = "kubelet.log") -> Parsed:
    return part(*(event(t, line=n, pod=pod, namespace="shop", node=node, at=wall(NOW)) for n, t in enumerate(texts, 1)), artifact=artifact)


def first(found: Diagnosis) -> Hypothesis:
    return found.hypotheses[0]


def test_one_fault_on_many_pods_is_one_hypothesis_that_names_them_all() -> None:
    found = diagnosed(
        [BAD_IMAGE, *EFFECTS], *(lines("exec format error", "is crashing", pod=f"web-{n}", artifact=str(n)) for n in range(40))
    )
    assert causes(found) == ["bad-image"]
    assert len(first(found).affected) == 40
    assert {e.kind for e in first(found).affected} == {"Pod"}


def test_two_independent_faults_are_two_hypotheses() -> None:
    two = (lines("exec format error", "is crashing"), lines("oom-killed", "is crashing", pod="db-0", artifact="b"))
    found = diagnosed([BAD_IMAGE, NO_MEMORY, *EFFECTS], *two)
    assert sorted(causes(found)) == ["bad-image", "no-memory"]
    assert {h.confidence for h in found.hypotheses} == {"likely"}


def test_a_consequence_that_a_shown_cause_explains_is_a_step_of_its_chain_and_no_root() -> None:
    disk = mode("disk-dying", "cause", "Node", "I/O error", leads_to=(link("slow-etcd"),))
    etcd = mode("slow-etcd", "cause", "Node", "apply took too long", leads_to=(link("crashing"),))
    found = diagnosed([disk, etcd, *EFFECTS], lines("I/O error", "apply took too long", "is crashing"))
    assert causes(found) == ["disk-dying"]
    assert [s.mode for s in first(found).chain] == ["disk-dying", "slow-etcd", "crashing"]


def test_of_two_causes_that_explain_each_other_one_stays() -> None:
    one = mode("one", "cause", "Node", Signature("first", proof="states"), leads_to=(link("two"), link("crashing")))
    two = mode("two", "cause", "Node", "second", leads_to=(link("one"),))
    assert causes(diagnosed([one, two, *EFFECTS], lines("first", "second", "is crashing"))) == ["one"]


def generic(id_: str = "runtime-hangs") -> FailureMode:
    return mode(
        id_, "cause", "Node", Signature("timed out", proof="shows"), leads_to=(link("start-failing"), link("crashing")), generic=True
    )


def test_a_generic_mode_never_outranks_a_specific_one_that_explains_the_same() -> None:
    specific = mode("lock-held", "cause", "Node", Signature("lock is held"), leads_to=(link("start-failing"),))
    found = diagnosed([generic(), specific, *EFFECTS], lines("timed out", "lock is held", "cannot start", "is crashing"))
    assert causes(found)[0] == "lock-held"


def test_a_generic_mode_alone_is_only_possible() -> None:
    found = diagnosed([generic(), *EFFECTS], lines("timed out", "cannot start", "is crashing"))
    assert [(h.cause, h.confidence) for h in found.hypotheses] == [("runtime-hangs", "possible")]


def refuted(weight: float) -> FailureMode:
    return mode("lock-held", "cause", "Node", "lock is held", leads_to=(link("start-failing"),),
                refutes=(Refutation(both("the lock was free"), pattern="lock acquired", weight=weight),))  # fmt: skip


def test_what_speaks_against_a_cause_lowers_it_and_is_told_with_its_lines() -> None:
    told, plain = lines("lock is held", "cannot start", "lock acquired"), lines("lock is held", "cannot start")
    with_, without = (first(diagnosed([refuted(0.5), *EFFECTS], p)) for p in (told, plain))
    assert with_.score == without.score * 0.5
    assert (with_.confidence, without.confidence) == ("possible", "likely")
    assert [(o.text.en, [e.text for e in o.evidence]) for o in with_.against] == [("the lock was free", ["lock acquired"])]


def test_what_is_ruled_out_is_not_told() -> None:
    assert causes(diagnosed([refuted(0.95), *EFFECTS], lines("lock is held", "cannot start", "lock acquired"))) == []


def test_what_speaks_against_it_on_another_node_does_not_count() -> None:
    found = diagnosed(
        [refuted(0.5), *EFFECTS], lines("lock is held", "cannot start"), lines("lock acquired", pod="x", node="n2", artifact="b")
    )
    assert first(found).against == ()


def test_another_modes_match_can_speak_against_it() -> None:
    by_mode = mode("lock-held", "cause", "Node", "lock is held", leads_to=(link("start-failing"),),
                   refutes=(Refutation(both("it was the memory"), mode="no-memory"),))  # fmt: skip
    found = diagnosed([by_mode, NO_MEMORY, *EFFECTS], lines("lock is held", "cannot start", "oom-killed"))
    assert [o.text.en for h in found.hypotheses if h.cause == "lock-held" for o in h.against] == ["it was the memory"]


def test_a_state_can_speak_against_it() -> None:
    by_state = mode("lock-held", "cause", "Node", "lock is held", leads_to=(link("start-failing"),),
                    refutes=(Refutation(both("all answers"), state=StateTest("Command", {"answered": "true"})),))  # fmt: skip
    answered = part(state("Command", refs={"node": "n1"}, argv="docker ps", answered=True), artifact="b")
    assert len(first(diagnosed([by_state, *EFFECTS], lines("lock is held", "cannot start"), answered)).against) == 1


def restating() -> FailureMode:
    return mode(
        "bad-probe", "cause", "Pod", states=(StateTest("Pod", {"restarts": ">=5"}, proof="suggests"),), leads_to=(link("crashing", "pod"),)
    )


def test_a_symptom_restated_as_a_cause_teaches_nothing() -> None:
    crashing = mode("crashing", "symptom", "Pod", states=(StateTest("Pod", {"restarts": ">=5"}),))
    row = part(state("Pod", refs={"pod": "web-0"}, status="CrashLoopBackOff", restarts=9), kind="kubectl-get-pods")
    found = diagnosed([restating(), crashing], row)
    assert (found.verdict, causes(found)) == ("insufficient", [])


def test_a_line_that_states_a_cause_confirms_it() -> None:
    stated = mode("bad-image", "cause", "Pod", Signature("exec format error", proof="states"), leads_to=(link("crashing", "pod"),))
    assert first(diagnosed([stated, *EFFECTS], lines("exec format error", "is crashing"))).confidence == "confirmed"


def test_a_typical_trace_makes_it_likely_and_a_hint_only_possible() -> None:
    for proof, confidence in (("shows", "likely"), ("suggests", "possible")):
        one = mode("bad-image", "cause", "Pod", Signature("exec format error", proof=proof), leads_to=(link("start-failing", "pod"),))  # type: ignore[arg-type]
        assert first(diagnosed([one, *EFFECTS], lines("exec format error", "cannot start"))).confidence == confidence


def guess(id_: str, *effects: str) -> FailureMode:
    return mode(id_, "cause", "Node", f"only {id_} writes this", leads_to=tuple(link(e, strength=0.9) for e in effects), abductive=True)


def test_a_cause_that_no_line_shows_is_never_confirmed_and_its_step_says_so() -> None:
    found = diagnosed([guess("hidden", "start-failing"), *EFFECTS], lines("cannot start", "is crashing"))
    assert causes(found) == ["hidden"]
    assert first(found).confidence == "possible"
    assert not first(found).chain[0].observed


def test_enough_telling_mechanisms_make_a_hidden_cause_likely() -> None:
    seen = [mode(f"trace-{n}", "mechanism", "Node", f"trace {n} seen") for n in range(4)]
    hidden = guess("hidden", *(m.id for m in seen))
    found = diagnosed([hidden, *seen], lines(*(f"trace {n} seen" for n in range(4))))
    assert [(h.cause, h.confidence) for h in found.hypotheses] == [("hidden", "likely")]


def test_guesses_of_equal_weight_are_not_enough_evidence() -> None:
    found = diagnosed([*(guess(f"guess-{n}", "start-failing") for n in range(4)), *EFFECTS], lines("cannot start", "is crashing"))
    assert found.verdict == "insufficient"
    assert {h.confidence for h in found.hypotheses} == {"possible"}


def test_a_hidden_cause_of_a_mere_symptom_is_not_told() -> None:
    assert causes(diagnosed([guess("hidden", "crashing"), CRASHING], lines("is crashing"))) == []


def test_a_cause_that_a_line_shows_stands_before_a_guess_that_explains_the_same() -> None:
    found = diagnosed([guess("hidden", "start-failing"), BAD_IMAGE, *EFFECTS], lines("exec format error", "cannot start", "is crashing"))
    assert causes(found)[0] == "bad-image"


def test_a_cause_that_its_lines_show_stands_before_a_hint_that_explains_more_of_the_present() -> None:
    log_effect = mode("log-effect", "mechanism", "Node", "calls fail")
    row_effect = mode("row-effect", "mechanism", "Node", states=(StateTest("Process", {"command": "stuck"}),))
    shown = mode("shown", "cause", "Node", "it was stopped", leads_to=(link("log-effect", strength=0.9),))
    hint = mode("hint", "cause", "Node", Signature("all is slow", proof="suggests"),
                leads_to=(link("log-effect", strength=0.9), link("row-effect", strength=0.9)))  # fmt: skip
    pods = [state("Pod", n, refs={"pod": f"p{n}", "namespace": f"ns{n}"}, status="Running", ready=0, containers=1) for n in (1, 2)]
    found = diagnosed(
        [log_effect, row_effect, shown, hint],
        part(*(event(t, line=n, node="n1", at=wall(NOW)) for n, t in enumerate(("it was stopped", "calls fail", "all is slow"), 1))),
        part(*pods, artifact="pods", kind="kubectl-get-pods", evidence=("pod-list",)),
        part(state("Process", refs={"node": "n1"}, command="stuck"), artifact="ps"),
    )
    assert [(h.cause, h.confidence) for h in found.hypotheses] == [("shown", "likely"), ("hint", "possible")]


def test_what_is_left_unexplained_lowers_a_cause() -> None:
    other = mode("odd-noise", "mechanism", "Pod", "odd noise")
    alone, beside = (first(diagnosed([BAD_IMAGE, other, *EFFECTS], lines(*texts))).score
                     for texts in (("exec format error", "cannot start"), ("exec format error", "cannot start", "odd noise")))  # fmt: skip
    assert beside < alone


def test_ranks_count_from_one_in_order() -> None:
    two = (lines("exec format error", "is crashing"), lines("oom-killed", "is crashing", pod="db-0", artifact="b"))
    assert [h.rank for h in diagnosed([BAD_IMAGE, NO_MEMORY, *EFFECTS], *two).hypotheses] == [1, 2]


def test_known_noise_alone_is_health() -> None:
    noise = mode("start-up-noise", "cause", "Node", "has yet to be successful", benign=True)
    found = diagnosed([noise, *EFFECTS], lines("has yet to be successful"))
    assert (found.verdict, causes(found)) == ("healthy", ["start-up-noise"])


def test_known_noise_beside_a_fault_is_not_told() -> None:
    noise = mode("start-up-noise", "cause", "Node", "has yet to be successful", benign=True)
    assert causes(diagnosed([noise, BAD_IMAGE, *EFFECTS], lines("has yet to be successful", "exec format error", "is crashing"))) == [
        "bad-image"
    ]


def test_lines_that_nothing_matches_are_health() -> None:
    found = diagnosed([BAD_IMAGE, *EFFECTS], lines("all is well"))
    assert (found.verdict, found.hypotheses, found.symptoms) == ("healthy", (), ())


def test_settings_alone_are_not_health_but_a_row_is() -> None:
    setting, row = state("Config", key="live-restore", value="false"), state("Pod", line=2, status="Running")
    assert diagnosed([BAD_IMAGE, *EFFECTS], part(setting, kind="docker-info")).verdict == "insufficient"
    assert diagnosed([BAD_IMAGE, *EFFECTS], part(setting, row, kind="docker-info")).verdict == "healthy"


@pytest.mark.parametrize(
    "text",
    [
        "F0302 08:00:00.000000       1 server.go:10] the widget is gone",
        'time="2025-03-02T08:00:00Z" level=fatal msg="the widget is gone"',
        '{"level":"fatal","ts":"2025-03-02T08:00:00Z","msg":"the widget is gone"}',
    ],
)
def test_a_program_that_gives_up_for_an_unknown_reason_is_not_health(text: str) -> None:
    calm = lines("all is well", "all is well", "all is well", text)
    assert diagnosed([BAD_IMAGE, *EFFECTS], calm).verdict == "insufficient"
    told = text.replace("F0302", "I0302").replace("fatal", "info")
    assert diagnosed([BAD_IMAGE, *EFFECTS], lines("all is well", "all is well", told)).verdict == "healthy"


def test_nothing_at_all_is_not_health() -> None:
    assert diagnosed([BAD_IMAGE, *EFFECTS]).verdict == "insufficient"


def test_prose_alone_is_not_health() -> None:
    assert diagnosed([BAD_IMAGE, *EFFECTS], part(kind="prose")).verdict == "insufficient"


def test_a_symptom_without_a_cause_is_not_enough() -> None:
    found = diagnosed([BAD_IMAGE, *EFFECTS], lines("is crashing"))
    assert (found.verdict, [s.mode for s in found.symptoms]) == ("insufficient", ["crashing"])


def test_a_mechanism_without_a_cause_is_not_enough() -> None:
    assert diagnosed([BAD_IMAGE, *EFFECTS], lines("cannot start")).verdict == "insufficient"


def test_a_large_count_alone_makes_no_cause() -> None:
    row = part(event("is crashing", "k8s-event", at=age(8), first=age(9000), count=100_000, pod="web-0"))
    assert diagnosed([guess("hidden", "crashing"), CRASHING], row).hypotheses == ()
