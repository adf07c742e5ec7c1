"""One log line to one Event, whatever carries it: who wrote it, when, of what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from plegma.evidence.parse.carriers import Carried, peel
from plegma.evidence.parse.lines import clean, shown
from plegma.evidence.parse.log_bodies import Body, body_of
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event, Origin, Stamp

_QUARTER = 900

_PROGRAMS = {
    "docker": "dockerd", "dockerd-current": "dockerd", "docker-containerd": "containerd", "cri-o": "crio", "crio": "crio",
    "kernel": "kernel", "audit": "audit", "auditd": "audit", "hyperkube": "kubelet", "kubelet-wrapper": "kubelet",
}  # fmt: skip
_SOURCES = {
    "kubelet": (
        "kubelet.go pod_workers.go generic.go kuberuntime_manager.go kuberuntime_sandbox.go kuberuntime_container.go kuberuntime_gc.go"
        " kuberuntime_image.go kubelet_node_status.go kubelet_volumes.go kubelet_getters.go setters.go remote_runtime.go remote_image.go"
        " eviction_manager.go image_gc_manager.go docker_sandbox.go docker_service.go docker_container.go cni.go scope.go status_manager.go"
        " prober.go prober_manager.go nestedpendingoperations.go reconciler.go reconciler_common.go operation_generator.go"
        " desired_state_of_world_populator.go container_manager_linux.go cpu_manager.go fsHandler.go cri_stats_provider.go"
        " kubelet_pods.go pod_container_deletor.go plugin_watcher.go volume_manager.go run.go swap_util.go qos_container_manager_linux.go"
    ),
    "kube-proxy": "proxier.go server_others.go",
    "kube-controller-manager": "controllermanager.go node_lifecycle_controller.go range_allocator.go cidr_allocator.go",
    "kube-scheduler": "schedule_one.go scheduler.go factory.go",
    "kube-apiserver": "dispatcher.go controlbuf.go available_controller.go",
}
_BY_SOURCE = {name: program for program, names in _SOURCES.items() for name in names.split()}


@dataclass(frozen=True, slots=True)
class LogLine:
    """A log line taken apart: what carried it and what it says."""

    carried: Carried
    body: Body

    @property
    def recognised(self) -> bool:
        """Did a carrier or a known format show?"""
        return bool(self.carried.carrier or self.body.shape)

    @property
    def lag(self) -> int | None:
        """Seconds by which the klog time is ahead of the syslog header, to 15 minutes; None when equal or not known."""
        outer, inner = self.carried.at, self.body.at
        if self.body.shape != "klog" or outer is None or inner is None or outer.wall is None or inner.wall is None:
            return None
        difference = (inner.wall - outer.wall.replace(year=inner.wall.year)).total_seconds()
        quarters = round(difference / _QUARTER)
        return quarters * _QUARTER if quarters and abs(difference) < 15 * 3600 else None

    @property
    def at(self) -> Stamp | None:
        """When: by the carrier; by klog where both clocks agree and klog is the finer."""
        outer, inner = self.carried.at, self.body.at
        if outer is None or inner is None:
            return outer or inner
        if self.lag is not None or outer.has_year != inner.has_year:
            return outer
        return inner if inner.grain < outer.grain else outer


def log_line(text: str) -> LogLine:
    """A cleaned line taken apart."""
    carried = peel(text)
    return LogLine(carried, body_of(carried.body))


def component_of(line: LogLine, default: str) -> str:
    """The program that wrote the line: by its carrier, its content, its klog source file, else the default."""
    name = line.carried.program
    if name:
        return _PROGRAMS.get(name, name)
    return line.body.program or (default if default else _BY_SOURCE.get(line.body.source.rsplit("/", 1)[-1], ""))


def log_event(line: LogLine, message: str, origin: Origin, text: str, default: str, known: Mapping[str, str]) -> Event:
    """The Event of a log line with this whole message."""
    refs = dict(known)
    if line.carried.host:
        refs.setdefault("node", line.carried.host)
    return Event(component_of(line, default), message, origin, text, at=line.at, refs=refs_in(message, refs))


def line_event(line: str, number: int, artifact: str, default_component: str, default_refs: Mapping[str, str]) -> Event | None:
    """The Event of one raw line of a log with any carrier; None for a blank line. For readers of huge logs."""
    text = clean(line)
    if not text:
        return None
    parts = log_line(text)
    return log_event(parts, parts.body.message, Origin(artifact, number), shown(line), default_component, default_refs)


def with_message(line: LogLine, message: str) -> LogLine:
    """The same line with another message."""
    return replace(line, body=replace(line.body, message=message))


WORD = re.compile(r"[a-z][a-z0-9-]+")
