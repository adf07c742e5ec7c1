"""The lab's pace: virtual seconds per second of processor time, for the memo's weeks and for a day of many nodes."""

from dataclasses import dataclass, replace
from random import Random
from time import process_time

from benchmarks.measuring import Bench, tell
from plegma.lab.scenarios import DAY, Scenario, scenarios
from plegma.lab.simulations import simulate


@dataclass(frozen=True, slots=True)
class Pace:
    """`virtual` and `cpu` seconds of one run, and how many node-days are in it."""

    name: str
    virtual: float
    cpu: float
    node_days: float


def paces() -> list[Pace]:
    """Both runs that the lab promises: 45 days of the memo's five nodes, and a day of 1,000 nodes."""
    known = scenarios()
    return [
        _pace("lab: the memo, 45 days of 5 nodes", known["memo"], "v1.12"),
        _pace("lab: a day of 1,000 nodes, one application crashing", replace(known["app-exit"], nodes=1000, seconds=DAY), "v1.36"),
    ]


def _pace(name: str, scenario: Scenario, profile: str) -> Pace:
    begun = process_time()
    simulate(scenario, profile, Random(1))
    return Pace(name, scenario.seconds, process_time() - begun, scenario.nodes * scenario.seconds / DAY)


def tell_all(_bench: Bench) -> None:
    """Each pace as virtual seconds for one of processor time."""
    for pace in paces():
        more = f"virtual seconds in one of processor time; {pace.cpu:.1f} s, {pace.node_days:.0f} node-days"
        tell(pace.name, f"{pace.virtual / pace.cpu:.0f}", more)
