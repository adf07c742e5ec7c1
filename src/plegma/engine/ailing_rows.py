"""Rows that say that something is not well, whichever failure mode knows them: no health beside one of them.

Words and counts as the programs print them (kubectl's printers.go, crictl, docker ps, systemctl); what ends well, or has only just
begun, is not among them.
"""

import re
from collections.abc import Callable, Mapping

from plegma.engine.clocks import Moment
from plegma.engine.facts import Attrs, Fact, attributes
from plegma.engine.scenes import Scene
from plegma.model.observations import State

_AT_REST = frozenset({"Running", "Completed", "Succeeded", "Pending", "ContainerCreating", "PodInitializing", "Terminating"})
"""What pods say when they are well, or on their way; that a way takes too long is known by the modes."""
_ON_THE_WAY = re.compile(r"Init:\d+/\d+$")
_BACK_OFF_ENDS = 600.0
"""Seconds of running after which the kubelet forgets that a container crashed (MaxContainerBackOff, kubelet.go)."""
_YOUNG = 3600.0
"""Seconds of age up to which the mean length of a pod's runs tells of now."""
_ILL_WHEN_TRUE = re.compile(r"Pressure$|^NetworkUnavailable$|Problem$|Deadlock$|^ReadonlyFilesystem$|^Frequent|^Corrupt|Unhealthy$")
KEEPS_PODS = frozenset({"Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController"})
"""Workloads whose rows say how many of their pods are there; a Job's say so only when it has ended."""
_NODE_UNIT = re.compile(
    r"^(?:snap\.[\w-]+\.)?(?:daemon-)?(?:kube[\w-]*|k3s[\w-]*|rke2[\w-]*|k0s\w*|docker[\w-]*|cri-docker\w*|containerd[\w-]*|crio?[\w-]*|etcd\w*"
    r"|flannel\w*|calico[\w-]*|cilium[\w-]*|NetworkManager[\w-]*|networking|network|systemd-(?:networkd|resolved|timesyncd|modules-load|sysctl)"
    r"|iscsid|multipathd|nfs[\w-]*|rpc[\w-]*|chronyd?|ntpd?|firewalld|iptables|nftables|cloud-(?:init|config|final)[\w-]*|node-problem-detector"
    r"|lvm2[\w@:-]*|nvidia-[\w-]+)(?:\.service|\.socket)?$|\.(?:mount|swap)$"
)
"""Units that a Kubernetes node lives on; of any other one that failed nothing follows."""


def is_of_a_node(unit: str) -> bool:
    """Is it a unit that a Kubernetes node lives on?"""
    return _NODE_UNIT.search(unit) is not None


def ailing_rows(scene: Scene) -> list[Fact]:
    """The rows that say that something is not well, in the scene's order."""
    rows = [fact for fact in scene.states if isinstance(fact.seen, State) and fact.seen.kind in _AILS]
    live = _live(rows)
    latest = scene.clocks.latest
    steady = _steady(rows, latest)
    return [fact for fact in rows if _ails(fact, attributes(fact), live, latest) and not _only_restarted(fact, steady)]


def _only_restarted(fact: Fact, steady: frozenset[str]) -> bool:
    """Is it the row of a running pod with many restarts, all of whose containers have run for long now?"""
    return isinstance(fact.seen, State) and fact.seen.kind == "Pod" and fact.pod in steady and attributes(fact).get("status") == "Running"


def _steady(rows: list[Fact], latest: Moment | None) -> frozenset[str]:
    """The pods of whose containers it is known since when they run, each for long enough that the kubelet has forgotten its crashes."""
    runs: dict[str, list[bool]] = {}
    for fact in rows:
        if isinstance(fact.seen, State) and fact.seen.kind == "Container" and fact.seen.attrs.get("init") is not True:
            running = _running_for(attributes(fact), latest)
            runs.setdefault(fact.pod, []).append(running is not None and running >= _BACK_OFF_ENDS)
    return frozenset(pod for pod, long_enough in runs.items() if pod and all(long_enough))


def _ails(fact: Fact, row: Attrs, live: frozenset[tuple[str, str]], latest: Moment | None) -> bool:
    assert isinstance(fact.seen, State)
    if fact.seen.kind in {"Sandbox", "RuntimeContainer"} and not _is_up(row) and (fact.pod, str(row.get("container", ""))) in live:
        return False
    return _AILS[fact.seen.kind](row) or (fact.seen.kind == "Container" and _ended_lately(row, latest))


def _live(rows: list[Fact]) -> frozenset[tuple[str, str]]:
    """Sandboxes and containers of which the runtime lists one that is up: what it lists beside it is their past."""
    return frozenset(
        (fact.pod, str(fact.seen.refs.get("container", "")))
        for fact in rows
        if isinstance(fact.seen, State) and fact.seen.kind in {"Sandbox", "RuntimeContainer"} and _is_up(fact.seen.attrs)
    )


def _is_up(row: Mapping[str, object]) -> bool:
    return re.match(r"(?i)(?:sandbox_|container_)?(?:up|ready|running|created)", str(row.get("state", ""))) is not None


def _pod(row: Attrs) -> bool:
    status = str(row.get("status", "Running"))
    if status not in _AT_REST and not _ON_THE_WAY.match(status):
        return True
    return status == "Running" and _restarted_lately(row)


def _restarted_lately(row: Attrs) -> bool:
    """By when it restarted last or, where kubectl did not print that yet (to 1.21), by how long its runs were on the average."""
    restarts, ago, old = row.get("restarts", 0), row.get("restarted"), row.get("age")
    if not isinstance(restarts, int) or not restarts:
        return False
    if isinstance(ago, int | float):
        return ago < _BACK_OFF_ENDS
    return isinstance(old, int | float) and old < min(restarts * _BACK_OFF_ENDS, _YOUNG)


def _node(row: Attrs) -> bool:
    return not str(row.get("status", "Ready")).startswith("Ready")


def _condition(row: Attrs) -> bool:
    if row.get("pod"):
        return False
    status, name = str(row.get("status", "")), str(row.get("type", ""))
    return status != "True" if name == "Ready" else status == "True" and _ILL_WHEN_TRUE.search(name) is not None


def _container(row: Attrs) -> bool:
    if row.get("state") == "Waiting":
        return str(row.get("reason", "")) not in {"", "ContainerCreating", "PodInitializing"}
    return row.get("state") == "Terminated" and str(row.get("exit_code", "0")) != "0"


def _ended_lately(row: Attrs, latest: Moment | None) -> bool:
    """Did its last run fail, and this one begin only just now?"""
    running = _running_for(row, latest)
    return str(row.get("last_exit_code", "0")) != "0" and running is not None and 0 <= running < _BACK_OFF_ENDS


def _running_for(row: Attrs, latest: Moment | None) -> float | None:
    """Seconds from a container's start to the latest moment in the evidence; None when either is not known."""
    started = Moment.written(row.get("started")) if row.get("state", "Running") == "Running" else None
    return latest.seconds - started.seconds if latest and started else None


def _runtime_container(row: Attrs) -> bool:
    state, code = str(row.get("state", "")), str(row.get("exit_code", "0"))
    ill = re.match(r"(?i)(?:container_)?(?:restarting|dead|unknown)", state) or "(unhealthy)" in str(row.get("status", ""))
    return bool(ill) or (bool(row.get("pod")) and code not in {"0", ""})


def _sandbox(row: Attrs) -> bool:
    """The first sandbox of a pod that has ended stays so; a later one was made because the pod was to go on."""
    return re.match(r"(?i)(?:sandbox_)?notready", str(row.get("state", ""))) is not None and str(row.get("attempt", "0")) not in {"0", ""}


def _workload(row: Attrs) -> bool:
    if row.get("kind") == "Job":
        return row.get("reason") in {"Failed", "BackoffLimitExceeded", "DeadlineExceeded"}
    desired, there = row.get("desired"), row.get("available", row.get("ready"))
    return row.get("kind") in KEEPS_PODS and isinstance(desired, int) and isinstance(there, int) and there < desired


def _volume(row: Attrs) -> bool:
    return row.get("phase") in {"Lost", "Failed", "Pending"}


def _unit(row: Attrs) -> bool:
    fallen = row.get("active") == "failed" or row.get("sub") == "auto-restart" or row.get("load") in {"error", "bad-setting"}
    return fallen and is_of_a_node(str(row.get("name", "")))


_AILS: Mapping[str, Callable[[Attrs], bool]] = {
    "Pod": _pod, "Node": _node, "Condition": _condition, "Container": _container, "RuntimeContainer": _runtime_container,
    "Sandbox": _sandbox, "Workload": _workload, "Volume": _volume, "Unit": _unit, "Starts": lambda _: True,
}  # fmt: skip
