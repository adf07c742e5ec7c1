"""Whose log it is: by the command above it, or by the artifact's name."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.blocks import Context
from plegma.evidence.parse.commands import Command
from plegma.evidence.parse.words import words_of

_WELL_KNOWN = (
    "kube-apiserver", "apiserver", "kube-controller-manager", "controller-manager", "kube-scheduler", "kube-proxy", "etcd", "coredns",
    "calico-node", "cilium-agent", "cilium", "flannel", "kube-flannel", "kubelet", "containerd", "dockerd", "docker", "crio", "cri-o",
    "kube-router", "k3s", "rke2", "k0s", "microk8s", "microshift", "ipamd", "aws-node", "weave", "cri-dockerd", "cni", "multus", "dmesg",
)  # fmt: skip
_NORMAL = {
    "docker": "dockerd", "cri-o": "crio", "cilium": "cilium-agent", "kube-flannel": "flannel", "apiserver": "kube-apiserver",
    "controller-manager": "kube-controller-manager", "aws-node": "ipamd", "multus": "cni", "cri": "containerd", "dmesg": "kernel",
}  # fmt: skip
_POD_LOGS = re.compile(
    r"(?:^|/)(?:pod-?logs?|container-?logs?|podlogs|kubernetes-logs|pods/logs)(?:/|$)|/var/log/(?:pods|containers)/|(?:^|/)logs/[^/]+/[^/]+/"
)
_POD_LOG_NAME = re.compile(r"(?:pod|app|container)s?[-_.]?logs?\b|pod\.log|kubectl-?_?logs|logs?-")
_SHOWS_FILES = words_of("cat less more tail head grep egrep zcat zgrep vi vim journalctl")
_KERNEL_NAMES = ("dmesg", "kern.log", "kernel")


def default_component(context: Context) -> str:
    """The program whose log this is; "" when neither the command nor the artifact's name tells."""
    command = context.command
    if not command.argv or command.program in _SHOWS_FILES:
        return _by_command(command) or _by_name(context.artifact)
    return _by_command(command)


def default_refs(context: Context) -> dict[str, str]:
    """The pod and the container whose log a `kubectl logs` command shows."""
    command = context.command
    words = command.words
    if command.program != "kubectl" or not words or words[0] != "logs":
        return {}
    name = words[1] if len(words) > 1 else ""
    kind, slash, rest = name.partition("/")
    container = command.flag("-c", "--container") or (words[2] if len(words) > 2 else "")
    refs = {"namespace": command.namespace, "container": container}
    refs["workload" if slash and kind not in ("pod", "pods", "po") else "pod"] = (
        name if slash and kind not in ("pod", "pods", "po") else rest or name
    )
    return {key: value for key, value in refs.items() if value}


def _by_command(command: Command) -> str:
    if not command.argv:
        return ""
    if command.program == "journalctl":
        return _unit(command)
    if command.program == "dmesg":
        return "kernel"
    if "logs" in command.words[:1] and command.program in ("kubectl", "docker", "crictl", "nerdctl", "podman"):
        return next(_known_in(" ".join(command.words[1:])), "pod-log")
    if command.program in _SHOWS_FILES:
        return next(_known_in(" ".join(command.argv[1:])), "")
    return ""


def _unit(command: Command) -> str:
    for flag in ("-u", "--unit", "-xeu", "-xu", "-fu", "-feu", "-eu"):
        if value := command.flag(flag):
            return _NORMAL.get(name := value.removesuffix(".service"), name)
    return "kernel" if "-k" in command.argv or "--dmesg" in command.argv else ""


def _by_name(artifact: str) -> str:
    path = artifact.replace("!", "/").lower()
    name = path.rsplit("/", 1)[-1]
    known = next(_known_in(name), "")
    if known:
        return known
    if _POD_LOGS.search(path) or _POD_LOG_NAME.match(name):
        return "pod-log"
    return "kernel" if name.startswith(_KERNEL_NAMES) else ""


def _known_in(text: str) -> Iterator[str]:
    for name in _WELL_KNOWN:
        if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text):
            yield _NORMAL.get(name, name)
