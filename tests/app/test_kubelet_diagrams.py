"""The diagrams are those of the machine: what they draw is what `step` does."""

import re

import pytest

from plegma.agent.call_results import TRANSITIONS
from plegma.agent.changes import changed
from plegma.agent.inputs import CallDone, PodAdded
from plegma.agent.kubelets import Kubelet
from plegma.agent.machine import step
from plegma.agent.pod_workers import CHECKS
from plegma.agent.pods import Phase, PodSpec
from plegma.agent.profiles import PROFILES
from plegma.app.kubelet_diagrams import begun_by_sync, kubelet_page, phase_after, questions

SPEC = PodSpec("u1", "shop", "web-1", "web", "registry.example/web:1")


def after(op: str, error: str) -> Phase:
    kubelet, _ = step(Kubelet("n1", PROFILES["v1.36"]), PodAdded(SPEC), 0)
    pod = changed(kubelet.pods["u1"], phase=TRANSITIONS[op].phase)
    kubelet, _ = step(changed(kubelet, pods={"u1": pod}), CallDone("u1", op, error), 1)
    return kubelet.pods["u1"].phase


@pytest.mark.parametrize("op", sorted(TRANSITIONS))
def test_the_worker_goes_from_each_phase_where_the_diagram_says(op):
    assert after(op, "") == phase_after(op)
    assert after(op, "it failed") == Phase.idle
    page = kubelet_page()
    assert f"  {TRANSITIONS[op].phase} --> {phase_after(op)}: done, {TRANSITIONS[op].then}\n" in page
    assert f"  {TRANSITIONS[op].phase} --> {Phase.idle}: failed, " in page


def test_every_call_but_the_start_of_a_container_can_begin_a_turn():
    assert begun_by_sync() & set(TRANSITIONS) == set(TRANSITIONS) - {"StartContainer"}


def test_every_phase_stands_in_the_diagram():
    drawn = re.search(r"stateDiagram-v2\n(.*?)```", kubelet_page(), re.DOTALL)
    assert drawn
    assert {str(p) for p in Phase} <= set(re.findall(r"\w+", drawn[1]))


def test_the_questions_of_a_turn_are_drawn_in_their_order_with_their_answers():
    page = kubelet_page()
    places = [page.index(check.asks) for check in CHECKS]
    assert places == sorted(places)
    for number, check in enumerate(CHECKS, 1):
        assert f'q{number}{{"{check.asks}"}} -- yes --> a{number}["{check.does}"]' in page


def test_a_label_cannot_end_its_quotes():
    assert list(questions([('is "a" so?', "b")], "s", "e"))[2] == '  q1{"is &quot;a&quot; so?"} -- yes --> a1["b"]'


def test_waits_are_those_that_the_machine_takes():
    assert "| a container that ended | 10 s, 20 s, 40 s, 80 s, 160 s, 300 s |" in kubelet_page()


def test_every_table_row_has_the_cells_of_its_head():
    rows = [line for line in kubelet_page().splitlines() if line.startswith("|")]
    widths = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    heads = [w for w, row in zip(widths, rows, strict=True) if set(row) <= set("| -")]
    assert heads
    current = 0
    for width, row in zip(widths, rows, strict=True):
        if set(row) <= set("| -"):
            current = width
        elif current and row != rows[0]:
            assert width in {current, *heads}
