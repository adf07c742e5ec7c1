"""Every concept is whole, in both languages, and leads somewhere."""

import re
from importlib import import_module

import pytest
from msgspec.structs import replace

from plegma.knowledge import glossary as glossaries
from plegma.knowledge.catalog import builtin
from plegma.knowledge.concept import Concept
from plegma.knowledge.failure_mode import FailureMode
from plegma.knowledge.spellings import MODE_SPELLINGS
from plegma.model.texts import Text

CONCEPTS = list(glossaries.builtin())
WANTED = {
    "kubelet", "cri", "pod-sandbox", "cni", "pleg", "crash-loop-back-off", "node-conditions", "node-lease", "containerd", "shim", "runc",
    "dockershim", "cgroup-driver", "cgroup-v2", "ipam", "eviction", "image-gc", "image-pull", "static-pod", "daemonset", "container-states",
    "exit-codes", "probes", "events", "klog", "oom", "csi", "volumes-attach-mount", "kube-proxy", "coredns", "scheduler", "admission",
    "api-server", "etcd", "controller-manager", "taints-tolerations", "graceful-node-shutdown", "certificates", "runtimeclass",
    "seccomp-apparmor-selinux", "host-local", "node-controller", "pod-lifecycle", "pod-worker",
}  # fmt: skip
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def texts(concept: Concept) -> list[Text]:
    return [concept.what, concept.fails, *(look.tells for look in concept.look)]


def spoken(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def test_every_id_that_a_record_names_is_described() -> None:
    assert not list(glossaries.faults(glossaries.builtin(), builtin()))


def test_the_concepts_that_a_diagnosis_speaks_of_are_all_there() -> None:
    assert {c.id for c in CONCEPTS} >= WANTED


def test_a_module_is_named_after_its_concept() -> None:
    for name in glossaries.modules():
        assert name.rpartition(".")[2] == import_module(name).CONCEPT.id.replace("-", "_")


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda c: c.id)
def test_a_concept_says_what_it_is_how_it_fails_and_where_to_look(concept: Concept) -> None:
    assert concept.look
    assert concept.see
    assert concept.references
    for text in texts(concept):
        assert text.en.strip()
        assert JAPANESE.search(text.ja)
        assert not JAPANESE.search(text.en)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda c: c.id)
def test_both_languages_have_the_same_paragraphs(concept: Concept) -> None:
    for text in texts(concept):
        assert text.en.count("\n") == text.ja.count("\n")


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda c: c.id)
def test_every_number_has_its_unit_or_name_and_its_source(concept: Concept) -> None:
    for number in concept.numbers:
        assert number.value
        assert "/" in number.source or ":" in number.source, number.source


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda c: c.id)
def test_no_concept_names_itself_or_anything_twice(concept: Concept) -> None:
    assert concept.id not in concept.see
    for ids in (concept.see, concept.modes, concept.aliases):
        assert len(ids) == len(set(ids))


def test_commands_use_only_placeholders_that_a_case_can_fill() -> None:
    known = {"namespace", "pod", "pod_uid", "container", "node", "sandbox_id", "image", "volume", "since", "end"}
    for concept in CONCEPTS:
        for look in concept.look:
            assert set(re.findall(r"\{(\w+)\}", look.command)) <= known, look.command
            assert "{{" not in look.command


def test_no_word_leads_to_two_concepts() -> None:
    owner: dict[str, str] = {}
    for concept in CONCEPTS:
        for word in (concept.id, *concept.aliases):
            assert owner.setdefault(spoken(word), concept.id) == concept.id, word


def test_kubectls_own_words_lead_to_modes_that_are_described() -> None:
    assert not [mode for mode in MODE_SPELLINGS.values() if mode not in builtin()]


def test_a_modes_concepts_are_those_it_names_then_those_that_name_it() -> None:
    found = [c.id for c in glossaries.builtin().of(builtin()["pleg-unhealthy"])]
    assert found[0] == "pleg"
    assert len(found) == len(set(found))


def test_a_mode_that_no_concept_names_has_that_of_its_layer() -> None:
    mode = FailureMode("our-own", "cni", "cause", "Node", Text("x", "x"), Text("x", "x"))
    assert [c.id for c in glossaries.builtin().of(mode)] == ["cni"]
    assert glossaries.builtin().of(replace(mode, layer="kernel")) == ()


def test_a_concepts_modes_begin_with_those_that_name_it() -> None:
    pleg = glossaries.builtin()["pleg"]
    found = [m.id for m in glossaries.builtin().modes_of(pleg, builtin())]
    assert "pleg-unhealthy" in found
    assert set(pleg.modes) <= set(found)
