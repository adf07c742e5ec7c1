"""One log line to one Event, whatever carries it: who wrote it, when, of what."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from plegma.evidence.parse.carried import Carried
from plegma.evidence.parse.carriers import next_header, peel
from plegma.evidence.parse.lines import clean, shown
from plegma.evidence.parse.log_bodies import Body, body_of
from plegma.evidence.parse.log_events import recorded
from plegma.evidence.parse.log_sources import distinct_owner, owner_of
from plegma.evidence.parse.references import refs_in
from plegma.evidence.parse.words import words_of
from plegma.model.observations import Event, Origin, Stamp

_QUARTER = 900
_FARTHEST = 15 * 3600
_PROGRAMS = {
    "docker": "dockerd", "dockerd-current": "dockerd", "docker-current": "dockerd", "docker-containerd": "containerd", "cri-o": "crio",
    "auditd": "audit", "hyperkube": "kubelet", "origin-node": "kubelet", "atomic-openshift-node": "kubelet", "kubelite": "microk8s",
    "origin-master-api": "kube-apiserver", "atomic-openshift-master-api": "kube-apiserver", "apiserver": "kube-apiserver",
    "origin-master-controllers": "kube-controller-manager", "atomic-openshift-master-controllers": "kube-controller-manager",
    "kubenswrapper": "kubelet", "cri-containerd": "containerd", "containerd-shim-runc-v1": "containerd-shim",
    "containerd-shim-runc-v2": "containerd-shim", "k3s-agent": "k3s", "k3s-server": "k3s", "rke2-server": "rke2", "rke2-agent": "rke2",
    "controller-manager": "kube-controller-manager",
}  # fmt: skip
"""Identifiers in the journal that are another program's name."""
_OWN = words_of(
    """
    kubelet containerd dockerd crio kernel audit systemd etcd kube-apiserver kube-controller-manager kube-scheduler kube-proxy k3s rke2 k0s
    microk8s microshift coredns flanneld runc containerd-shim cri-dockerd dbus dbus-daemon systemd-logind
    """
)
_HOLDS = (("kubelite", "microk8s"), ("kubelet", "kubelet"), ("daemon-containerd", "containerd"), ("dockershim", "kubelet"))
_BECAME_UNREADY = '"Node became not ready"'
_HEARTBEAT = re.compile(r'"lastHeartbeatTime":"\d{4}(-\d\d-\d\dT\d\d:\d\d:\d\d)Z"')
_JSON_EDGE = re.compile(r"\}(?=\{\")")


class LogLine(Struct, frozen=True):
    """A log line taken apart: what carried it and what it says."""

    carried: Carried
    body: Body

    @property
    def recognised(self) -> bool:
        """Did a carrier or a known format show?"""
        return bool(self.carried.carrier or self.body.shape)

    @property
    def owner(self) -> str:
        """The program that wrote it, as far as the line itself tells: by its carrier, its content, its source file."""
        name = _PROGRAMS.get(self.carried.program, self.carried.program)
        if name in _OWN:
            return name
        known = next((program for part, program in _HOLDS if part in name), "") if name else self.body.program
        return known or owner_of(self.body) or name

    @property
    def lag(self) -> int | None:
        """Seconds by which the klog time is ahead of the syslog header, to 15 minutes; None when equal or not known."""
        outer, inner = self.carried.at, self.body.at
        if self.body.shape != "klog" or outer is None or inner is None or outer.wall is None or inner.wall is None:
            return None
        difference = (inner.wall - outer.wall.replace(year=inner.wall.year)).total_seconds()
        quarters = round(difference / _QUARTER)
        return quarters * _QUARTER if quarters and abs(difference) < _FARTHEST else None

    @property
    def at(self) -> Stamp | None:
        """When: by the one that says all (year and zone), else by the carrier, or by klog where both agree and it is finer."""
        outer, inner = self.carried.at, self.body.at
        if outer is None or inner is None:
            return outer or inner
        if inner.has_year and inner.offset is not None and not (outer.has_year and outer.offset is not None):
            return inner
        if self.lag is not None or outer.has_year != inner.has_year:
            return outer
        return inner if inner.grain < outer.grain else outer

    @property
    def zone(self) -> int | None:
        """Seconds east of UTC of the line's local times, where the line tells it."""
        outer, inner = self.carried.at, self.body.at
        if outer is not None and outer.offset is not None:
            return outer.offset
        offset = self._told_offset if inner is None or inner.offset is None else inner.offset
        if outer is None or inner is None or offset is None or outer.wall is None or inner.wall is None:
            return offset if outer is None else None
        local = (outer.wall.replace(year=inner.wall.year) - inner.wall).total_seconds() + offset
        return round(local / _QUARTER) * _QUARTER if abs(local) < _FARTHEST else None

    @property
    def _told_offset(self) -> int | None:
        """The zone of klog times by a line that also writes its own moment in UTC.

        pkg/kubelet/nodestatus/setters.go logs the condition right after it set its heartbeat to now.
        """
        inner = self.body.at
        if self.body.shape != "klog" or not self.body.message.startswith(_BECAME_UNREADY) or inner is None or inner.wall is None:
            return None
        if (told := _HEARTBEAT.search(self.body.message)) is None:
            return None
        try:
            difference = (inner.wall - datetime.fromisoformat(f"{inner.wall.year:04d}{told[1]}")).total_seconds()
        except ValueError:  # no day of the calendar
            return None
        return round(difference / _QUARTER) * _QUARTER if abs(difference) < _FARTHEST else None


def log_line(text: str) -> LogLine:
    """A cleaned line taken apart."""
    carried = peel(text)
    return LogLine(carried, body_of(carried.body))


def records_of(line: LogLine) -> Iterator[LogLine]:
    """The records on one line: a second one may follow where the terminal or the writer lost a line end."""
    while cut := _end_of_record(line):
        text = line.carried.body
        yield LogLine(line.carried, body_of(text[:cut]))
        line = log_line(text[cut:])
    yield line


def _end_of_record(line: LogLine) -> int:
    """Where the first record of the line ends and another begins, 0 when there is no other."""
    text = line.carried.body
    return next_header(text) or (match.end() if line.body.shape == "json" and (match := _JSON_EDGE.search(text)) else 0)


def log_event(line: LogLine, message: str, origin: Origin, text: str, default: str, known: Mapping[str, str]) -> Event:
    """The Event of a log line with this whole message; `default` names the program where the line's header does not."""
    carried = line.carried
    said = {"node": carried.host, "pod": carried.pod, "namespace": carried.namespace, "container": carried.container}
    refs = {key: value for key, value in said.items() if value} | dict(known)
    if (event := recorded(message)) is not None:
        return Event("k8s-event", event.message, origin, text, line.at, reason=event.reason, refs={**refs, **event.refs})
    return Event(_component(line, default), message, origin, text, at=line.at, count=line.body.count, refs=refs_in(message, refs))


def _component(line: LogLine, default: str) -> str:
    if line.carried.program or not default:
        return line.owner or ("pod-log" if line.carried.pod else "")
    return line.body.program or (distinct_owner(line.body) if default == "pod-log" else "") or default


def line_event(line: str, number: int, artifact: str, default_component: str, default_refs: Mapping[str, str]) -> Event | None:
    """The Event of one raw line of a log with any carrier; None for a blank line. For readers of huge logs."""
    text = clean(line)
    if not text:
        return None
    parts = log_line(text)
    return log_event(parts, parts.body.message, Origin(artifact, number), shown(line), default_component, default_refs)
