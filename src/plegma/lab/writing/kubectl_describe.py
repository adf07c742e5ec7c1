"""`kubectl describe pods|nodes`."""

from plegma.lab.api import ApiEvent
from plegma.lab.controllers import owner
from plegma.lab.housekeeping import renewed, reported
from plegma.lab.nodes import Node
from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.kubectl_lists import event_lines, ordered, teller
from plegma.lab.writing.pod_views import PodView, memory, pod_views
from plegma.lab.writing.tables import table


def describe_pods(world: World, clock: Clock) -> str:
    """All pods' descriptions, two empty lines between."""
    return "\n\n".join(described_pods(world, clock).values())


def described_pods(world: World, clock: Clock) -> dict[tuple[str, str], str]:
    """(namespace, name) -> the pod's description."""
    events = ordered(world)
    return {
        (view.pod.spec.namespace, view.pod.spec.name): _pod(world, view, [e for e in events if e.uid == view.pod.spec.uid], clock)
        for view in pod_views(world)
    }


def _pod(world: World, view: PodView, events: list[ApiEvent], clock: Clock) -> str:
    pod, spec = view.pod, view.pod.spec
    kind, name = owner(pod.workload)
    place = f"{pod.node}/{view.node.ip}" if view.node else "<none>"
    lines = [f"Name:           {spec.name}", f"Namespace:      {spec.namespace}", f"Node:           {place}"]
    if pod.scheduled is not None:
        lines.append(f"Start Time:     {clock.rfc1123(pod.scheduled, pod.node)}")
    lines += [f"Labels:         app={pod.workload.name}", f"Status:         {view.phase}"]
    if pod.reason:
        lines += [f"Reason:         {pod.reason}", f"Message:        {pod.message}"]
    lines += [
        f"IP:             {'' if view.ip == '<none>' else view.ip}",
        f"Controlled By:  {kind}/{name}",
        "Containers:",
        f"  {spec.container}:",
    ]
    lines += _container(world, view, clock)
    ready = str(view.ready)
    lines += ["Conditions:", "  Type              Status", "  Initialized       True ", f"  Ready             {ready} ",
              f"  ContainersReady   {ready} ", f"  PodScheduled      {pod.scheduled is not None} "]  # fmt: skip
    return "\n".join(lines) + "\n" + event_lines(events, clock, not world.profile.structured)


def _container(world: World, view: PodView, clock: Clock) -> list[str]:
    prefix = world.profile.runtime
    out = [
        f"    Container ID:   {f'{prefix}://{view.container_id}' if view.container_id else ''}",
        f"    Image:          {view.pod.spec.image}",
    ]
    if view.running is not None:
        out += ["    State:          Running", f"      Started:      {clock.rfc1123(view.running, view.pod.node)}"]
    elif view.waiting[0]:
        out += ["    State:          Waiting", f"      Reason:       {view.waiting[0]}"]
    elif view.last:
        out += _ended("State:          Terminated", view, clock)
    if view.last and (view.running is not None or view.waiting[0]):
        out += _ended("Last State:     Terminated", view, clock)
    asked = [line for kind, size in memory(world, view.pod).items() for line in (f"    {kind.title()}:", f"      memory:  {size}")]
    return [*out, f"    Ready:          {view.ready}", f"    Restart Count:  {view.restarts}", *asked]


def _ended(head: str, view: PodView, clock: Clock) -> list[str]:
    last = view.last
    assert last is not None
    out = [f"    {head}", f"      Reason:       {last.reason}"]
    if last.message:
        out.append(f"      Message:      {last.message}")
    times = [
        f"      Started:      {clock.rfc1123(last.started, view.pod.node)}",
        f"      Finished:     {clock.rfc1123(last.finished, view.pod.node)}",
    ]
    return [*out, f"      Exit Code:    {last.code}", *times]


def describe_nodes(world: World, clock: Clock) -> str:
    """All nodes' descriptions."""
    return "\n\n".join(described_nodes(world, clock).values())


def described_nodes(world: World, clock: Clock) -> dict[str, str]:
    """Name -> the node's description."""
    events = ordered(world)
    return {
        n.name: _node(world, n, [e for e in events if e.object == n.name and e.namespace == "default"], clock) for n in world.nodes.values()
    }


def _node(world: World, node: Node, events: list[ApiEvent], clock: Clock) -> str:
    taints = sorted(world.api.taints[node.name])
    lines = [f"Name:               {node.name}", "Roles:              <none>", f"CreationTimestamp:  {clock.rfc1123(0)}"]
    effects = [f"{t}:NoSchedule" for t in taints]
    lines.append(f"Taints:             {effects[0] if effects else '<none>'}")
    lines += [f"                    {t}" for t in effects[1:]]
    lines.append("Unschedulable:      false")
    if world.profile.leases:
        lines += ["Lease:", f"  HolderIdentity:  {node.name}", f"  RenewTime:       {clock.rfc1123(renewed(world, node), node.name)}"]
    rows = [["Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message"],
            ["----", "------", "-----------------", "------------------", "------", "-------"]]  # fmt: skip
    for condition in world.api.conditions[node.name].values():
        beat = clock.rfc1123(reported(world, node) if condition.beat is None else condition.beat, node.name)
        rows.append(
            [
                condition.type,
                condition.status,
                beat,
                clock.rfc1123(condition.changed, teller(node.name, condition)),
                condition.reason,
                condition.message,
            ]
        )
    lines.append("Conditions:")
    body = "".join(f"  {line}\n" for line in table(rows).splitlines())
    versions = f"  Container Runtime Version:  {world.profile.runtime_version}\n  Kubelet Version:            {world.profile.kubelet}\n"
    system = f"System Info:\n{versions}"
    address = f"Addresses:\n  InternalIP:  {node.ip}\n  Hostname:    {node.name}\n"
    return "\n".join(lines) + "\n" + body + address + system + event_lines(events, clock, not world.profile.structured)
