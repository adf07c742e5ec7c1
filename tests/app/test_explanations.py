"""`plegma explain` and `plegma modes`."""

from typing import Any

import pytest

from plegma.app.explanations import NotADiagnosisError, UnknownTopicError, explain, explain_for, list_concepts, list_modes, nearest
from plegma.knowledge.catalog import builtin
from plegma.report.diagnosis_v1 import SCHEMA
from plegma.report.lines import Line


def test_an_empty_line_stands_between_two_pages_and_nowhere_else() -> None:
    lines = explain("CrashLoopBackOff", builtin(), "en")
    empty = [n for n, line in enumerate(lines) if not line.text]
    assert [lines[n + 1].style for n in empty] == ["title"]


def titles(lines: list[Line]) -> list[str]:
    return [line.text.partition(":")[0] for line in lines if line.style == "title"]


def step(mode: str) -> dict[str, Any]:
    entity = {"kind": "Node", "name": "worker-3", "namespace": "", "uid": "", "node": "worker-3", "container": ""}
    return {
        "mode": mode, "title": mode, "entity": entity, "first": None, "last": None, "count": 1, "mechanism": "", "notes": [],
        "observed": True, "evidence": [],
    }  # fmt: skip


def hypothesis(rank: int, confidence: str, *chain: str) -> dict[str, Any]:
    steps = [step(mode) for mode in chain]
    return {
        "rank": rank, "cause": chain[0], "title": "the cause", "summary": "what it is", "entity": steps[0]["entity"], "affected": [],
        "confidence": confidence, "score": 1.0, "chain": steps, "against": [], "decide": [], "remedies": [], "references": [],
    }  # fmt: skip


def diagnosis(*hypotheses: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "verdict": "problem", "summary": "", "lang": "en", "hypotheses": list(hypotheses), "symptoms": [], "gaps": [],
        "clocks": [], "onsets": [], "inputs": [], "notices": [],
    }  # fmt: skip


@pytest.mark.parametrize("topic", ["pleg", "PLEG", "Pleg", "relist", "evented PLEG"])
def test_a_concept_is_found_however_people_spell_it(topic: str) -> None:
    assert titles(explain(topic, builtin(), "en")) == ["pleg"]


@pytest.mark.parametrize("topic", ["PodSandbox", "pod sandbox", "pod_sandbox", "sandbox", "pause container"])
def test_a_pod_sandbox_is_found_however_people_spell_it(topic: str) -> None:
    assert titles(explain(topic, builtin(), "en")) == ["pod-sandbox"]


def test_a_name_of_both_a_concept_and_a_mode_gives_both_pages() -> None:
    assert titles(explain("CrashLoopBackOff", builtin(), "en")) == ["crash-loop-back-off", "crash-loop-back-off"]


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("NodeNotReady", "node-not-ready"),
        ("ImagePullBackOff", "image-pull-back-off"),
        ("FailedCreatePodSandBox", "sandbox-creation-failing"),
    ],
)
def test_kubectls_own_words_lead_to_a_mode(word: str, mode: str) -> None:
    assert mode in titles(explain(word, builtin(), "en"))


def test_a_mode_is_found_by_its_id_in_both_languages() -> None:
    assert titles(explain("stale-sandbox-checkpoint", builtin(), "en")) == ["stale-sandbox-checkpoint"]
    assert "チェックポイント" in explain("Stale-Sandbox-Checkpoint", builtin(), "ja")[0].text


def test_an_unknown_word_names_the_nearest_ids() -> None:
    with pytest.raises(UnknownTopicError, match="did you mean") as caught:
        explain("stale-sandbox-chekpoint", builtin(), "en")
    assert caught.value.nearest[0] == "stale-sandbox-checkpoint"


def test_a_word_that_is_part_of_ids_names_those_that_hold_it() -> None:
    assert all("calico" in found for found in nearest("calico", builtin()))


def test_a_word_like_no_other_points_to_the_list() -> None:
    with pytest.raises(UnknownTopicError, match="plegma modes"):
        explain("zzzzqqqq\x1b[31m", builtin(), "en")


def test_every_mode_and_every_concept_has_a_page_in_both_languages() -> None:
    for topic in [*(m.id for m in builtin()), *(c for c, _ in list_concepts("en"))]:
        assert explain(topic, builtin(), "en")
        assert explain(topic, builtin(), "ja")


def test_a_case_gives_each_concept_of_its_chain_once_then_the_first_cause() -> None:
    case = diagnosis(hypothesis(1, "likely", "containerd-hang", "cri-call-timeout", "pleg-unhealthy", "node-not-ready"))
    found = titles(explain_for(case, "en"))
    assert found[-1] == "containerd-hang"
    assert len(found) == len(set(found))
    assert [c for c in found if c in {"cri", "pleg", "node-conditions"}] == ["cri", "pleg", "node-conditions"]


def test_commands_are_filled_with_the_names_of_the_case() -> None:
    commands = [
        line.text
        for line in explain_for(diagnosis(hypothesis(1, "likely", "containerd-hang", "pleg-unhealthy")), "en")
        if line.style == "command"
    ]
    assert any("worker-3" in command for command in commands)
    assert not any("{node}" in command for command in commands)


def test_a_name_that_a_shell_would_read_into_is_left_out() -> None:
    case = hypothesis(1, "likely", "containerd-hang")
    case["entity"] = case["chain"][0]["entity"] = {**case["entity"], "node": "w; rm -rf /"}
    assert not any("rm -rf" in line.text for line in explain_for(diagnosis(case), "en"))


def test_a_concept_in_a_case_names_the_modes_of_that_case_only() -> None:
    lines = explain_for(diagnosis(hypothesis(1, "likely", "containerd-hang", "pleg-unhealthy")), "en")
    page = lines[next(n for n, line in enumerate(lines) if line.text.startswith("pleg: ")) :]
    heading = next(n for n, line in enumerate(page) if line.text == "Failure modes")
    assert [line.text.partition(":")[0] for line in page[heading + 1 : heading + 3]] == ["containerd-hang", "pleg-unhealthy"]


def test_chains_that_are_only_possible_add_nothing() -> None:
    first = hypothesis(1, "likely", "host-local-ipam-exhausted")
    both = diagnosis(first, hypothesis(2, "possible", "etcd-slow-disk"))
    assert explain_for(both, "en") == explain_for(diagnosis(first), "en")


def test_a_cause_of_ones_own_modes_is_told_in_the_diagnosis_words() -> None:
    lines = explain_for(diagnosis(hypothesis(1, "likely", "our-proxy-down")), "en")
    assert [line.text for line in lines] == ["our-proxy-down: the cause", "what it is", "plegma's own catalog does not describe it"]


def test_a_healthy_case_needs_no_explanation() -> None:
    assert explain_for(diagnosis(), "en") == []


@pytest.mark.parametrize(
    "other", [{}, {"schema": "x"}, {**diagnosis(), "schema": "plegma.dev/diagnosis/v9"}, {**diagnosis(), "hypotheses": 3}]
)
def test_what_is_no_diagnosis_is_refused(other: dict[str, Any]) -> None:
    with pytest.raises(NotADiagnosisError):
        explain_for(other, "en")


def test_modes_are_listed_by_layer_and_filtered_by_layer_and_role() -> None:
    rows = list_modes(builtin(), "en")
    assert [r.layer for r in rows] == sorted(r.layer for r in rows)
    assert {r.layer for r in list_modes(builtin(), "en", layer="cni")} == {"cni"}
    causes = list_modes(builtin(), "ja", layer="cri", role="cause")
    assert "stale-sandbox-checkpoint" in {r.id for r in causes}
    assert {r.role for r in causes} == {"cause"}
