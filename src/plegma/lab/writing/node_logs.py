"""A node's logs: the kubelet's klog in a journal or a syslog, the runtime's log, the kernel's ring."""

from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone

from plegma.agent.pleg import go_duration
from plegma.lab.nodes import Line, Node
from plegma.lab.worlds import World
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


RUNTIME = {
    "run-sandbox": ("info", "RunPodSandbox for &PodSandboxMetadata{Name:{pod},Uid:{uid},Namespace:{namespace},Attempt:0,} returns sandbox id \"{id}\""),
    "create-container": ("info", "CreateContainer within sandbox \"{sandbox}\" for &ContainerMetadata{Name:{name},Attempt:{attempt},} returns container id \"{id}\""),
    "start-container": ("info", 'StartContainer for "{id}" returns successfully'),
    "stop-sandbox": ("info", 'StopPodSandbox for "{id}" returns successfully'),
    "shim-gone": ("info", "shim disconnected"),
}  # fmt: skip


def runtime_log(world: World, node: Node, clock: Clock) -> str:
    """containerd's or dockerd's own lines in logfmt."""
    docker = world.profile.runtime == "docker"
    out = []
    for line in node.logs["runtime"]:
        moment = (clock.start + timedelta(seconds=line.at)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "137Z"
        if not line.what:
            out.append(line.values["text"].replace("{time}", moment))
        elif line.what == "error":
            message, _, error = line.values["text"].partition("|")
            tail = f" error={quoted(error)}" if error else ""
            out.append(f'time="{moment}" level=error msg={quoted(message)}{tail}')
        elif not docker:
            level, template = RUNTIME[line.what]
            out.append(f'time="{moment}" level={level} msg={quoted(render(template, line.values))}')
    return "\n".join(out) + "\n" if out else ""


KERNELS = {
    "v1.12": "Linux version 3.10.0-862.14.4.el7.x86_64 (mockbuild@kbuilder.example.com) #1 SMP",
    "v1.28": "Linux version 5.15.0-113-generic (buildd@builder) #123-Ubuntu SMP",
    "v1.36": "Linux version 6.8.0-60-generic (buildd@builder) #63-Ubuntu SMP PREEMPT_DYNAMIC",
}


def dmesg(world: World, node: Node) -> str:
    """The kernel's ring since boot, in seconds."""
    boot = [f"[    0.000000] {KERNELS[world.profile.name]}"]
    said = [f"[{line.at + 8.214:12.6f}] {line.values['text']}" for line in node.logs["kernel"]]
    return "\n".join([*boot, *said]) + "\n"
