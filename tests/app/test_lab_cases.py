from collections import Counter

from plegma.app.evaluations import evaluate
from plegma.app.lab_cases import HEALTHY, lab_cases, write_cases
from plegma.lab.scenarios import scenarios


def test_the_same_seed_draws_the_same_cases_and_another_seed_others():
    assert list(lab_cases(40, 3)) == list(lab_cases(40, 3))
    assert list(lab_cases(40, 3)) != list(lab_cases(40, 4))


def test_every_fault_comes_up_before_any_comes_up_a_second_time():
    drawn = Counter(case.scenario for case in lab_cases(500, 1))
    assert 30 <= drawn.pop(HEALTHY) <= 75
    assert set(drawn) == set(scenarios()) - {HEALTHY}
    assert max(drawn.values()) - min(drawn.values()) <= 1


def test_versions_carriers_locales_zones_and_skews_are_mixed():
    drawn = [case.options for case in lab_cases(100, 1)]
    for kind, kinds in (("profile", 3), ("carrier", 2), ("locale", 2), ("zone", 5), ("skew", 6)):
        assert len({getattr(options, kind) for options in drawn}) == kinds


def test_processes_give_the_answers_of_one_process_in_the_same_order(tmp_path):
    written = list(write_cases(lab_cases(5, 2), tmp_path))
    alone, together = evaluate(tmp_path), evaluate(tmp_path, jobs=2)
    assert [case.case for case in alone.cases] == written
    assert [(c.case, c.causes, c.confidences) for c in together.cases] == [(c.case, c.causes, c.confidences) for c in alone.cases]


def test_a_truth_that_cannot_be_read_is_named_whatever_the_number_of_processes(tmp_path):
    list(write_cases(lab_cases(2, 2), tmp_path))
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "truth.json").write_text("{")
    assert [str(broken) in said for said in evaluate(tmp_path, jobs=2).unreadable] == [True]


def test_half_of_the_outputs_are_the_same_outputs_as_those_of_the_whole(tmp_path):
    for name, share in (("whole", 1.0), ("half", 0.5), ("least", 0.0)):
        list(write_cases(lab_cases(4, 7, share), tmp_path / name))
    for case in lab_cases(4, 7):
        texts = {
            n: {p.relative_to(tmp_path / n): p.read_text() for p in (tmp_path / n / case.folder).rglob("*") if p.is_file()}
            for n in ("whole", "half", "least")
        }
        assert texts["half"].items() < texts["whole"].items()
        assert len(texts["least"]) == 2
