"""The lab's version of a fault against what a real v1.36 kubelet did: same events, same order, intervals, same diagnosis.

`recorded/` holds the facts of five captures. Where the captures themselves are at hand (../shared/cases) the facts are
read from them again, and both evidences are diagnosed.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
from stories import Step, by_role, order, recorded, restarts, stories

from plegma.app.diagnosing import diagnose_paths
from plegma.app.simulating import Options, evidence_of
from plegma.lab.effects import CallFails, ContainerExits, Effect, PodsReplaced, SandboxDies
from plegma.lab.scenarios import Scenario, scenarios

CAPTURES = Path(__file__).parents[2].parent / "shared" / "cases" / "real"
NOT_PLAYED = {"Unhealthy", "FailedMount"}
"""A readiness probe of a pod that is being killed, and the service account's volume of a pod that has just come: see docs."""
NEVER = float("inf")
ONCE = 10_000.0
SEEDS = range(1, 6)


def played(name: str, seconds: float, *effects: Effect, new_pods: bool = True, **options: object) -> Scenario:
    """A scenario of the lab with the real one's circumstances, struck after two minutes."""
    known = scenarios()[name]
    fault = replace(known.faults[0], begins=120.0, new_pods=new_pods, effects=effects or known.faults[0].effects)
    return replace(known, faults=(fault,), seconds=120.0 + seconds, detail=120.0 + seconds, images_present=True, **options)


def effects_of(name: str) -> tuple[Effect, ...]:
    return scenarios()[name].faults[0].effects


def soon(name: str) -> Iterator[Effect]:
    """The registry answers within a tenth of a second."""
    return (replace(e, after=0.1) for e in effects_of(name) if isinstance(e, CallFails))


SAME = {
    "app-exit": [played("app-exit", 206, ContainerExits(1, 1.5))],
    "image-missing": [played("image-missing", 91, *soon("image-missing"))],
    "plugin-hangs": [played("plugin-hangs", 311, *effects_of("plugin-hangs"), PodsReplaced(ONCE), new_pods=False, grace=3, stops_in=NEVER)],
    "config-gone": [played("config-gone", 66, *effects_of("config-gone"), PodsReplaced(ONCE), new_pods=False, stops_in=0.1)],
    "pause-killed": [
        played("pause-killed", 30, SandboxDies(whole), new_pods=False, grace=3, stops_in=NEVER) for whole in (False, True)
    ],
}  # fmt: skip


def since_of(files: dict[str, str]) -> datetime:
    node = json.loads(files["nodes.json"])["items"][0]
    return datetime.fromisoformat(node["metadata"]["creationTimestamp"]) + timedelta(seconds=120)


@cache
def evidence(name: str) -> tuple[dict[str, str], ...]:
    return tuple(evidence_of(scenario, Options(seed=seed, profile="v1.36")) for scenario in SAME[name] for seed in SEEDS)


@cache
def lab(name: str) -> dict[str, list[list[Step]]]:
    """All stories of a fault by role, over all seeds."""
    found: dict[str, list[list[Step]]] = {}
    for files in evidence(name):
        for role, told in by_role(stories(files["events.json"], since_of(files))).items():
            found.setdefault(role, []).extend(told)
    return found


def kinds(story: list[Step]) -> list[Step]:
    return [step for step in story if step.what not in NOT_PLAYED]


def offsets(told: list[list[Step]], what: str) -> list[float]:
    """Seconds from a story's first event to the first of a kind."""
    return [s.first - kinds(story)[0].first for story in told for s in story if s.what == what]


def periods(told: list[list[Step]], what: str) -> list[float]:
    return [s.period for story in told for s in story if s.what == what and s.period]


def agree(real: list[float], played: list[float], least: float = 2.5) -> bool:
    """Within 20 % on average; or, since one real time is one draw of a jitter, within what the lab draws."""
    close = abs(mean(real) - mean(played)) <= max(least, 0.2 * mean(real))
    return close or min(played) - 1 <= mean(real) <= max(played) + 1


ROLES = [(name, role) for name in SAME for role in recorded(name)["stories"]]


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_the_same_events_come_in_the_same_order(name, role):
    real = [order(kinds(story)) for story in recorded(name)["stories"][role]]
    mine = [order(kinds(story)) for story in lab(name)[role]]
    alike = [story for story in mine if story in real]
    assert len(alike) >= 0.8 * len(mine), (real, [m for m in mine if m not in real])


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_intervals_are_within_a_fifth(name, role):
    real, mine = recorded(name)["stories"][role], lab(name)[role]
    for what in {s.what for story in real for s in kinds(story)}:
        assert agree(offsets(real, what), offsets(mine, what)), what
        if real_periods := periods(real, what):
            assert agree(real_periods, periods(mine, what), least=0.5), what


def test_a_node_without_network_is_not_ready_within_one_runtime_poll_and_one_status_period():
    told = [*recorded("config-gone")["stories"]["node"], *lab("config-gone")["node"]]
    assert all(0 <= step.first <= 5 + 10 for story in told for step in story if step.what == "NodeNotReady")


def test_a_crashing_container_is_started_again_after_the_same_waits():
    waits = recorded("app-exit")["restarts"]
    drawn: list[list[float]] = [[] for _ in waits]
    for files in evidence("app-exit"):
        log = next(text for path, text in files.items() if path.endswith("journalctl-kubelet.txt"))
        for pod in json.loads(files["pods.json"])["items"]:
            for index, gap in enumerate(restarts(log, pod["metadata"]["name"])[: len(waits)]):
                drawn[index].append(gap)
    assert all(len(gaps) >= 5 for gaps in drawn)
    assert all(agree([wait], gaps) for wait, gaps in zip(waits, drawn, strict=True)), (waits, drawn)


def causes(folder: Path) -> list[str]:
    return [h.cause for h in diagnose_paths([str(folder)]).diagnosis.hypotheses]


@pytest.mark.parametrize("name", SAME)
def test_the_diagnosis_is_the_cause_of_the_real_fault(name, tmp_path):
    for number, files in enumerate(evidence(name)[:2]):
        for path, text in files.items():
            target = tmp_path / str(number) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        (tmp_path / str(number) / "truth.json").unlink()
        assert causes(tmp_path / str(number))[0] == recorded(name)["cause"]


def capture(name: str) -> Path:
    """The capture whose cause is the recorded one's; skips with the reason where there is none."""
    found = [t.parent for t in CAPTURES.glob("*/truth.json") if json.loads(t.read_text())["root_cause_class"] == recorded(name)["cause"]]
    if not found:
        pytest.skip(f"no capture of a real node below {CAPTURES}")
    return found[0]


@pytest.mark.parametrize("name", SAME)
def test_the_recorded_facts_are_those_of_the_capture(name):
    folder = capture(name)
    since = datetime.fromisoformat(json.loads((folder / "truth.json").read_text())["injected_at"][:23] + "+00:00")
    told = by_role(stories((folder / "events.json").read_text(), since))
    rounded = {r: [[replace(s, first=round(s.first, 1), last=round(s.last, 1)) for s in story] for story in t] for r, t in told.items()}
    assert rounded == recorded(name)["stories"]


@pytest.mark.parametrize("name", SAME)
def test_the_capture_is_diagnosed_as_its_lab_version_is(name):
    folder, cause = capture(name), recorded(name)["cause"]
    at_once = json.loads((folder / "truth.json").read_text()).get("all_of", [cause])
    said = causes(folder)
    assert said[0] in at_once
    assert cause in said
