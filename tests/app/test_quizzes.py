"""Quizzes: what can be asked for, how it is asked for, and what a named cause is worth. About 2 s."""

import pytest

from plegma.app.mode_searches import mode_called, modes_like
from plegma.app.quizzes import NO_FAULT, Judged, Verdict, judge, open_quiz, outputs_called
from plegma.knowledge.catalog import builtin


@pytest.fixture(scope="module")
def quiz():
    return open_quiz(4, "plugin-missing")


def test_every_node_has_the_same_kinds_of_outputs_so_that_none_gives_itself_away(quiz):
    per_node: dict[str, set[str]] = {}
    for output in quiz.outputs:
        if output.command.startswith("ssh "):
            _, node, command = output.command.split(" ", 2)
            per_node.setdefault(node, set()).add(command)
    assert len(per_node) == 3
    assert len(set(map(frozenset, per_node.values()))) == 1


def test_no_output_says_the_true_cause(quiz):
    assert not any(cause in output.text or cause in output.path for output in quiz.outputs for cause in quiz.truth)


def test_the_same_seed_gives_the_same_quiz_and_seeds_choose_among_many():
    assert open_quiz(9).outputs == open_quiz(9).outputs
    assert len({open_quiz(seed).scenario for seed in range(12)}) > 6


def test_an_output_is_called_by_number_by_command_or_by_some_of_its_words(quiz):
    events = next(i for i, o in enumerate(quiz.outputs) if o.command == "kubectl get events -A")
    assert outputs_called(quiz, str(events + 1)) == [events]
    assert outputs_called(quiz, "kubectl get events -A") == [events]
    assert outputs_called(quiz, "events") == [events]
    assert len(outputs_called(quiz, "dmesg")) == 3
    node = quiz.outputs[outputs_called(quiz, "dmesg")[1]].command.split()[1]
    assert len(outputs_called(quiz, f"dmesg on {node}")) == 1
    for nothing in ("0", "999", "", "kubectl top nodes"):
        assert outputs_called(quiz, nothing) == []


def test_an_output_that_is_asked_for_twice_counts_once(quiz):
    for index in (0, 2, 0):
        quiz.ask(index)
    assert quiz.asked == [0, 2]


def test_a_cause_is_right_acceptable_a_symptom_or_wrong(quiz):
    assert quiz.truth == ("cni-binary-missing",)
    said = {guess: judge(quiz, guess) for guess in ("CNI binary missing", "crash-loop-back-off", "image not found", "healthy")}
    verdicts = [j.verdict for j in said.values() if isinstance(j, Judged)]
    assert verdicts == [Verdict.right, Verdict.symptom, Verdict.wrong, Verdict.wrong]
    other = open_quiz(1, "app-exit")
    judged = judge(other, "app-config-error")
    assert isinstance(judged, Judged)
    assert judged.verdict is Verdict.acceptable


def test_of_two_faults_at_once_either_is_right():
    quiz = open_quiz(1, "crash-and-disk")
    for cause in ("app-exits-nonzero", "disk-io-errors"):
        judged = judge(quiz, cause)
        assert isinstance(judged, Judged)
        assert judged.verdict is Verdict.right


def test_where_nothing_is_wrong_no_fault_is_right():
    judged = judge(open_quiz(2, "transient-registry"), "nothing")
    assert judged == Judged(NO_FAULT, Verdict.right, (NO_FAULT,))


def test_words_that_name_no_cause_bring_those_that_come_nearest(quiz):
    assert "cni-binary-missing" in judge(quiz, "cni binary")
    assert judge(quiz, "zzzz") == ()


def test_modes_are_found_by_words_of_their_title_in_either_language_and_by_misspelled_ids():
    catalog = builtin()
    assert "disk-pressure-eviction" in modes_like("disk full", catalog)
    assert "cni-plugin-hang-or-lock" in modes_like("ネットワークロック", catalog)
    assert "image-pull-auth" in modes_like("image-pul-auth", catalog)
    assert mode_called("Image_Pull AUTH", catalog) == "image-pull-auth"
    assert mode_called("no such thing", catalog) is None
