"""`kubectl get pods|nodes|events`."""

from plegma.lab.api import ApiEvent, Condition
from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.pod_views import PodView, pod_views
from plegma.lab.writing.tables import table

SYSTEMS = {
    "v1.12": ("CentOS Linux 7 (Core)", "3.10.0-862.14.4.el7.x86_64"),
    "v1.28": ("Ubuntu 22.04.4 LTS", "5.15.0-113-generic"),
    "v1.36": ("Ubuntu 24.04.2 LTS", "6.8.0-60-generic"),
}
KINDS = {
    "PersistentVolumeClaim": "persistentvolumeclaim",
    "ReplicaSet": "replicaset",
    "DaemonSet": "daemonset",
    "Deployment": "deployment",
    "Pod": "pod",
    "Node": "node",
}


def pods_table(world: World, clock: Clock) -> str:
    """`kubectl get pods -A -o wide`."""
    head = ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE", "NOMINATED NODE", "READINESS GATES"]
    return table([head, *[_pod_row(world, v, clock) for v in pod_views(world)]])


def _pod_row(world: World, view: PodView, clock: Clock) -> list[str]:
    spec = view.pod.spec
    restarts = str(view.restarts)
    if view.restarts and view.last and world.profile.structured:
        restarts += f" ({clock.age(view.last.finished, view.node.name if view.node else '')} ago)"
    return [spec.namespace, spec.name, f"{int(view.ready)}/1", view.status, restarts, clock.age(view.pod.created), view.ip,
            view.pod.node or "<none>", "<none>", "<none>"]  # fmt: skip


def nodes_table(world: World, clock: Clock) -> str:
    """`kubectl get nodes -o wide`."""
    head = ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"]
    system = SYSTEMS[world.profile.name]
    rows = [head]
    for node in world.nodes.values():
        ready = world.api.conditions[node.name]["Ready"].status
        status = "Ready" if ready == "True" else "NotReady"
        rows.append(
            [node.name, status, "<none>", clock.age(0), world.profile.kubelet, node.ip, "<none>", *system, world.profile.runtime_version]
        )
    return table(rows)


def teller(node: str, condition: Condition) -> str:
    """Whose clock a condition's last change was told by: the node's own, unless the node controller wrote it."""
    return node if condition.beat is None else ""


def ordered(world: World) -> list[ApiEvent]:
    """Events of the API's last hour (its time to live), by when last seen."""
    kept = [e for e in world.api.events.values() if world.now - e.series.last <= 3600]
    return sorted(kept, key=lambda e: (e.series.last, e.series.first, e.object, e.series.happening.reason))


def events_table(world: World, clock: Clock) -> str:
    """`kubectl get events -A`."""
    rows = [["NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]]
    for event in ordered(world):
        what = event.series.happening
        kind = KINDS[what.kind]
        rows.append(
            [event.namespace, clock.age(event.series.last, event.host), _type(event), what.reason, f"{kind}/{event.object}", what.message]
        )
    return table(rows) if len(rows) > 1 else "No resources found\n"


def _type(event: ApiEvent) -> str:
    return "Warning" if event.series.happening.warning else "Normal"


def event_lines(events: list[ApiEvent], clock: Clock, old: bool) -> str:
    """The Events section of `kubectl describe`."""
    if not events:
        return "Events:  <none>\n"
    rows = [["Type", "Reason", "Age", "From", "Message"], ["----", "------", "----", "----", "-------"]]
    for event in events:
        series = event.series
        age = clock.age(series.last, event.host)
        if series.count > 1:
            age += f" (x{series.count} over {clock.age(series.first, event.host)})"
        source = f"{event.component}, {event.host}" if old and event.host else event.component
        rows.append([_type(event), series.happening.reason, age, source, series.happening.message])
    return "Events:\n" + "".join(f"  {line}\n" for line in table(rows, 2).splitlines())
