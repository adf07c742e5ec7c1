"""The shortest path of outputs is what the diagnosis itself says of subsets. About 6 s."""

import pytest

from plegma.app.catalogs import load_builtin
from plegma.app.quizzes import open_quiz, shortest
from plegma.app.rehearsals import diagnosis_of, parts_of
from plegma.app.shortest_paths import Search, names_first, shortest_path

NAMES = ("app-oom", "config-gone", "conntrack", "disk-broken", "kubelet-cert", "no-cpu", "pause-killed", "quota", "registry-dns")


@pytest.fixture(scope="module")
def quizzes():
    return {name: open_quiz(1, name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_path_leads_plegma_to_the_cause_and_no_output_of_it_can_be_left_out(quizzes, name):
    quiz = quizzes[name]
    path = shortest(quiz)
    assert path.causes == quiz.truth
    assert path.outputs
    texts = {output.path: output.text for output in path.outputs}
    assert names_first(diagnosis_of(parts_of(texts).values(), load_builtin()), quiz.truth)
    for left_out in texts:
        rest = {k: v for k, v in texts.items() if k != left_out}
        assert not rest or not names_first(diagnosis_of(parts_of(rest).values(), load_builtin()), quiz.truth)


def test_where_one_output_is_enough_the_cheapest_is_named(quizzes):
    assert [o.command for o in shortest(quizzes["no-cpu"]).outputs] == ["kubectl get events -A"]
    assert [o.command.split()[2:] for o in shortest(quizzes["conntrack"]).outputs] == [["dmesg"]]


def test_there_is_no_path_where_the_outputs_do_not_say_it(quizzes):
    quiz = quizzes["no-cpu"]
    parts = list(parts_of({o.path: o.text for o in quiz.outputs[:2]}).values())
    assert shortest_path(Search(parts, ("unschedulable-insufficient-cpu",), load_builtin())) is None


def test_that_nothing_is_wrong_takes_a_look_at_nodes_pods_and_events():
    path = shortest(open_quiz(1, "healthy"))
    assert [o.command for o in path.outputs] == ["kubectl get nodes -o wide", "kubectl get pods -A -o wide", "kubectl get events -A"]
    assert path.causes == ()
