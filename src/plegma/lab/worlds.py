"""Virtual time: a heap of what is to happen, the API, the nodes, and which effects are on."""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from plegma.agent.decisions import Decision
from plegma.agent.profiles import Profile
from plegma.lab.api import Api, ApiPod
from plegma.lab.cri.latencies import USUAL, Latencies
from plegma.lab.effects import Effect
from plegma.lab.nodes import Line, Node
from plegma.lab.scenarios import Fault, Scenario

SUFFIX = "bcdfghjklmnpqrstvwxz2456789"  # apimachinery util/rand: no vowels, no 0, 1 or 3
EARLY = 40
KEPT_EARLY = frozenset({"status-failed", "sync-error"})


@dataclass(slots=True)
class World:
    """The whole. `changes`: moments at which an effect begins or ends; `played`: steps taken.

    `until`: where playing stops, and no leap goes beyond it. `detail_from`: from here on nothing is leapt over, so that
    logs are whole. `eased`: (node, fault) where a fault that is there does not act; `returning`: when it acts again
    there, or what is left of it shows (no entry: it does not).
    `replace_pod`: what a failed pod's owner does; `look`: a relist looks at a node's pod.
    `hear`: is given every decision of every kubelet. `latencies`: how long calls take that go well.
    """

    scenario: Scenario
    profile: Profile
    rng: Random
    nodes: dict[str, Node] = field(default_factory=dict)
    api: Api = field(default_factory=Api)
    now: float = 0.0
    heap: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    order: int = 0
    played: int = 0
    active: list[tuple[Fault, Effect]] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    faulty: tuple[str, ...] = ()
    victims: set[str] = field(default_factory=set)
    eased: set[tuple[str, str]] = field(default_factory=set)
    returning: dict[tuple[str, str], float] = field(default_factory=dict)
    replace_pod: Callable[[ApiPod], None] = field(default=lambda _pod: None)
    look: Callable[[Node, str], None] = field(default=lambda _node, _uid: None)
    hear: Callable[[Decision], None] | None = None
    latencies: Latencies = field(default_factory=lambda: USUAL)
    until: float = field(init=False)
    detail_from: float = field(init=False)

    def __post_init__(self) -> None:
        """A world is played to its scenario's end unless it is told otherwise."""
        self.until = self.scenario.seconds
        self.detail_from = self.scenario.seconds - self.scenario.detail

    def at(self, when: float, act: Callable[[], None]) -> None:
        """Lets something happen later; in the order asked for when at one time."""
        self.order += 1
        heapq.heappush(self.heap, (max(when, self.now), self.order, act))

    def run(self) -> None:
        """Plays all that is to happen up to `until`."""
        while self.heap and self.heap[0][0] <= self.until:
            self.play_next()
        self.now = self.until

    def play_next(self) -> None:
        """Plays the next thing that is to happen; IndexError when there is none."""
        self.now, _, act = heapq.heappop(self.heap)
        self.played += 1
        act()

    def hex(self, digits: int) -> str:
        """A random id."""
        return f"{self.rng.getrandbits(4 * digits):0{digits}x}"

    def uid(self) -> str:
        """A random UID, formed as version 4."""
        text = self.hex(32)
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:]}"

    def suffix(self, length: int = 5) -> str:
        """A generated name's end."""
        return "".join(self.rng.choices(SUFFIX, k=length))

    def log(self, node: Node, source: str, what: str, values: Mapping[str, str]) -> None:
        """A program on a node says something; old lines of long runs are kept only as far as each kind's first few."""
        if self.now >= self.detail_from:
            node.logs[source].append(Line(self.now, what, values))
        elif what in KEPT_EARLY and len(node.early) < EARLY:
            node.early.append(Line(self.now, what, values))

    def is_victim(self, pod: ApiPod) -> bool:
        """Is this pod of the workload that the scenario is about?"""
        return pod.workload.name in self.victims

    def effects_on(self, node: Node, pod: ApiPod | None = None) -> list[Effect]:
        """Effects that reach a node, or a pod on it."""
        if node.name not in self.faulty or not self.active:
            return []
        acting = [e for f, e in self.active if (node.name, f.name) not in self.eased]
        return [e for e in acting if pod is None or self.is_victim(pod) or getattr(e, "all_pods", True)]

    def acts_on(self, node: Node, effect: Effect) -> bool:
        """Is this very effect on, and does it act on the node?"""
        return any(e is effect and (node.name, f.name) not in self.eased for f, e in self.active)

    def next_change(self) -> float:
        """When the next effect begins or ends, or playing stops."""
        return min((c for c in (*self.changes, self.until) if c > self.now), default=float("inf"))
