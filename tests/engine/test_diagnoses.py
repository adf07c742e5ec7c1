"""Whatever is observed, a diagnosis comes out, the same one for every order, and it says no more than it can."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import NOW, UID, age, event, part, wall, yearless

from plegma.engine.diagnoses import diagnose
from plegma.knowledge.catalog import builtin
from plegma.model.observations import Event, Origin, State
from plegma.model.parts import ClockHints, Parsed
from plegma.report.diagnosis_v1 import to_json

HITS = [e for mode in builtin() for e in mode.examples if e.matches]
ROWS = [e for mode in builtin() for e in mode.state_examples if e.matches]
STAMPS = st.sampled_from(
    [None, wall(NOW), wall("2025-02-20 07:00:00", 32400), yearless("02-28 12:00:00"), age(30), age(86400 * 20, 86400.0)]
)
REFS = st.fixed_dictionaries(
    {},
    optional={
        "pod": st.sampled_from(["web-0", "web-1", "db-0"]), "namespace": st.sampled_from(["shop", "bank"]), "pod_uid": st.just(UID),
        "node": st.sampled_from(["wk-7", "wk-7.example.net", "wk-8"]), "sandbox_id": st.sampled_from(["4f6d0c2b9a8e", "c41d9be07a35"]),
        "container": st.just("app"),
    },
)  # fmt: skip


@st.composite
def observed(draw: st.DrawFn, number: int) -> Event | State:
    """A line or a row that shows some mode, at any time, of anything."""
    refs, at, origin = draw(REFS), draw(STAMPS), Origin(f"{number}.txt", number + 1)
    if ROWS and draw(st.integers(0, 3)) == 0:
        row = draw(st.sampled_from(ROWS))
        return State(row.kind, row.attrs, origin, f"row {number}", at, refs)
    hit = draw(st.sampled_from(HITS))
    return Event(hit.component, hit.line, origin, hit.line, at, draw(STAMPS), draw(st.sampled_from([1, hit.count, 5000])), hit.reason, refs)


@st.composite
def cases(draw: st.DrawFn) -> list[Parsed]:
    """Up to eight parts, as if pasted."""
    hints = st.sampled_from(
        [ClockHints(), ClockHints(zone=32400, zone_name="JST"), ClockHints(taken=wall(NOW)), ClockHints(carrier_lag=32400)]
    )
    kinds = st.sampled_from(["log", "kubectl-get-pods", "kubectl-describe-pod", "kubernetes-pod", "text"])
    evidence = st.sampled_from([(), ("pod-list",), ("kubelet-log",)])
    return [
        part(draw(observed(n)), artifact=f"{n}.txt", kind=draw(kinds), hints=draw(hints), evidence=draw(evidence))
        for n in range(draw(st.integers(0, 8)))
    ]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.integers())
def test_any_case_gives_one_diagnosis_for_every_order_of_its_parts(case: list[Parsed], seed: int) -> None:
    found = diagnose(case, builtin())
    shuffled = random.Random(seed).sample(case, len(case))
    assert to_json(diagnose(shuffled, builtin()), "en") == to_json(found, "en")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_any_case_is_told_within_what_is_known(case: list[Parsed]) -> None:
    found = diagnose(case, builtin())
    assert [h.rank for h in found.hypotheses] == list(range(1, len(found.hypotheses) + 1))
    assert len({h.cause for h in found.hypotheses}) == len(found.hypotheses)
    for hypothesis in found.hypotheses:
        assert hypothesis.chain[0].mode == hypothesis.cause
        assert hypothesis.confidence != "confirmed" or hypothesis.chain[0].evidence
        assert all(bool(step.evidence) == step.observed for step in hypothesis.chain)
        assert hypothesis.score >= 0
    assert found.verdict != "healthy" or not found.gaps
    assert found.verdict != "problem" or found.hypotheses
    assert len({g.evidence for g in found.gaps}) == len(found.gaps)


def test_coredns_is_the_likely_cause_of_its_back_off_unless_the_runtime_does_not_start_it() -> None:
    refs = {"pod": "coredns-6f6b679f8f-v5x2k", "namespace": "kube-system"}
    back_off = event("Back-off restarting failed container coredns in pod coredns-6f6b679f8f-v5x2k_kube-system(3f1d)", "k8s-event", 4,
                     at=age(60), count=58, reason="BackOff", **refs)  # fmt: skip
    refused = event('Error: failed to start container "coredns": Error response from daemon: no such device', "k8s-event", 3,
                    at=age(700), reason="Failed", **refs)  # fmt: skip
    told = [diagnose([part(*lines, kind="kubectl-describe-pod")], builtin()).hypotheses[0] for lines in ((back_off,), (refused, back_off))]
    assert [(h.cause, h.confidence) for h in told] == [("coredns-down", "likely"), ("coredns-down", "possible")]
