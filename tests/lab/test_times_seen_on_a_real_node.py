"""Orders and times that were seen on a real v1.36 node (v1.31 for a stopped kubelet), asserted of the lab's version of each fault."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from plegma.app.simulating import Options, evidence_of
from plegma.lab.scenarios import scenarios

STRUCK = 600.0
SEEDS = (1, 2, 3)
CRI = ("ListPodSandbox", "ListContainers", "Status from", "ImageFsInfo", "Version from")
STAMP = re.compile(r"kubelet\[\d+\]: ([IWEF])\d{4} (\d\d):(\d\d):(\d\d\.\d+)\s+\d+ (.*)")


@cache
def files_of(name: str, seed: int, lasts: float, seconds: float, profile: str = "v1.36") -> dict[str, str]:
    known = scenarios()[name]
    fault = replace(known.faults[0], begins=STRUCK, lasts=lasts)
    scenario = replace(known, faults=(fault,), seconds=STRUCK + seconds, detail=STRUCK + seconds)
    return evidence_of(scenario, Options(seed=seed, profile=profile))


def start_of(files: dict[str, str]) -> datetime:
    return datetime.fromisoformat(json.loads(files["nodes.json"])["items"][0]["metadata"]["creationTimestamp"])


def said(files: dict[str, str]) -> Iterator[tuple[float, str, str]]:
    """The kubelet's lines: seconds since the fault struck, severity, text."""
    struck = start_of(files) + timedelta(seconds=STRUCK)
    day = struck.replace(hour=0, minute=0, second=0, microsecond=0)
    log = next(text for path, text in files.items() if path.endswith("journalctl-kubelet.txt"))
    for match in STAMP.finditer(log):
        at = (day + timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=float(match[4])) - struck).total_seconds()
        yield (at + 43200) % 86400 - 43200, match[1], match[5]


def first(files: dict[str, str], words: str) -> float:
    return next(at for at, _, text in said(files) if at >= 0 and words in text)


def node_event(files: dict[str, str], reason: str) -> float:
    """Seconds from the strike to the last event of a reason about a node."""
    struck = start_of(files) + timedelta(seconds=STRUCK)
    times = [
        e["lastTimestamp"]
        for e in json.loads(files["events.json"])["items"]
        if e["reason"] == reason and e["involvedObject"]["kind"] == "Node"
    ]
    return max((datetime.fromisoformat(t) - struck).total_seconds() for t in times)


def ready(files: dict[str, str]) -> dict[str, str]:
    rows = [c for node in json.loads(files["nodes.json"])["items"] for c in node["status"]["conditions"] if c["type"] == "Ready"]
    return next((c for c in rows if c["status"] != "True"), rows[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stopped_process_of_containerd_is_silent_for_two_minutes_and_then_every_call_fails_at_once(seed):
    files = files_of("containerd-hangs", seed, 0, 240)
    errors = [(at, text) for at, severity, text in said(files) if at >= 0 and severity == "E"]
    assert 120 <= errors[0][0] <= 126
    burst = [text for at, text in errors if at <= 132]
    assert all(any(call in text and "DeadlineExceeded" in text for text in burst) for call in CRI)
    assert next(at for at, text in errors if "GenericPLEG: Unable to retrieve pods" in text) <= 121


@pytest.mark.parametrize("seed", SEEDS)
def test_the_node_is_not_ready_within_ten_seconds_of_the_first_deadline(seed):
    assert 120 <= node_event(files_of("containerd-hangs", seed, 0, 240), "NodeNotReady") <= 131


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loop_skips_its_turns_faster_at_first_and_then_every_five_seconds(seed):
    turns = [at for at, _, text in said(files_of("containerd-hangs", seed, 0, 240)) if "Skipping pod synchronization" in text]
    gaps = [round(b - a, 2) for a, b in pairwise(turns)]
    assert gaps[:6] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2]
    assert set(gaps[6:]) == {5.0}


@pytest.mark.parametrize("seed", SEEDS)
def test_pleg_is_named_in_the_log_after_three_minutes_but_in_the_condition_only_after_the_process_goes_on(seed):
    hanging = files_of("containerd-hangs", seed, 0, 240)
    assert 181 <= first(hanging, "PLEG is not healthy: pleg was last seen active 3m") <= 187
    assert ready(hanging)["message"] == "container runtime is down"
    went_on = files_of("containerd-hangs", seed, 241, 242)
    assert "PLEG is not healthy: pleg was last seen active 4m" in ready(went_on)["message"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_node_is_ready_again_eleven_seconds_after_the_process_goes_on_and_was_never_unknown(seed):
    files = files_of("containerd-hangs", seed, 241, 300)
    assert ready(files)["status"] == "True"
    assert node_event(files, "NodeReady") - 241 == pytest.approx(11, abs=1)
    assert "NodeStatusUnknown" not in files_of("containerd-hangs", seed, 0, 240)["kubectl-describe-nodes.txt"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hanging_plugin_brings_no_event_for_four_minutes(seed):
    files = files_of("plugin-hangs", seed, 0, 239)
    rows = [row for row in files["kubectl-get-pods.txt"].splitlines() if "ContainerCreating" in row]
    waiting = {row.split()[1] for row in rows}
    assert waiting
    events = [e for e in json.loads(files["events.json"])["items"] if e["involvedObject"]["name"] in waiting]
    assert {e["reason"] for e in events} == {"Scheduled"}


def test_a_stopped_containerd_makes_the_node_not_ready_after_half_a_minute():
    times = [node_event(files_of("containerd-stopped", seed, 0, 60), "NodeNotReady") for seed in range(1, 9)]
    assert all(25 <= at <= 41 for at in times)
    assert any(29 <= at <= 39 for at in times)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stopped_kubelet_is_unknown_after_its_nodes_grace(seed):
    files = files_of("kubelet-stopped", seed, 0, 60, "v1.12")  # 40 s of grace, as in v1.31 where 33 to 42 s were seen
    assert ready(files)["reason"] == "NodeStatusUnknown"
    changed = datetime.fromisoformat(ready(files)["lastTransitionTime"]) - start_of(files)
    assert 33 <= changed.total_seconds() - STRUCK <= 43


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sandbox_that_cannot_be_made_is_tried_again_every_thirteen_seconds(seed):
    events = json.loads(files_of("handler-missing", seed, 0, 300)["events.json"])["items"]
    failed = [e for e in events if e["reason"] == "FailedCreatePodSandBox"]
    assert failed
    for event in failed:
        span = datetime.fromisoformat(event["lastTimestamp"]) - datetime.fromisoformat(event["firstTimestamp"])
        assert 12 <= span.total_seconds() / (event["count"] - 1) <= 14.5
