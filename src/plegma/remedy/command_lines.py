"""Remedies' commands to actions. What is not known whole is for a person: half a command line is never carried out."""

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, cast

from plegma.remedy.actions import (
    Action,
    ContinueProcess,
    CordonNode,
    DeletePod,
    DrainNode,
    MoveCheckpoint,
    ReleaseAddresses,
    RemoveSandbox,
    RestartRollout,
    RunUnit,
    UndoRollout,
)

UNITS = frozenset(("kubelet", "containerd", "docker", "crio", "cri-docker", "k3s", "k3s-agent", "rke2-server", "rke2-agent"))
_KINDS = {"deploy": "deployment", "deployment": "deployment", "deployments": "deployment", "ds": "daemonset", "daemonset": "daemonset",
          "daemonsets": "daemonset", "sts": "statefulset", "statefulset": "statefulset", "statefulsets": "statefulset"}  # fmt: skip
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_JOINTS = re.compile(r"\s*(?:;|&&)\s*")
_WAIT = re.compile(r"sleep \d+$")
_DUMP = re.compile(r"(?:sudo )?kill -USR1 \$\(pidof (?P<program>containerd|dockerd)\)$")
_CONTINUE = re.compile(r"(?:sudo )?kill -(?:SIG)?CONT \$\(pidof (?P<program>containerd|dockerd|crio|kubelet)\)$")
_CHECKPOINT = re.compile(r"(?:sudo )?mv /var/lib/dockershim/sandbox/(?P<sandbox>[0-9a-f]{12,64}) /[\w./-]+$")
_PLACEHOLDER = re.compile(r"[A-Z][A-Z_]*$|<.*>$")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$")
_SANDBOX = re.compile(r"[0-9a-f]{12,64}$")
_NAMED: dict[str, Action] = {"release-addresses": ReleaseAddresses()}
"""Actions that no command line says; `plegma.knowledge.failure_mode.Remedy.action` names them."""


def actions_of(command: str, action: str = "") -> tuple[Action, ...]:
    """The actions of a remedy in order; none when any part of it is beyond what plegma does itself."""
    if action:
        return (_NAMED[action],) if action in _NAMED else ()
    found: list[Action] = []
    dump = ""
    for part in _JOINTS.split(_COMMENT.sub("", command).strip()):
        if not part or _WAIT.match(part):
            continue
        if match := _DUMP.match(part):
            dump = match["program"]
            continue
        known = _action(part)
        if not known:
            return ()
        found += [replace(a, dump=dump) if isinstance(a, RunUnit) and dump.startswith(a.unit) else a for a in known]
    return tuple(found)


def _action(part: str) -> Sequence[Action]:
    if match := _CONTINUE.match(part):
        return [ContinueProcess(match["program"])]
    if match := _CHECKPOINT.match(part):
        return [MoveCheckpoint(match["sandbox"])]
    try:
        words = shlex.split(part)
    except ValueError:
        return []
    words = words[1:] if words[:1] == ["sudo"] else words
    read = _PROGRAMS.get(words[0]) if words else None
    return read(words[1:]) if read else []


def _systemctl(words: list[str]) -> Sequence[Action]:
    verb, units = words[0] if words else "", [w.removesuffix(".service") for w in words[1:]]
    if verb not in ("start", "restart") or not units or not UNITS.issuperset(units):
        return []
    return [RunUnit(cast(Literal["start", "restart"], verb), unit) for unit in units]


def _crictl(words: list[str]) -> Sequence[Action]:
    ids = [w for w in words[1:] if not w.startswith("-")]
    known = words[:1] == ["rmp"] and len(ids) == 1 and set(words[1:]) <= {"-f", "--force", *ids}
    return [RemoveSandbox(ids[0])] if known and _SANDBOX.match(ids[0]) else []


def _kubectl(words: list[str]) -> Sequence[Action]:
    namespace, rest = _namespace(words)
    flags, plain = [w for w in rest if w.startswith("-")], [w for w in rest if not w.startswith("-")]
    match plain:
        case ["delete", "pod" | "pods" | "po", name] if not flags and _NAME.match(name):
            return [DeletePod(namespace or "default", name)]
        case ["cordon" | "uncordon" as verb, node] if not flags and _NAME.match(node):
            return [CordonNode(node, off=verb == "uncordon")]
        case ["drain", node] if set(flags) <= _DRAIN_FLAGS and _NAME.match(node):
            return [DrainNode(node, local_data="--delete-emptydir-data" in flags)]
        case ["rollout", "restart" | "undo" as verb, *target] if not flags:
            return _rollout(verb, namespace or "default", target)
        case _:
            return []


_DRAIN_FLAGS = {"--ignore-daemonsets", "--delete-emptydir-data"}


def _rollout(verb: str, namespace: str, target: list[str]) -> Sequence[Action]:
    kind, _, name = target[0].partition("/") if len(target) == 1 else ("/".join(target)).partition("/")
    if kind not in _KINDS or (not _NAME.match(name) and not _PLACEHOLDER.match(name)):
        return []
    name = "" if _PLACEHOLDER.match(name) else name
    return [RestartRollout(namespace, _KINDS[kind], name) if verb == "restart" else UndoRollout(namespace, _KINDS[kind], name)]


def _namespace(words: list[str]) -> tuple[str, list[str]]:
    if words[:1] in (["-n"], ["--namespace"]) and len(words) > 1:
        return ("" if not _NAME.match(words[1]) else words[1]), (words[2:] if _NAME.match(words[1]) else ["?"])
    return "", words


_PROGRAMS: dict[str, Callable[[list[str]], Sequence[Action]]] = {"systemctl": _systemctl, "crictl": _crictl, "kubectl": _kubectl}
