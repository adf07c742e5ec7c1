"""`docker ps -a`, or `crictl pods` and `crictl ps -a`; and what these say when the runtime does not answer."""

from plegma.lab.cri.records import ContainerRow, SandboxRow
from plegma.lab.cri.runtimes import Health
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


SOCKET = "unix:///run/containerd/containerd.sock"
DOCKER = {
    Health.refusing: "# docker ps -a\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n",
    Health.hanging: "# docker ps -a\n^C\n",
}
CRICTL = {
    Health.refusing: 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix '
    '/run/containerd/containerd.sock: connect: connection refused"',
    Health.hanging: "rpc error: code = DeadlineExceeded desc = context deadline exceeded",
}
"""docker has no deadline of its own: whoever asks gives up. crictl gives up after 2 s, when it asks for the runtime's version."""


def docker_ps(world: World, node: Node) -> str:
    """`docker ps -a`."""
    if node.runtime.health is not Health.serving:
        return DOCKER[node.runtime.health]
    rows = [["CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES"]]
    for uid, containers in node.runtime.containers.items():
        rows += [_docker_container(world, uid, c) for c in reversed(containers)]
    for uid, sandboxes in node.runtime.sandboxes.items():
        rows += [_docker_sandbox(world, uid, s) for s in sandboxes if not s.checkpoint_only]
    return table(rows)


def _docker_container(world: World, uid: str, row: ContainerRow) -> list[str]:
    spec = row.spec or world.api.pods[uid].spec
    status = "Created"
    if row.removing:
        status = "Removal In Progress"
    elif row.state == "Running":
        status = f"Up {ago(world.now - row.started)}"
    elif row.exit and row.started:  # docker says Created of one that could not be started
        status = f"Exited ({row.exit.code}) {ago(world.now - row.exit.finished)} ago"
    name = f"k8s_{spec.container}_{spec.name}_{spec.namespace}_{uid}_{row.attempt}"
    return [row.id[:12], spec.image, '"/entrypoint.sh"', f"{ago(world.now - row.created)} ago", status, "", name]


def _docker_sandbox(world: World, uid: str, row: SandboxRow) -> list[str]:
    spec = row.spec or world.api.pods[uid].spec
    since = ago(world.now - row.created)
    status = f"Up {since}" if row.ready else f"Exited (137) {ago(world.now - (row.ended or row.created))} ago"
    name = f"k8s_POD_{spec.name}_{spec.namespace}_{uid}_{row.attempt}"
    return [row.id[:12], "k8s.gcr.io/pause:3.1", '"/pause"', f"{since} ago", status, "", name]


def crictl(world: World, node: Node) -> str:
    """`crictl pods` and `crictl ps -a`, as pasted from a shell."""
    if error := CRICTL.get(node.runtime.health):
        fatal = f'FATA[0002] validate service connection: validate CRI v1 runtime API for endpoint "{SOCKET}": {error}\n'
        return f"# crictl pods\n{fatal}# crictl ps -a\n{fatal}"
    pods = [["POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME"]]
    containers = [["CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID", "POD"]]
    for uid, sandboxes in node.runtime.sandboxes.items():
        pods += [_crictl_sandbox(world, uid, row) for row in sandboxes]
    for uid, rows in node.runtime.containers.items():
        containers += [_crictl_container(world, uid, row) for row in reversed(rows)]
    return f"# crictl pods\n{table(pods)}# crictl ps -a\n{table(containers)}"


def _crictl_sandbox(world: World, uid: str, row: SandboxRow) -> list[str]:
    spec = row.spec or world.api.pods[uid].spec
    made, state = f"{ago(world.now - row.created)} ago", "Ready" if row.ready else "NotReady"
    return [row.id[:13], made, state, spec.name, spec.namespace, str(row.attempt), "(default)"]


def _crictl_container(world: World, uid: str, row: ContainerRow) -> list[str]:
    spec = row.spec or world.api.pods[uid].spec
    made = f"{ago(world.now - row.created)} ago"
    return [row.id[:13], row.sandbox[:13], made, row.state, spec.container, str(row.attempt), row.sandbox[:13], spec.name]
