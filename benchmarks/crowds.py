"""Parts with many faulty pods and what is said of each, for the engine alone: no bytes are read."""

import random
from datetime import datetime, timedelta

from plegma.knowledge.catalog import Catalog
from plegma.model.observations import Event, Observation, Origin, Stamp, State
from plegma.model.parts import Parsed

_START = datetime(2026, 3, 2, 8, 0, 0)
_PER_POD = 10
_SICK = {"status": "CrashLoopBackOff", "restarts": 9, "ready": 0, "containers": 1}
_NODES = 200
_HEARD = frozenset({"kubelet", "containerd", "cni"})


def said_of(pods: int, catalog: Catalog, modes: int = 150) -> tuple[Parsed, ...]:
    """A log with ten lines on each of so many pods, each with one of that many failure modes, and the list of the pods."""
    dice = random.Random(7)
    lines = _lines(catalog, modes)
    events: list[Observation] = []
    rows: list[Observation] = []
    for number in range(pods):
        who = {"namespace": f"team-{number % 9}", "pod": f"web-{number}", "node": f"wk-{number % _NODES}"}
        rows.append(
            State(
                "Pod",
                {"status": "CrashLoopBackOff", "restarts": 9, "ready": 0, "containers": 1},
                Origin("pods", number + 1),
                "row",
                None,
                who,
            )
        )
        component, message = dice.choice(lines)
        for _ in range(_PER_POD):
            at = Stamp(wall=_START + timedelta(seconds=dice.randrange(86400)), offset=0)
            events.append(Event(component, message, Origin("kubelet.log", len(events) + 1), message, at, refs=who))
    log = Parsed("kubelet.log", "log", 1, len(events), tuple(events), evidence=("kubelet-log",))
    return log, Parsed("pods", "kubectl-get-pods", 1, len(rows), tuple(rows), evidence=("pod-list",))


def _lines(catalog: Catalog, modes: int) -> list[tuple[str, str]]:
    own = [(m, [e for e in m.examples if e.matches and e.component in _HEARD and not e.reason]) for m in catalog if m.subject == "Pod"]
    return [(e.component, e.line) for _, examples in [pair for pair in own if pair[1]][:modes] for e in examples]
