"""Facts that no single line holds: what several observations say together.

SandboxRecord: a sandbox id that an error speaks of, held against the runtime's own list of that pod's sandboxes and
against dockershim's checkpoints where these are listed.
SandboxStage: a RunPodSandbox that ran into its deadline while the runtime answered all other calls.
SandboxReplaced: a sandbox that was made anew, alone among the node's pods, with no failure that explains it.
AddressRange, Starts: see `plegma.engine.addresses` and `plegma.engine.start_rows`.
Node.runtime: which runtime a node uses, told by names and wordings that only one of them has.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec.structs import replace

from plegma.engine.entities import ID_PREFIX
from plegma.engine.facts import Fact, in_order
from plegma.engine.scenes import Scene
from plegma.engine.start_rows import start_rows
from plegma.model.observations import Event, State

CHECKPOINTS = "/var/lib/dockershim/sandbox/"
_GONE = re.compile(r"No such container|no such container|not found")
_UP = re.compile(r"(?i)^(up|ready|running|sandbox_ready)")


def with_derived(scene: Scene) -> Scene:
    """The scene with its derived states added."""
    more = (
        *_sandbox_records(scene),
        *_sandbox_stages(scene),
        *_replaced(scene),
        *_freed(scene),
        *_doubled(scene),
        *_runtimes(scene),
        *_address_ranges(scene),
        *start_rows(scene),
    )
    return replace(scene, states=scene.states + more) if more else scene


def _address_ranges(scene: Scene) -> Iterable[Fact]:
    reserved = any(isinstance(fact.seen, State) and fact.seen.kind == "Reservation" for fact in scene.states)
    if not reserved and not any("FLANNEL_SUBNET=" in wording.message for wording in scene.wordings):
        return ()
    from plegma.engine.addresses import address_ranges, flannel_subnets  # ipaddress takes a while to import, and few cases need it

    return (*address_ranges(scene), *flannel_subnets(scene))


def _sandbox_records(scene: Scene) -> Iterator[Fact]:
    listed: dict[str, list[Fact]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Sandbox" and fact.pod:
            listed.setdefault(fact.pod, []).append(fact)
    done: set[tuple[str, str]] = set()
    checkpoints = _checkpoints(scene)
    for fact in scene.events if listed else ():
        wanted = fact.seen.refs.get("sandbox_id", "")[:ID_PREFIX]
        if not wanted or fact.pod not in listed or (fact.pod, wanted) in done or not _gone(fact):
            continue
        done.add((fact.pod, wanted))
        yield _record(fact, listed[fact.pod], wanted, checkpoints)


def _checkpoints(scene: Scene) -> frozenset[str]:
    """Ids of the sandboxes that dockershim's files name (pkg/kubelet/dockershim/docker_checkpoint.go), cut as in tables."""
    paths = (str(f.seen.attrs.get("path", "")) for f in scene.states if isinstance(f.seen, State) and f.seen.kind == "File")
    return frozenset(path.removeprefix(CHECKPOINTS)[:ID_PREFIX] for path in paths if path.startswith(CHECKPOINTS))


def _gone(fact: Fact) -> bool:
    return isinstance(fact.seen, Event) and _GONE.search(fact.seen.message) is not None


def _record(error: Fact, rows: list[Fact], wanted: str, checkpoints: frozenset[str]) -> Fact:
    ids = {row.seen.refs.get("sandbox_id", "")[:ID_PREFIX] for row in rows}
    up = [r for r in rows if _is_up(r) and r.seen.refs.get("sandbox_id", "")[:ID_PREFIX] != wanted]
    shown = up[0] if up else rows[0]
    state = State(
        "SandboxRecord",
        {"listed": wanted in ids, "other_up": bool(up), **({"checkpoint": wanted in checkpoints} if checkpoints else {})},
        shown.seen.origin,
        shown.seen.text,
        refs={**error.seen.refs},
    )
    return Fact(state, error.pod, error.node, error.first, shown.last or error.last, 1, shown.order)


def _is_up(row: Fact) -> bool:
    assert isinstance(row.seen, State)
    return _UP.search(str(row.seen.attrs.get("state", ""))) is not None


_DEADLINE = ("DeadlineExceeded", "context deadline exceeded")
_RUN = re.compile(r"RunPodSandbox|[Cc]reate pod sandbox|CreatePodSandbox|sandbox for pod")
_STOP = re.compile(r"StopPodSandbox|KillPodSandbox")
_OTHER_CALL = re.compile(
    r"List(Containers|PodSandbox|Images)|\bStatus from runtime|StatusRuntime|ContainerStatus|ImageFsInfo|Version from runtime|GenericPLEG"
)
_EXPLAINED = re.compile(r"failed to (pull|get sandbox image|mount)|x509|failed to setup network|failed to set up (sandbox|pod)|OCI runtime")


def _sandbox_stages(scene: Scene) -> Iterator[Fact]:
    """Sandboxes wait to the deadline while every other call is answered.

    When stopping sandboxes waits too, the stage that both share is the network; else it is some stage of the creation.
    """
    runs: dict[str, list[tuple[int, Fact]]] = {}
    stops: set[str] = set()
    spoiled: set[str] = set()
    for wording in scene.wordings:
        told = _told_of_sandboxes(wording.message)
        if told == "run":
            for place, fact in wording.facts:
                runs.setdefault(fact.node, []).append((place, fact))
        elif told:
            (stops if told == "stop" else spoiled).update(fact.node for _, fact in wording.facts)
    for node, found in sorted(runs.items()):
        facts = in_order(found)
        if node not in spoiled and sum(f.count for f in facts) >= 2:
            yield _stage(node, facts, "network" if node in stops else "creation")


def _told_of_sandboxes(message: str) -> Literal["run", "stop", "spoiled", ""]:
    """Does a message tell of a creation or a stop that waited to its deadline, or of something that explains such a wait?"""
    late = any(words in message for words in _DEADLINE)
    of_sandbox = "andbox" in message or "network for pod" in message
    if (of_sandbox and _EXPLAINED.search(message)) or (late and _OTHER_CALL.search(message)):
        return "spoiled"
    if late and _STOP.search(message):
        return "stop"
    return "run" if late and _RUN.search(message) else ""


def _stage(node: str, facts: list[Fact], stage: str) -> Fact:
    sample = facts[0]
    state = State("SandboxStage", {"stage": stage}, sample.seen.origin, sample.seen.text, refs=dict(sample.seen.refs))
    return Fact(state, sample.pod, node, sample.first, facts[-1].last, len(facts), sample.order)


_FEW = 0.5
_SHORTLY_BEFORE = 120.0


def _replaced(scene: Scene) -> Iterator[Fact]:
    """SandboxChanged for some pods of a node, while at least as many others kept their sandbox."""
    pods: dict[str, set[str]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.pod and fact.node:
            pods.setdefault(fact.node, set()).add(fact.pod)
    told = in_order(pair for wording in scene.wordings if wording.reason == "SandboxChanged" for pair in wording.facts)
    changed = [fact for fact in told if fact.pod]
    lost: dict[str, set[str]] = {}
    for fact in changed:
        lost.setdefault(fact.node, set()).add(fact.pod)
    failures = _failures(scene, frozenset().union(*lost.values()))
    for fact in {f.pod: f for f in changed}.values():
        here, alike = pods.get(fact.node, set()), lost[fact.node]
        attrs = {
            "alone": len(here) >= 3 and len(alike) <= _FEW * len(here),
            "explained": any(_shortly_before(failure, fact) for failure in failures.get(fact.pod, ())),
        }
        state = State("SandboxReplaced", attrs, fact.seen.origin, fact.seen.text, refs=dict(fact.seen.refs))
        yield Fact(state, fact.pod, fact.node, fact.first, fact.last, fact.count, fact.order)


def _failures(scene: Scene, pods: frozenset[str]) -> dict[str, list[Fact]]:
    """By pod, the events in which its sandbox failed to be made or stopped: they explain that it was made anew."""
    found: dict[str, list[Fact]] = {}
    for fact in scene.events if pods else ():
        if fact.pod in pods and isinstance(fact.seen, Event):
            message = fact.seen.message
            if _ERROR.search(message) and (_RUN.search(message) or _STOP.search(message)):
                found.setdefault(fact.pod, []).append(fact)
    return found


def _shortly_before(failure: Fact, change: Fact) -> bool:
    if failure.last is None or change.last is None:
        return True
    return abs((change.last.at - failure.last.at).total_seconds()) <= _SHORTLY_BEFORE


_DEVICE_WAIT = "unregister_netdevice: waiting for "


def _freed(scene: Scene) -> Iterator[Fact]:
    """What the kernel wrote later than its last wait for a device: while it waits it says so every 10 s (net/core/dev.c)."""
    waits: dict[str, Fact] = {}
    for wording in scene.wordings:
        if _DEVICE_WAIT in wording.message:
            waits |= {fact.node: fact for _, fact in wording.facts if fact.last and not _later(waits.get(fact.node), fact)}
    for fact in scene.events if waits else ():
        seconds = _later(fact, waits.get(fact.node)) if isinstance(fact.seen, Event) and fact.seen.component == "kernel" else 0.0
        if seconds:
            state = State("DeviceFreed", {"seconds": seconds}, fact.seen.origin, fact.seen.text, refs=dict(fact.seen.refs))
            yield Fact(state, "", fact.node, fact.first, fact.last, 1, fact.order)


def _later(fact: Fact | None, other: Fact | None) -> float:
    """How many seconds the first comes after the second; 0 when it does not, or one of them has no time."""
    if fact is None or other is None or fact.last is None or other.last is None:
        return 0.0
    return max((fact.last.at - other.last.at).total_seconds(), 0.0)


def _doubled(scene: Scene) -> Iterator[Fact]:
    """Running pods of two nodes with one address in one list: pods of the host's network share theirs on one node only."""
    owners: dict[tuple[str, str], Fact] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.node and fact.seen.attrs.get("status") == "Running":
            address = str(fact.seen.attrs.get("ip", ""))
            other = owners.setdefault((fact.seen.origin.artifact, address), fact) if address else fact
            if other.node != fact.node and other.pod != fact.pod:
                state = State("DoubledAddress", {"address": address}, fact.seen.origin, fact.seen.text, refs=dict(fact.seen.refs))
                yield Fact(state, fact.pod, fact.node, fact.first, fact.last, 1, fact.order)


_ERROR = re.compile(r"[Ff]ailed|[Ee]rror")
_SAYS_RUNTIME = {
    "docker": (
        "operation timeout: context deadline exceeded", "Error response from daemon", "NetworkPlugin cni failed", "docker_sandbox.go",
    ),
    "containerd": (
        "failed to create containerd task", "failed to start containerd task", "containerd-shim-runc", "io.containerd", "containerd.sock",
    ),
    "cri-o": ("/crio/", "crio.sock", "failed to create pod network sandbox k8s_"),
}  # fmt: skip
"""Wordings of one runtime alone: dockershim's client and plugin manager; containerd's CRI; CRI-O's sandbox names."""
_WRITES_RUNTIME = {"dockerd": "docker", "crio": "cri-o"}
"""containerd is left out: Docker runs one of its own, whose log looks the same."""


def _runtimes(scene: Scene) -> Iterator[Fact]:
    known = {f.node for f in scene.states if isinstance(f.seen, State) and f.seen.kind == "Node" and "runtime" in f.seen.attrs}
    told: dict[str, dict[str, list[tuple[int, Fact]]]] = {}
    for place, fact, runtime in _tellers(scene):
        if fact.node not in known:
            told.setdefault(fact.node, {}).setdefault(runtime, []).append((place, fact))
    for node, runtimes in sorted(told.items()):
        if len(runtimes) == 1:
            ((runtime, found),) = runtimes.items()
            shown = in_order(found)[0]
            state = State("Node", {"runtime": runtime}, shown.seen.origin, shown.seen.text, refs={"node": node} if node else {})
            yield Fact(state, "", node, shown.first, shown.last, 1, shown.order)


def _tellers(scene: Scene) -> Iterator[tuple[int, Fact, str]]:
    """Events, then rows, that only one runtime writes, each with its place among all."""
    for wording in scene.wordings:
        runtimes = {name for name, words in _SAYS_RUNTIME.items() if any(text in wording.message for text in words)}
        if wording.component in _WRITES_RUNTIME:
            runtimes.add(_WRITES_RUNTIME[wording.component])
        yield from ((place, fact, runtime) for runtime in runtimes for place, fact in wording.facts)
    for place, fact in enumerate(scene.states, len(scene.events)):
        if (
            isinstance(fact.seen, State)
            and fact.seen.kind in {"Sandbox", "RuntimeContainer"}
            and str(fact.seen.attrs.get("name", "")).startswith("k8s_")
        ):
            yield place, fact, "docker"
