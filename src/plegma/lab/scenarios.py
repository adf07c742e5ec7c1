"""A scenario: which faults strike when. One file each in `faults/`, found by listing the package."""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from plegma.lab import faults
from plegma.lab.effects import Effect

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault with its true cause (a failure-mode id).

    `begins`, `lasts`: seconds from the start of the run (lasts 0: to the end). `new_pods`: the victim is rolled out when
    the fault begins, since it shows only in new pods. `profiles`: versions it can happen in.
    """

    name: str
    truth: str
    layer: str
    title: str
    effects: tuple[Effect, ...]
    acceptable: tuple[str, ...] = ()
    begins: float = 3600
    lasts: float = 0
    new_pods: bool = False
    profiles: tuple[str, ...] = ("v1.12", "v1.28", "v1.36")
    temporary_fix: str = ""
    permanent_fix: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Faults in one cluster: `nodes` many, watched for `seconds`, logs kept of the last `detail` seconds.

    `grace`: the pods' terminationGracePeriodSeconds; `stops_in`: seconds that their applications take to end when asked to.
    `images_present`: every node has the images of all workloads from the start.
    """

    name: str
    title: str
    faults: tuple[Fault, ...]
    nodes: int = 3
    seconds: float = 5400
    detail: float = 5400
    victim: str = "Deployment"
    victim_since: float = 60
    grace: float = 30
    stops_in: float = 1.5
    images_present: bool = False
    all_nodes: bool = False


def scenarios() -> dict[str, Scenario]:
    """Every scenario by name: each file's SCENARIO, or its FAULT struck alone."""
    found: dict[str, Scenario] = {}
    for module in iter_modules(faults.__path__):
        loaded = import_module(f"{faults.__name__}.{module.name}")
        scenario = loaded.SCENARIO if hasattr(loaded, "SCENARIO") else alone(loaded.FAULT)
        found[scenario.name] = scenario
    return dict(sorted(found.items()))


def alone(fault: Fault) -> Scenario:
    """A fault by itself in a small cluster."""
    return Scenario(fault.name, fault.title, (fault,))
