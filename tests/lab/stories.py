"""What happened to the pods and nodes of a case, told by its events and its kubelet's log: the same reading for lab and reality."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

PULL = re.compile(r"Error: (ErrImagePull|ImagePullBackOff)|(Failed to pull image)")
SANDBOX = re.compile(r"code = DeadlineExceeded|failed to reserve sandbox name")
DIED = re.compile(
    r'I\d{4} (\d\d):(\d\d):(\d\d\.\d+).*SyncLoop \(PLEG\): event for pod" pod="([^"]+)" event={.*"Type":"(Container(?:Died|Started))"'
)


@dataclass(frozen=True)
class Step:
    """An event that repeats: seconds of its first and last time, and how often."""

    what: str
    first: float
    last: float
    count: int

    @property
    def period(self) -> float | None:
        """Mean seconds from one time to the next."""
        return (self.last - self.first) / (self.count - 1) if self.count > 1 else None


def what_of(event: Mapping[str, Any]) -> str:
    """The reason, with the part of the message that makes it another event."""
    message, reason = str(event["message"]), str(event["reason"])
    found = PULL.search(message) if reason == "Failed" else SANDBOX.search(message) if reason == "FailedCreatePodSandBox" else None
    return f"{reason}: {found[0]}" if found else reason


def stories(events: str, since: datetime) -> dict[str, list[Step]]:
    """Kind/name -> its events of a `kubectl get events -o json` from `since` on, in order; seconds count from there."""
    found: dict[str, list[Step]] = {}
    for event in json.loads(events)["items"]:
        first, last = (_seconds(event, k, since) for k in ("firstTimestamp", "lastTimestamp"))
        about, count = event["involvedObject"], event.get("count") or 1
        if first < -1:  # the series began before: only its last time is of this story
            first, count = last, 1
        if last > -1:
            found.setdefault(f"{about['kind']}/{about['name']}", []).append(Step(what_of(event), first, last, count))
    return {name: _merged(steps) for name, steps in found.items()}


def _seconds(event: Mapping[str, Any], key: str, since: datetime) -> float:
    return (datetime.fromisoformat(event.get(key) or event["eventTime"]) - since).total_seconds()


def _merged(steps: Iterable[Step]) -> list[Step]:
    """One step for each kind of event, though its message may change (a port number in it)."""
    kinds: dict[str, Step] = {}
    for s in sorted(steps, key=lambda s: s.first):
        k = kinds.get(s.what)
        kinds[s.what] = Step(s.what, k.first, max(k.last, s.last), k.count + s.count) if k else s
    return sorted(kinds.values(), key=lambda s: (s.first, s.what))


def order(steps: Iterable[Step], slack: float = 2.0) -> list[set[str]]:
    """Kinds of events in the order in which they first came; those within `slack` seconds have no order (times are whole seconds)."""
    groups: list[set[str]] = []
    begun = float("-inf")
    for step in sorted(steps, key=lambda s: s.first):
        if step.first - begun <= slack:
            groups[-1].add(step.what)
        else:
            groups.append({step.what})
            begun = step.first
    return groups


def restarts(log: str, pod: str) -> list[float]:
    """Seconds from each death of a pod's containers to the next start, by a kubelet's log."""
    gaps, died = [], None
    for line in log.splitlines():
        if (m := DIED.search(line)) and m[4].partition("/")[2] == pod:
            at = int(m[1]) * 3600 + int(m[2]) * 60 + float(m[3])
            if m[5] == "ContainerDied":
                died = at
            elif died is not None:
                gaps.append(round(at - died, 1))
                died = None
    return gaps


TROUBLE = {"BackOff", "NetworkNotReady", "SandboxChanged", "NodeNotReady", "FailedKillPod"}


def role_of(name: str, steps: Iterable[Step]) -> str:
    """What a story is about: a node, a pod that was new, deleted, killed with its sandbox, or that ran; empty where nothing went wrong."""
    kinds = {s.what.partition(":")[0] for s in steps}
    if not kinds & TROUBLE and "FailedCreatePodSandBox" not in kinds:
        return ""
    if name.startswith("Node/"):
        return "node"
    roles = (("new", "Scheduled"), ("deleted", "FailedKillPod"), ("killed", "Killing"))
    return next((role for role, kind in roles if kind in kinds), "running")


def by_role(told: Mapping[str, list[Step]]) -> dict[str, list[list[Step]]]:
    """The stories in which something went wrong, by role."""
    found: dict[str, list[list[Step]]] = {}
    for name, steps in sorted(told.items(), key=lambda item: (item[1][0].first, item[0])):
        if name.startswith(("Pod/", "Node/")) and (role := role_of(name, steps)):
            found.setdefault(role, []).append(steps)
    return found


def recorded(name: str) -> dict[str, Any]:
    """Facts of one fault on a real node: `stories` by role, and `restarts`: seconds from each death to the next start."""
    told = json.loads((Path(__file__).parent / "recorded" / f"{name}.json").read_text())
    told["stories"] = {role: [[Step(*step) for step in steps] for steps in many] for role, many in told["stories"].items()}
    return told
