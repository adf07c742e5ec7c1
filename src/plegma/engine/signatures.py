"""Does a line show a signature, does a row pass a state test."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from plegma.knowledge.failure_mode import Signature, StateTest

_RUNTIMES = frozenset({"containerd", "dockerd", "docker", "crio", "cri-o", "runc", "cri-dockerd", "containerd-shim"})
_KUBERNETES = frozenset({"k8s-event", "status"})
_EMBEDDED = frozenset({"k3s", "rke2", "k0s", "microk8s", "microshift", "localkube", "openshift"})
"""Programs that hold kubelet, API server, controllers and more in one process: their lines may be anybody's."""
_UNKNOWN = frozenset({"", "shell"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

HEARD_IN: Mapping[str, frozenset[str]] = {
    "app": frozenset({"pod-log", "status"}),
    "cni": frozenset({"cni", "kubelet", *_RUNTIMES, *_KUBERNETES, *_EMBEDDED}),
    "runtime": frozenset({"kubelet", *_RUNTIMES, *_KUBERNETES, *_EMBEDDED}),
    "kubelet": frozenset({"kubelet", *_KUBERNETES, *_EMBEDDED}),
    "kernel": frozenset({"kernel", "audit", "auditd"}),
    "systemd": frozenset({"systemd", "dbus", "dbus-daemon", "systemd-logind"}),
    "etcd": frozenset({"etcd", *_EMBEDDED}),
    "apiserver": frozenset({"kube-apiserver", *_EMBEDDED}),
    "controller": frozenset({"kube-controller-manager", "kube-scheduler", *_KUBERNETES, *_EMBEDDED}),
    "shell": frozenset({"shell"}),
}
"""Which programs' lines can hold a component's words: what a lower one writes is quoted by the higher ones."""
_NOT_NETWORK = frozenset({"kubelet", "kernel", "systemd", "audit", "etcd", "kube-apiserver", *_RUNTIMES, *_KUBERNETES})


def heard(component: str, writer: str) -> bool:
    """Can a line written by `writer` hold words of `component`? Lines of unknown writers can."""
    if component == "any" or writer in _UNKNOWN:
        return True
    if component == "network":
        return writer not in _NOT_NETWORK
    return writer in HEARD_IN[component]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern)


def search(signature: Signature, writer: str, reason: str, message: str) -> re.Match[str] | None:
    """The match of a signature in a message, or None; `at_least` is judged over the series, not here."""
    return compiled(signature.pattern).search(message) if may_show(signature, writer, reason) else None


def may_show(signature: Signature, writer: str, reason: str) -> bool:
    """May a line of this writer and this Kubernetes reason show a signature, whatever it says?"""
    if not heard(signature.component, writer) or (signature.signed and writer in _UNKNOWN):
        return False
    return not signature.reason or bool(reason and compiled(signature.reason).fullmatch(reason))


def passes(test: StateTest, kind: str, attrs: Mapping[str, str | int | float | bool]) -> bool:
    """Does a row pass all parts of a state test?"""
    return kind == test.kind and all(key in attrs and holds(want, attrs[key]) for key, want in test.where.items())


def holds(want: str, value: str | float | bool) -> bool:
    """Does a value pass one part of a state test?"""
    return part_of(want)(value)


@cache
def part_of(want: str) -> Callable[[str | float | bool], bool]:
    """One part of a state test: a comparison of numbers, or a pattern that the value's text must or must not hold."""
    for sign in (">=", "<=", ">", "<"):
        if want.startswith(sign) and _NUMBER.fullmatch(want, len(sign)):
            return partial(_compare, sign, bound=float(want[len(sign) :]))
    search = compiled(want.removeprefix("!")).search
    if want.startswith("!"):
        return lambda value: search(_text(value)) is None
    return lambda value: search(_text(value)) is not None


def _text(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compare(sign: str, value: str | float | bool, bound: float) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    return {">=": number >= bound, "<=": number <= bound, ">": number > bound, "<": number < bound}[sign]
