"""A node's logs: the kubelet's klog in a journal or a syslog, the runtime's log, the kernel's ring."""

from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone

from plegma.agent.pleg import go_duration
from plegma.lab.nodes import Line, Node
from plegma.lab.worlds import World
from plegma.lab.writing import kernel_wordings
from plegma.lab.writing.clocks import Clock, syslog_stamp
from plegma.lab.writing.klog_wordings import NEW, OLD, quoted, render

DAYS = "月火水木金土日"


def klog_lines(world: World, node: Node, clock: Clock, lines: Iterable[Line]) -> Iterator[tuple[float, str, str]]:
    """Each statement as (second, program, text); klog stamps are local time."""
    table = NEW if world.profile.structured else OLD
    pid = 1200 + node.index * 37
    for line in lines:
        if not line.what or line.what == "systemd":
            yield line.at, "systemd" if line.what else "kubelet", _stamped(clock, node, pid, line)
            continue
        rows = node.runtime.sandboxes.get(line.values.get("uid", "")) or []
        values = {"node": node.name, "sandbox": rows[0].id if rows else "0" * 64, **_times(clock, node, line), **line.values}
        for number, (severity, where, template) in enumerate(table.get(line.what, ())):
            moment = clock.local(line.at + number * 0.000061, node)
            head = f"{severity}{moment:%m%d %H:%M:%S.%f} {pid:>7} {where}] "
            yield line.at, "kubelet", head + render(template, values)


PLUGINS = (("secret", "secret"), ("configmap", "configmap"), ("csi", "csi"), ("nfs", "nfs"), ("hostPath", "host-path"))


def _times(clock: Clock, node: Node, line: Line) -> dict[str, str]:
    """Values that hold a time, and a volume's full name, which the kubelet works out from the text that it has."""
    out = {"time": (clock.start + timedelta(seconds=line.at + clock.skew)).strftime("%Y-%m-%dT%H:%M:%SZ")}
    if delay := line.values.get("delay"):
        until, error = clock.local(line.at + float(delay), node), line.values["error"]
        out["until"] = f"{until:%Y-%m-%d %H:%M:%S.%f}451 {until:%z} {clock.zone} m=+{line.at + 812.5:.9f}"
        out["wait"] = "500ms" if delay == "0.5" else go_duration(float(delay))
        out["volume"] = error.partition('volume "')[2].partition('"')[0]
        out["plugin"] = "kubernetes.io/" + next((name for word, name in PLUGINS if word in error), "projected")
    return out


def _stamped(clock: Clock, node: Node, pid: int, line: Line) -> str:
    text = line.values["text"]
    if text[:1] in "IWEF" and text[1:2] == " ":
        return f"{text[0]}{clock.local(line.at, node):%m%d %H:%M:%S.%f} {pid:>7} {text[2:]}"
    return text


def journal(world: World, node: Node, clock: Clock) -> str:
    """`journalctl -u kubelet`."""
    out = [_journal_head(world, clock)] if not world.profile.structured else []
    pid = 1200 + node.index * 37
    for at, program, text in klog_lines(world, node, clock, node.logs["kubelet"]):
        number = 1 if program == "systemd" else pid
        out.append(f"{syslog_stamp(clock.local(at, node), clock.japanese)} {node.name} {program}[{number}]: {text}")
    return "\n".join(out) + "\n" if len(out) > 1 else "-- No entries --\n"


def _journal_head(world: World, clock: Clock) -> str:
    first, last = clock.local(0), clock.local(world.now)
    days = [DAYS[m.weekday()] if clock.japanese else f"{m:%a}" for m in (first, last)]
    return f"-- Logs begin at {days[0]} {first:%Y-%m-%d %H:%M:%S} {clock.zone}, end at {days[1]} {last:%Y-%m-%d %H:%M:%S} {clock.zone}. --"


def syslog(world: World, node: Node, clock: Clock, lines: Iterable[Line]) -> str:
    """/var/log/messages: the header in UTC, as a container's rsyslog writes it, around klog's local time."""
    out = []
    for at, program, text in klog_lines(world, node, clock, lines):
        out.append(f"{syslog_stamp(clock.local(at, node).astimezone(timezone.utc))} {node.name} {program}: {text}")  # noqa: UP017
    return "\n".join(out) + "\n"


WHO = "&PodSandboxMetadata{Name:{pod},Uid:{uid},Namespace:{namespace},Attempt:{attempt},}"
RUNTIME: dict[str, tuple[tuple[float, str, str, str], ...]] = {
    "run-sandbox": ((-0.09, "info", f"RunPodSandbox for {WHO}", ""), (0, "info", f'RunPodSandbox for {WHO} returns sandbox id "{{id}}"', "")),
    "create-container": (
        (-0.015, "info", 'CreateContainer within sandbox "{sandbox}" for container &ContainerMetadata{Name:{name},Attempt:{attempt},}', ""),
        (0, "info", 'CreateContainer within sandbox "{sandbox}" for &ContainerMetadata{Name:{name},Attempt:{attempt},} returns container id "{id}"', ""),
    ),
    "start-container": ((-0.06, "info", 'StartContainer for "{id}"', ""), (0, "info", 'StartContainer for "{id}" returns successfully', "")),
    "stop-sandbox": ((-0.04, "info", 'StopPodSandbox for "{id}"', ""), (0, "info", 'StopPodSandbox for "{id}" returns successfully', "")),
    "oom": ((0, "info", "TaskOOM event &TaskOOM{ContainerID:{id},XXX_unrecognized:[],}", ""),),
    "shim-gone": (
        (0, "info", "shim disconnected", " id={id}"),
        (0.00006, "warning", "cleaning up after shim disconnected", " id={id} namespace=k8s.io"),
        (0.00007, "info", "cleaning up dead shim", ""),
    ),
}  # fmt: skip
"""Lines of containerd 1.6 for a call that has ended: seconds from its end, level, message, and further fields."""


def runtime_log(world: World, node: Node, clock: Clock) -> str:
    """containerd's or dockerd's own lines in logfmt."""
    told = sorted((pair for line in node.logs["runtime"] for pair in _runtime_lines(world, line)), key=lambda pair: pair[0])
    return "".join(f"{text.replace('{time}', _nanoseconds(clock, at))}\n" for at, text in told)


def _runtime_lines(world: World, line: Line) -> Iterator[tuple[float, str]]:
    if not line.what:
        yield line.at, line.values["text"]
    elif line.what == "error":
        message, _, error = line.values["text"].partition("|")
        tail = f" error={quoted(error)}" if error else ""
        yield line.at, f'time="{{time}}" level=error msg={quoted(message)}{tail}'
    elif world.profile.runtime != "docker":
        for after, level, template, fields in RUNTIME[line.what]:
            message = quoted(render(template, line.values))
            yield line.at + after, f'time="{{time}}" level={level} msg={message}{render(fields, line.values)}'


def _nanoseconds(clock: Clock, at: float) -> str:
    return (clock.start + timedelta(seconds=at + clock.skew)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "137Z"


def dmesg(world: World, node: Node) -> str:
    """The kernel's ring since boot, in seconds."""
    first, table = kernel_wordings.KERNELS[world.profile.name]
    boot = [f"[    0.000000] {first}"]
    said = [f"[{line.at + 8.214:12.6f}] {text}" for line in node.logs["kernel"] for text in _kernel_lines(table, line)]
    return "\n".join([*boot, *said]) + "\n"


def _kernel_lines(table: kernel_wordings.Table, line: Line) -> tuple[str, ...]:
    return tuple(render(text, line.values) for text in table[line.what]) if line.what else (line.values["text"],)
