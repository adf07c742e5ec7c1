from dataclasses import replace
from random import Random

import pytest

from plegma.lab.scenarios import DAY, scenarios
from plegma.lab.simulations import simulate
from plegma.lab.writing.clocks import human


def count_of(world, reason):
    return sum(e.series.count for e in world.api.events.values() if e.series.happening.reason == reason)


@pytest.mark.parametrize(("name", "profile"), [("app-exit", "v1.12"), ("handler-missing", "v1.36")])
def test_leaping_over_quiet_stretches_counts_what_playing_them_would(name, profile):
    reason = {"app-exit": "BackOff", "handler-missing": "FailedCreatePodSandBox"}[name]
    scenario = replace(scenarios()[name], seconds=4 * 3600.0)
    played = simulate(replace(scenario, detail=scenario.seconds), profile, Random(5))
    leapt = simulate(replace(scenario, detail=600.0), profile, Random(5))
    assert leapt.played < played.played / 2
    assert count_of(leapt, reason) == pytest.approx(count_of(played, reason), rel=0.15)


def test_a_quiet_day_of_many_nodes_costs_only_what_happens_in_it():
    world = simulate(replace(scenarios()["healthy"], nodes=200, seconds=DAY), "v1.36", Random(1))
    assert world.played < 200 * 60
    assert all(c["Ready"].status == "True" for c in world.api.conditions.values())


@pytest.mark.parametrize(
    ("seconds", "text"), [(5, "5s"), (119, "119s"), (120, "2m"), (255, "4m15s"), (3600, "60m"), (20000, "5h33m"), (2419200, "28d")]
)
def test_ages_read_as_kubectl_writes_them(seconds, text):
    assert human(seconds) == text
