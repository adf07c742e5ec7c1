import json
import re

import pytest

from plegma.agent.profiles import PROFILES
from plegma.app.simulating import Options, evidence_of, profile_of
from plegma.knowledge.catalog import builtin
from plegma.lab.scenarios import scenarios

SHORT = {name: s for name, s in scenarios().items() if name != "memo"}


def test_there_are_faults_of_every_layer_and_at_least_forty():
    faults = {f.name: f for s in scenarios().values() for f in s.faults}
    assert len(faults) >= 40
    assert {f.layer for f in faults.values()} >= {"pod", "image", "kubelet", "cri", "cni", "runtime", "kernel", "storage", "control_plane"}


def test_every_true_cause_is_a_failure_mode():
    known = {mode.id for mode in builtin()} | {"no-fault"}
    named = {t for s in scenarios().values() for f in s.faults for t in (f.truth, *f.acceptable)}
    assert named <= known


@pytest.mark.parametrize("name", sorted(SHORT))
def test_a_scenario_writes_evidence_and_no_text_is_left_unfilled(name):
    for profile in PROFILES:
        if all(profile in f.profiles for f in SHORT[name].faults):
            files = evidence_of(SHORT[name], Options(profile=profile))
            left = [t for p, text in files.items() if not p.endswith(".json") for t in re.findall(r"\{[a-z]+%*\}", text)]
            assert left == []
            assert "kubectl-get-pods.txt" in files


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    first, again, other = (evidence_of(SHORT["app-exit"], Options(seed=s)) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_truth_stands_in_truth_json_only():
    files = evidence_of(SHORT["ipam-full"], Options())
    assert json.loads(files.pop("truth.json"))["root_cause_class"] == "host-local-ipam-exhausted"
    assert not any("host-local-ipam-exhausted" in text for text in files.values())


def test_a_version_in_which_a_fault_cannot_happen_is_refused():
    with pytest.raises(ValueError, match=r"v1\.36 only"):
        profile_of(SHORT["containerd-stopped"], "v1.12")
