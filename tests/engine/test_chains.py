"""The chain of a hypothesis runs from cause to symptom, each step with its lines."""

from made import NOW, diagnosed, event, link, mode, part, wall

from plegma.knowledge.failure_mode import FailureMode
from plegma.model.diagnosis import ChainStep, Diagnosis
from plegma.model.parts import Parsed

CAUSE = mode("lock-held", "cause", "Node", "lock is held", leads_to=(link("call-late"), link("sandbox-lost")))
LATE = mode("call-late", "mechanism", "Node", "call is late", leads_to=(link("unready"),))
LOST = mode("sandbox-lost", "mechanism", "Pod", "sandbox is lost", leads_to=(link("start-failing", "pod"), link("crashing", "pod")))
STARTING = mode("start-failing", "mechanism", "Pod", "cannot start", leads_to=(link("crashing", "pod"),))
UNREADY = mode("unready", "symptom", "Node", "is unready")
CRASHING = mode("crashing", "symptom", "Pod", "is crashing")
MODES = [CAUSE, LATE, LOST, STARTING, UNREADY, CRASHING]
ALL = ("lock is held", "call is late", "sandbox is lost", "cannot start", "is unready", "is crashing")


def lines(*texts: str, pod: str = "web-0", artifact: str = "kubelet.log") -> Parsed:
    seen = (event(t, line=n, pod=pod, node="wk-7", at=wall(NOW), artifact=artifact) for n, t in enumerate(texts, 1))
    return part(*seen, artifact=artifact)


def chain(*texts: str, modes: list[FailureMode] | None = None) -> tuple[ChainStep, ...]:
    return diagnosed(modes or MODES, lines(*texts)).hypotheses[0].chain


def test_causes_stand_before_their_effects_and_symptoms_last() -> None:
    steps = [s.mode for s in chain(*ALL)]
    assert steps[0] == "lock-held"
    assert steps.index("sandbox-lost") < steps.index("start-failing") < steps.index("crashing")
    assert set(steps[-2:]) == {"unready", "crashing"}


def test_each_mode_is_one_step() -> None:
    steps = [s.mode for s in chain(*ALL)]
    assert len(steps) == len(set(steps)) == len(MODES)


def test_a_step_tells_how_it_came_about_and_the_first_what_it_is() -> None:
    first, second, *_ = chain("lock is held", "call is late", "is unready")
    assert first.mechanism.en == "what lock-held is"
    assert second.mechanism.en == "so call-late follows"


def test_a_step_that_no_line_shows_says_so_and_has_no_lines() -> None:
    steps = {s.mode: s for s in chain("lock is held", "is unready")}
    assert not steps["call-late"].observed
    assert steps["call-late"].evidence == ()


def test_a_hidden_step_beside_a_seen_way_is_not_told() -> None:
    assert "start-failing" not in [s.mode for s in chain("lock is held", "sandbox is lost", "is crashing")]


def counted(count: int) -> Diagnosis:
    seen = [
        event("is crashing", line=n, count=count if n == 3 else 1, pod="web-0", node="wk-7", at=wall(f"2025-03-02 08:0{n}:00"))
        for n in range(9)
    ]
    return diagnosed(MODES, lines("lock is held", "sandbox is lost"), part(*seen, artifact="b.log"))


def test_at_most_four_lines_are_shown_for_a_step_and_the_largest_counts_among_them() -> None:
    step = next(s for s in counted(900).hypotheses[0].chain if s.mode == "crashing")
    assert len(step.evidence) == 4
    assert 3 in [e.line for e in step.evidence]
    assert step.count == 908


def test_a_step_on_many_pods_says_on_how_many() -> None:
    parts = [lines("sandbox is lost", "is crashing", pod=f"web-{n}", artifact=f"{n}.log") for n in range(3)]
    found = diagnosed(MODES, lines("lock is held"), *parts)
    step = next(s for s in found.hypotheses[0].chain if s.mode == "crashing")
    assert "on 3 pods" in [n.en for n in step.notes]
    assert "3 個の Pod で発生" in [n.ja for n in step.notes]
