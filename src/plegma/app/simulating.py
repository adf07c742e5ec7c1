"""Play a scenario of the lab and write its evidence."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from plegma.agent.profiles import PROFILES
from plegma.lab.scenarios import Scenario, scenarios
from plegma.lab.simulations import simulate
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.folders import folder, truth

STARTS = {
    "v1.12": datetime(2019, 3, 4, 1, 17, 9, tzinfo=UTC),
    "v1.28": datetime(2024, 1, 15, 8, 3, 44, tzinfo=UTC),
    "v1.36": datetime(2026, 6, 1, 5, 42, 31, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to play: `skew` seconds by which nodes' clocks are ahead; `carrier` journal or syslog; `locale` en or ja.

    `share`: how much of what could be handed in is (0 to 1): each output with this chance, one at least.
    """

    seed: int = 1
    profile: str | None = None
    locale: str = "en"
    zone: str = "UTC"
    skew: float = 0.0
    carrier: str = "journal"
    share: float = 1.0


def profile_of(scenario: Scenario, wanted: str | None) -> str:
    """The profile asked for, else the newest that the scenario can happen in. ValueError if it cannot happen in the one asked for."""
    possible = [p for p in PROFILES if all(p in f.profiles for f in scenario.faults)]
    if wanted is None:
        return possible[-1]
    if wanted not in possible:
        raise ValueError(f"{scenario.name} happens in {', '.join(possible)} only")
    return wanted


def evidence_of(scenario: Scenario, options: Options) -> dict[str, str]:
    """Path -> text of a scenario's evidence, with truth.json: the same options give the same bytes."""
    profile = profile_of(scenario, options.profile)
    rng = Random(f"{scenario.name}/{profile}/{options.seed}")  # noqa: S311 not for secrets
    world = simulate(scenario, profile, rng)
    start = STARTS[profile] + timedelta(hours=rng.randrange(2000), seconds=rng.randrange(3600))
    clock = Clock(start, scenario.seconds, options.zone, options.skew, options.locale == "ja", world.faulty)
    return {**_handed_in(folder(world, clock, options.carrier), options.share, rng), "truth.json": truth(world)}


def _handed_in(files: dict[str, str], share: float, rng: Random) -> dict[str, str]:
    kept = {path: text for path, text in files.items() if share >= 1 or rng.random() < share}
    return kept or dict([rng.choice(sorted(files.items()))])


def write_evidence(name: str, options: Options, out: Path) -> list[str]:
    """Plays the scenario and writes its folder; the names written. KeyError for an unknown name, OSError where writing fails."""
    files = evidence_of(scenarios()[name], options)
    for path, text in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return sorted(files)
