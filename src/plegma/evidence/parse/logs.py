"""Runs of log lines, with what was wrapped or continues over several lines."""

import re
from collections.abc import Iterator
from datetime import date

from plegma.evidence.parse.blocks import Block, Context, Document, has_cjk, is_elision, is_fence, next_filled
from plegma.evidence.parse.commands import Command, prompt_command
from plegma.evidence.parse.joins import join_wrapped
from plegma.evidence.parse.log_lines import LogLine, component_of, log_event, log_line
from plegma.evidence.parse.parsed import NO_HINTS, ClockHints, first_said
from plegma.evidence.parse.stamps import ZONES, absolute
from plegma.model.observations import Event, Origin

_HEADER = re.compile(
    r"\s*-- (?:Logs begin at|Journal begins at|Boot |Reboot|No entries|Logs? |cursor|.{0,40}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: ([A-Z]{2,5}|[+-]\d{4}))?")
_ROTATED = re.compile(r"-(\d{4})(\d\d)(\d\d)(?=\D|$)")
_MAX_CONTINUED = 400

_WELL_KNOWN = (
    "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "etcd", "coredns", "calico-node", "cilium-agent",
    "cilium", "flannel", "kubelet", "containerd", "dockerd", "docker", "crio", "cri-o", "kube-router", "k3s", "rke2", "ipamd", "weave",
)  # fmt: skip
_EVIDENCE = {
    "kubelet": "kubelet-log", "containerd": "runtime-log", "dockerd": "runtime-log", "crio": "runtime-log", "kernel": "kernel-log",
    "audit": "kernel-log", "kube-apiserver": "apiserver-log", "etcd": "etcd-log", "kube-controller-manager": "controller-log",
    "calico-node": "cni-agent-log", "cilium-agent": "cni-agent-log", "flannel": "cni-agent-log", "kube-router": "cni-agent-log",
    "ipamd": "cni-agent-log", "pod-log": "pod-log",
}  # fmt: skip


def logs(document: Document, index: int, context: Context) -> Block | None:
    """A run of log records that starts here."""
    if not _begins(document.lines[index]):
        return None
    default, at, hints = default_component(context), index, _name_hints(context)
    events: list[Event] = []
    while (at := _over_gap(document, at)) >= 0:
        line = document.lines[at]
        if _HEADER.match(line):
            hints, at = first_said(hints, _header_hints(line)), at + 1
        elif is_elision(line):
            at += 1
        else:
            parts = log_line(line)
            end = _end_of_record(document, at, parts)
            events.append(_event(document, at, end, parts, default))
            hints, at = first_said(hints, ClockHints(carrier_lag=parts.lag, zone=_zone(parts))), end
        last = at
    components = tuple(sorted({event.component for event in events if event.component}))
    evidence = tuple(sorted({_EVIDENCE[name] for name in components if name in _EVIDENCE}))
    return Block("log", last, tuple(events), hints=hints, components=components, evidence=evidence)


def _begins(line: str) -> bool:
    return bool(_HEADER.match(line)) or (bool(line) and prompt_command(line) is None and log_line(line).recognised)


def _over_gap(document: Document, at: int) -> int:
    ahead = next_filled(document, at)
    if ahead < 0:
        return -1
    line = document.lines[ahead]
    if is_elision(line):
        further = next_filled(document, ahead + 1)
        return ahead if further >= 0 and _begins(document.lines[further]) else -1
    return ahead if _begins(line) else -1


def _end_of_record(document: Document, at: int, parts: LogLine) -> int:
    end = at + 1
    while end < min(len(document.lines), at + _MAX_CONTINUED) and _continues(document.lines[end], parts):
        end += 1
    return end


def _continues(line: str, parts: LogLine) -> bool:
    if not line or is_fence(line) or is_elision(line) or has_cjk(line) or _HEADER.match(line) or prompt_command(line) is not None:
        return False
    return not log_line(line).recognised


def _event(document: Document, at: int, end: int, parts: LogLine, default: str) -> Event:
    pieces = (parts.body.message, *document.lines[at + 1 : end])
    message = join_wrapped(document, at, pieces)
    return log_event(parts, message, Origin(document.artifact, at + 1), document.shown[at], default, {})


def _zone(parts: LogLine) -> int | None:
    return next((stamp.offset for stamp in (parts.carried.at, parts.body.at) if stamp is not None and stamp.offset is not None), None)


def _header_hints(line: str) -> ClockHints:
    moments = [(absolute(match.group()), match[1]) for match in _MOMENT.finditer(line)]
    walls = [stamp.wall for stamp, _ in moments if stamp is not None]
    name = next((zone for _, zone in moments if zone), "")
    ends = walls[1] if len(walls) > 1 else None
    return ClockHints(ZONES.get(name), name, walls[0] if walls else None, ends)


def _name_hints(context: Context) -> ClockHints:
    for name in (*context.command.argv, context.artifact):
        if match := _ROTATED.search(name):
            try:
                return ClockHints(rotated=date(int(match[1]), int(match[2]), int(match[3])))
            except ValueError:
                continue
    return NO_HINTS


def default_component(context: Context) -> str:
    """The program whose log this is, by the command above it, else by the artifact's name; "" when neither tells."""
    return _by_command(context.command) or _by_name(context.artifact)


def _by_command(command: Command) -> str:
    if command.program == "journalctl":
        return _normal(command.flag("-u", "--unit", "-xeu", "-xu").removesuffix(".service"))
    if command.program == "dmesg":
        return "kernel"
    if "logs" in command.words[:1] and command.program in ("kubectl", "docker", "crictl", "nerdctl"):
        return next(_known_in(" ".join(command.words[1:])), "pod-log")
    return next(_known_in(" ".join(command.argv[1:])), "") if command.argv else ""


def _by_name(artifact: str) -> str:
    name = artifact.replace("!", "/").rsplit("/", 1)[-1].lower()
    known = next(_known_in(name), "")
    if not known and re.match(r"(?:pod|app|container)s?[-_.]?logs?\b|pod\.log", name):
        return "pod-log"
    return known or ("kernel" if name.startswith(("dmesg", "kern.log")) else "")


def _known_in(text: str) -> Iterator[str]:
    yield from (_normal(name) for name in _WELL_KNOWN if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text))


def _normal(name: str) -> str:
    return {"docker": "dockerd", "cri-o": "crio", "cilium": "cilium-agent"}.get(name, name)


__all__ = ["component_of", "default_component", "logs"]
