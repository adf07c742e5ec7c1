"""Scripts that are played in virtual time and on a real containerd, and what both must have in common."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plegma.agent import decisions
from plegma.agent.scripts import AddPod, BeginFault, Behaviour, DeletePod, EndFault, Heard, Script

HURRIED: Mapping[str, float] = {
    "relist_period": 0.25, "relist_threshold": 6, "runtime_poll": 0.5, "runtime_down_after": 3, "sync_pause_last": 0.5,
    "sync_tick": 0.25, "housekeeping": 0.5, "retry_low": 1, "retry_high": 1.5, "network_retry_low": 0.5, "network_retry_high": 0.75,
    "cri_timeout": 2, "run_sandbox_timeout": 4, "crash_back_off": 1, "crash_back_off_max": 8, "status_compute": 0.5, "container_gc": 3,
}  # fmt: skip
"""The kubelet's minutes as seconds, so that a fault's whole course fits into a test."""


def _script(name: str, title: str, seconds: float, *steps: Any) -> Script:
    return Script(name, title, steps, seconds, HURRIED)


def _new_pods(fault: str, title: str) -> Script:
    return _script(fault, title, 8.5, BeginFault(1, fault), AddPod(1.2, "web"), EndFault(5, fault))


def _while_running(fault: str, title: str, ends: float, seconds: float) -> Script:
    steps = (AddPod(1, "web"), BeginFault(3, fault, "web"), AddPod(4, "late"), EndFault(ends, fault))
    return _script(fault, title, seconds, *steps)


SCRIPTS: Mapping[str, Script] = {
    s.name: s
    for s in (
        _script("healthy", "A pod comes, runs and goes", 8, AddPod(1, "web"), DeletePod(4, "web")),
        _script("crash-loop", "The container exits again and again", 9.5, AddPod(1, "web", Behaviour.exits)),
        _script("oom", "The container outgrows its memory limit", 7, AddPod(1, "web", Behaviour.outgrows)),
        _script("bad-command", "The command is not in the image", 7, AddPod(1, "web", Behaviour.command_missing)),
        _script("pause-killed", "A pause container is killed", 6, AddPod(1, "web"), BeginFault(3, "pause-killed", "web")),
        _while_running("plugin-hangs", "A CNI plugin never returns", 10, 13),
        _new_pods("ipam-full", "The node's range of pod addresses is used up"),
        _while_running("config-gone", "The CNI configuration is gone", 7, 10),
        _while_running("containerd-hangs", "containerd answers no call", 12, 15),
        _while_running("containerd-stopped", "containerd does not run", 8, 11.5),
        _new_pods("runc-fails", "runc cannot create a container"),
        _new_pods("runc-missing", "runc is not installed"),
        _new_pods("pause-image", "The pause image is gone and cannot be pulled"),
    )
}


def rehearse(script: Script, tell: Callable[[Heard], None]) -> None:
    """Plays a script on a containerd that is started for it and taken down after it.

    ImportError where the extra `runtime` is not installed; CannotRunError where programs or rights are missing.
    """
    import asyncio

    from plegma.runtime.containerds import Containerd, missing_programs
    from plegma.runtime.namespaces import StartError
    from plegma.runtime.rehearsals import play

    if missing := missing_programs():
        raise CannotRunError(f"missing for a containerd of one's own: {', '.join(missing)}")
    try:
        with Containerd() as own:
            asyncio.run(play(script, own, tell))
    except StartError as error:
        raise CannotRunError(str(error)) from error


class CannotRunError(RuntimeError):
    """No containerd can be started here; the text says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words: when, about which pod (or "node"), and what."""

    at: float
    about: str
    text: str


def told(heard: Heard) -> Told | None:
    """A decision in words; None for those that only keep time."""
    words = WORDS.get(type(heard.decision))
    if words is None:
        return None
    about, text = words(heard.decision)
    return Told(heard.at, about, text)


def _event(post: decisions.Post) -> tuple[str, str]:
    what = post.series.happening
    return (what.object if what.kind == "Pod" else "node", f"event {what.reason}: {what.message}")


def _log(log: decisions.Log) -> tuple[str, str]:
    error = log.values.get("error", "")
    return log.values.get("pod", "node"), f"log {log.what}{': ' if error else ''}{error}"


WORDS: Mapping[type, Callable[[Any], tuple[str, str]]] = {
    decisions.Call: lambda d: (d.uid, f"call {d.op} {d.attempt}"),
    decisions.Post: _event,
    decisions.PostNode: lambda d: ("node", f"condition {d.type}={d.status}: {d.message}"),
    decisions.Collect: lambda d: (d.uid or "node", f"collect {d.op}"),
    decisions.FailPod: lambda d: (d.uid, f"fail {d.reason}: {d.message}"),
    decisions.Log: _log,
}
_SAME = (
    (re.compile(r"[0-9a-f]{64}"), "<id>"),
    (re.compile(r"last seen active [0-9.ms]+ ago"), "last seen active <time> ago"),
    (re.compile(r"dial unix \S+/containerd\.sock"), "dial unix <socket>"),
    (re.compile(r"fork/exec \S+/runc"), "fork/exec <runc>"),
    (re.compile(r"lookup registry\.test on .*"), "lookup <failed>"),
)
_STARTING = "pleg has yet to be successful"
_CHANCE = "condition Ready=False: PLEG is not healthy"
_LOOPS = ("collect", "log list-failed", "log poll-failed", "log network-state", "log pleg-event", "log node-event", "log skipping")
_LONGEST = 12


def courses(all_heard: Sequence[Heard]) -> dict[str, list[Told]]:
    """What was decided, pod by pod and for the node, without ids and times in texts; each line of a loop is a course of its own.

    Left out: what a kubelet says before its first relist (the lab's runs already), how many changes one relist finds at
    once, and whether status poll or relist is the first to get through when a runtime answers again.
    """
    found: dict[str, list[Told]] = {}
    for heard in all_heard:
        if (one := told(heard)) is None:
            continue
        text = one.text
        if _STARTING in text or text.startswith(_CHANCE):
            continue
        for pattern, replacement in _SAME:
            text = pattern.sub(replacement, text)
        loop = next((name for name in _LOOPS if text.startswith(name)), "")
        found.setdefault(loop or one.about, []).append(Told(one.at, one.about, text))
    found.pop("log pleg-event", None)
    return found


def order(course: Sequence[Told]) -> list[str]:
    """A course's lines in order, what repeats written once: how often something is retried in a while is chance (jitter)."""
    lines = [t.text for t in course]
    for length in range(1, _LONGEST + 1):
        kept: list[str] = []
        for line in lines:
            kept.append(line)
            if kept[-length:] == kept[-2 * length : -length]:
                del kept[-length:]
        lines = kept
    return lines


def differences(script: Script, one: Sequence[Heard], other: Sequence[Heard], tolerance: float) -> list[str]:
    """Where two plays of a script differ: in the order of a course, or by more than `tolerance` seconds in when a line is first said.

    What is said in the script's last `tolerance` seconds may be missing on either side. A turn of garbage collection that
    misses something finds it one period later.
    """
    ours, theirs, found = courses(one), courses(other), []
    for about in sorted({*ours, *theirs}):
        a, b = ours.get(about, []), theirs.get(about, [])
        since = script.seconds - tolerance
        if not any(x == y for x in _endings(a, since) for y in _endings(b, since)):
            found.append("\n  ".join([f"{about}, one:", *order(a), "other:", *order(b)]))
        allowed = tolerance + (script.constants.get("container_gc", 60) if about == "collect" else 0)
        first = firsts(b)
        late = {line: at - first[line] for line, at in firsts(a).items() if line in first and abs(at - first[line]) > allowed}
        found += [f"{about}: {by:+.2f} s: {line}" for line, by in late.items()]
    return found


def _endings(course: Sequence[Told], since: float) -> list[list[str]]:
    """The order of a course, whole and with each of its lines after `since` cut off."""
    certain = sum(t.at <= since for t in course)
    return [order(course[:end]) for end in range(certain, len(course) + 1)]


def firsts(course: Sequence[Told]) -> dict[str, float]:
    """When each line was first said."""
    times: dict[str, float] = {}
    for one in course:
        times.setdefault(one.text, one.at)
    return times
