"""Did it help? Pictures before and after."""

import pytest
from made_diagnoses import NODE, POD, cause, diagnosis

from plegma.model.diagnosis import Diagnosis, Entity
from plegma.remedy.proofs import Picture, judge, over, picture_of

OTHER = Entity("Pod", "web-1", "shop")
ILL = diagnosis(cause("c"), symptoms=(POD,))
WELL = diagnosis(verdict="healthy")
MORE = diagnosis(cause("c", affected=(POD, OTHER)), symptoms=(POD, OTHER))
INSTEAD = diagnosis(cause("d"))
ELSE = diagnosis(cause("d", entity=NODE))
BOTH = diagnosis(cause("c"), cause("d", entity=NODE), symptoms=(POD,))


def pictures(*seen: Diagnosis) -> list[Picture]:
    return [picture_of(d, "c", float(n)) for n, d in enumerate(seen)]


@pytest.mark.parametrize(
    ("looks", "verdict"),
    [
        ((WELL,), "cured"),
        ((ILL, WELL, WELL), "cured"),
        ((ILL, ILL), "unchanged"),
        ((WELL, ILL), "relapsed"),
        ((MORE,), "worse"),
        ((WELL, MORE), "worse"),
        ((BOTH,), "worse"),  # another cause has joined it
        ((ELSE,), "cured"),  # what stood behind it shows now, elsewhere
        ((INSTEAD,), "changed"),  # and this shows on the very pod
    ],
)
def test_the_last_looks_decide(looks: tuple[Diagnosis, ...], verdict: str) -> None:
    before, *after = pictures(ILL, *looks)
    assert judge(before, after).verdict == verdict


def test_what_shows_anew_is_named() -> None:
    before, after = pictures(ILL, ELSE)
    assert judge(before, [after]).new == ("d on Node/n1",)


def test_the_numbers_are_those_of_entities() -> None:
    before, after = pictures(MORE, WELL)
    proof = judge(before, [after])
    assert (proof.before, proof.after) == ((2, 2), (0, 0))
    assert "has the cause 2 -> 0, symptoms 2 -> 0" in proof.text.en
    assert "2 -> 0" in proof.text.ja


def test_what_the_look_before_did_not_show_is_not_proven() -> None:
    before, after = pictures(WELL, WELL)
    assert judge(before, [after]).verdict == "unseen"
    assert judge(before, pictures(ILL)).verdict == "worse"  # its symptom is new


def test_without_a_look_nothing_is_claimed() -> None:
    (before,) = pictures(ILL)
    blind = Picture(1.0, frozenset(), frozenset(), frozenset(), looked=False)
    assert not blind.clear
    assert judge(before, [blind]).verdict == "unseen"


def test_one_good_look_is_not_enough_when_it_must_stay_well() -> None:
    before, *after = pictures(ILL, WELL, WELL, WELL, WELL)
    assert [over(before, after[: n + 1], 2.0) for n in range(4)] == [False, False, True, True]


def test_a_relapse_starts_the_wait_anew() -> None:
    before, *after = pictures(ILL, WELL, ILL, WELL, WELL)
    assert not over(before, after, 2.0)


def test_a_pod_that_is_made_anew_may_look_worse_for_a_moment() -> None:
    before, *after = pictures(ILL, MORE, MORE, WELL, WELL, WELL)
    assert not over(before, after[:2], 2.0)
    assert over(before, after, 2.0)
    assert judge(before, after).verdict == "cured"
