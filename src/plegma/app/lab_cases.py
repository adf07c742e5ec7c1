"""Many cases from the lab at once: which fault, version, carrier, locale, zone and skew each gets, drawn from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from plegma.agent.profiles import PROFILES
from plegma.app.simulating import Options, write_evidence
from plegma.lab.scenarios import Scenario, scenarios
from plegma.lab.writing.clocks import ZONES

HEALTHY = "healthy"
HEALTHY_SHARE = 0.1
SKEWS = (0.0, 0.0, 0.0, 2.0, -4.0, 37.0, -95.0, 400.0)
"""Seconds: most nodes keep time, some are off by what NTP allows, a few by minutes."""


@dataclass(frozen=True, slots=True)
class LabCase:
    """A scenario by name, and how it is played; `folder` is the case's name below the folder of all cases."""

    folder: str
    scenario: str
    options: Options


def lab_cases(count: int, seed: int, share: float = 1.0) -> Iterator[LabCase]:
    """`count` cases: each round draws every fault once in another order, and about one case in ten is healthy.

    `share` of the outputs of each is handed in (0 to 1).
    """
    rng = Random(f"cases/{seed}")  # noqa: S311 not for secrets
    known = scenarios()
    faults = _rounds([name for name in known if name != HEALTHY], rng)
    width = len(str(count))
    for number in range(1, count + 1):
        name = HEALTHY if rng.random() < HEALTHY_SHARE else next(faults)
        options = replace(_drawn(known[name], rng), share=share)
        yield LabCase(f"{number:0{width}d}-{name}-{options.profile}", name, options)


def _rounds(names: list[str], rng: Random) -> Iterator[str]:
    while True:
        yield from rng.sample(names, len(names))


def _drawn(scenario: Scenario, rng: Random) -> Options:
    possible = [p for p in PROFILES if all(p in f.profiles for f in scenario.faults)]
    return Options(
        seed=rng.randrange(2**32), profile=rng.choice(possible), locale=rng.choice(("en", "ja")), zone=rng.choice(list(ZONES)),
        skew=rng.choice(SKEWS), carrier=rng.choice(("journal", "syslog")),
    )  # fmt: skip


def write_cases(cases: Iterator[LabCase], out: Path) -> Iterator[str]:
    """Plays each case and writes its folder; yields the folders' names. OSError where writing fails."""
    for case in cases:
        write_evidence(case.scenario, case.options, out / case.folder)
        yield case.folder
