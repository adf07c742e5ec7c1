"""`docker ps -a`, or `crictl pods` and `crictl ps -a`, and the CNI configuration."""

from plegma.lab.cri.records import ContainerRow, SandboxRow
from plegma.lab.effects import NetworkMissing
from plegma.lab.nodes import Node
from plegma.lab.worlds import World
from plegma.lab.writing.tables import table


def ago(value: float) -> str:
    """docker's and crictl's ages (docker/go-units HumanDuration)."""
    s = int(value)
    for size, name in ((86400 * 14, "weeks"), (86400 * 2, "days"), (7200, "hours"), (120, "minutes")):
        if s >= size:
            unit = {"weeks": 604800, "days": 86400, "hours": 3600, "minutes": 60}[name]
            return f"{s // unit} {name}"
    return "About a minute" if s >= 60 else f"{s} seconds"


def docker_ps(world: World, node: Node) -> str:
    """`docker ps -a`."""
    rows = [["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"]]
    for uid, containers in node.runtime.containers.items():
        rows += [_docker_container(world, uid, c) for c in reversed(containers) if uid in world.api.pods]
    for uid, sandboxes in node.runtime.sandboxes.items():
        rows += [_docker_sandbox(world, uid, s) for s in sandboxes if not s.checkpoint_only and uid in world.api.pods]
    return table(rows)


def _docker_container(world: World, uid: str, row: ContainerRow) -> list[str]:
    spec = world.api.pods[uid].spec
    status = "Created"
    if row.removing:
        status = "Removal In Progress"
    elif row.state == "Running":
        status = f"Up {ago(world.now - row.started)}"
    elif row.exit:
        status = f"Exited ({row.exit.code}) {ago(world.now - row.exit.finished)} ago"
    name = f"k8s_{spec.container}_{spec.name}_{spec.namespace}_{uid}_{row.attempt}"
    return [row.id[:12], spec.image, '"/entrypoint.sh"', f"{ago(world.now - row.created)} ago", status, "", name]


def _docker_sandbox(world: World, uid: str, row: SandboxRow) -> list[str]:
    spec = world.api.pods[uid].spec
    since = ago(world.now - row.created)
    status = f"Up {since}" if row.ready else f"Exited (137) {since} ago"
    name = f"k8s_POD_{spec.name}_{spec.namespace}_{uid}_{row.attempt}"
    return [row.id[:12], "k8s.gcr.io/pause:3.1", '"/pause"', f"{since} ago", status, "", name]


def crictl(world: World, node: Node) -> str:
    """`crictl pods` and `crictl ps -a`, as pasted from a shell."""
    pods = [["POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME"]]
    containers = [["CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID", "POD"]]
    for uid, pod in world.api.pods.items():
        spec = pod.spec
        for sandbox in node.runtime.sandboxes.get(uid, ()):
            state = "Ready" if sandbox.ready else "NotReady"
            made = f"{ago(world.now - sandbox.created)} ago"
            pods.append([sandbox.id[:13], made, state, spec.name, spec.namespace, str(sandbox.attempt), "(default)"])
        for row in reversed(node.runtime.containers.get(uid, [])):
            made = f"{ago(world.now - row.created)} ago"
            containers.append(
                [row.id[:13], row.sandbox[:13], made, row.state, spec.container, str(row.attempt), row.sandbox[:13], spec.name]
            )
    return f"# crictl pods\n{table(pods)}# crictl ps -a\n{table(containers)}"


def cni_files(world: World, node: Node) -> str:
    """`ls -l /etc/cni/net.d /opt/cni/bin`."""
    gone = any(isinstance(e, NetworkMissing) for e in world.effects_on(node))
    size = 292 + node.index
    config = "" if gone else f"-rw-r--r-- 1 root root {size} Jan 12 09:14 10-bridge.conflist\n"
    plugins = "".join(
        f"-rwxr-xr-x 1 root root {2_200_000 + 9173 * i} Jan 12 09:14 {n}\n"
        for i, n in enumerate(("bridge", "host-local", "loopback", "portmap"))
    )
    return f"# ls -l /etc/cni/net.d\ntotal {0 if gone else 4}\n{config}# ls -l /opt/cni/bin\ntotal 9012\n{plugins}"
