"""A world's outputs one by one, each with the command that an operator types for it."""

from dataclasses import dataclass

from plegma.lab.nodes import Node
from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.folders import app_logs, node_files
from plegma.lab.writing.kubectl_describe import described_nodes, described_pods
from plegma.lab.writing.kubectl_lists import events_table, nodes_table, pods_table


@dataclass(frozen=True, slots=True)
class Output:
    """`path`: the name of a file that holds it; a node's are in a folder of the node's name."""

    command: str
    path: str
    text: str


NODE_COMMANDS = {
    "docker-ps-a.txt": "docker ps -a",
    "crictl.txt": "crictl pods; crictl ps -a",
    "cni.txt": "ls -l /etc/cni/net.d /opt/cni/bin",
    "dmesg.txt": "dmesg",
    "dockerd.log": "journalctl -u docker",
    "containerd.log": "journalctl -u containerd",
    "journalctl-kubelet.txt": "journalctl -u kubelet",
}


def outputs(world: World, clock: Clock) -> tuple[Output, ...]:
    """Everything that can be asked for, the cheapest first: lists, descriptions, logs of pods, then node by node.

    Nodes that are well have the same outputs as those that are not.
    """
    lists = (
        Output("kubectl get nodes -o wide", "kubectl-get-nodes.txt", nodes_table(world, clock)),
        Output("kubectl get pods -A -o wide", "kubectl-get-pods.txt", pods_table(world, clock)),
        Output("kubectl get events -A", "kubectl-get-events.txt", events_table(world, clock)),
    )
    pods = (
        Output(f"kubectl -n {namespace} describe pod {name}", f"kubectl-describe-pod-{namespace}-{name}.txt", text)
        for (namespace, name), text in described_pods(world, clock).items()
    )
    nodes = (
        Output(f"kubectl describe node {name}", f"kubectl-describe-node-{name}.txt", text)
        for name, text in described_nodes(world, clock).items()
    )
    there = (o for node in world.nodes.values() for o in _on_node(world, node, clock))
    return (*lists, *pods, *nodes, *_app_logs(world), *there)


def _app_logs(world: World) -> tuple[Output, ...]:
    spaces = {pod.spec.name: pod.spec.namespace for pod in world.api.pods.values()}
    names = {path: path.removeprefix("logs-").removesuffix(".txt") for path in app_logs(world)}
    return tuple(Output(f"kubectl -n {spaces[n]} logs {n} --previous", p, app_logs(world)[p]) for p, n in names.items())


def _on_node(world: World, node: Node, clock: Clock) -> tuple[Output, ...]:
    files = node_files(world, node, clock, "journal")
    return tuple(
        Output(f"ssh {node.name} {NODE_COMMANDS.get(name, f'cat /var/log/{name}')}", f"{node.name}/{name}", text or "-- No entries --\n")
        for name, text in files.items()
    )
