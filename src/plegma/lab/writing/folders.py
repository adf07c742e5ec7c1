"""All evidence of a world as one folder: name -> text, and the truth beside it."""

import json

from plegma.lab.effects import ContainerExits
from plegma.lab.nodes import Node
from plegma.lab.worlds import World
from plegma.lab.writing.clocks import Clock
from plegma.lab.writing.cni_files import cni_files
from plegma.lab.writing.json_lists import events_json, nodes_json, pods_json
from plegma.lab.writing.kernel_tables import kernel_tables
from plegma.lab.writing.kubectl_describe import describe_nodes, describe_pods
from plegma.lab.writing.kubectl_lists import events_table, nodes_table, pods_table
from plegma.lab.writing.node_logs import dmesg, journal, runtime_log, syslog
from plegma.lab.writing.pod_views import pod_views
from plegma.lab.writing.runtime_tables import crictl, docker_ps


def folder(world: World, clock: Clock, carrier: str = "journal") -> dict[str, str]:
    """Path in the folder -> text. `carrier`: "journal" or "syslog" for the kubelet's log."""
    files = {
        "kubectl-get-pods.txt": pods_table(world, clock),
        "kubectl-get-nodes.txt": nodes_table(world, clock),
        "kubectl-get-events.txt": events_table(world, clock),
        "kubectl-describe-pods.txt": describe_pods(world, clock),
        "kubectl-describe-nodes.txt": describe_nodes(world, clock),
        "events.json": events_json(world, clock),
        "nodes.json": nodes_json(world, clock),
        "pods.json": pods_json(world, clock),
    }
    files |= app_logs(world)
    for name in world.faulty:
        files |= {f"{name}/{k}": v for k, v in node_files(world, world.nodes[name], clock, carrier).items() if v}
    return files


def app_logs(world: World) -> dict[str, str]:
    """What the failing application wrote, of one pod."""
    says = [e.says for _, e in world.active if isinstance(e, ContainerExits) and e.says]
    if not says:
        return {}
    victims = [v for v in pod_views(world) if world.is_victim(v.pod)]
    return {f"logs-{v.pod.spec.name}.txt": "\n".join(says[0]) + "\n" for v in victims[:1]}


def node_files(world: World, node: Node, clock: Clock, carrier: str) -> dict[str, str]:
    """What is to be had on a node; a text may be empty."""
    docker = world.profile.runtime == "docker"
    files = {"docker-ps-a.txt": docker_ps(world, node)} if docker else {"crictl.txt": crictl(world, node)}
    files["cni.txt"] = cni_files(node)
    files["node.txt"] = kernel_tables(node)
    files["dmesg.txt"] = dmesg(world, node)
    files["dockerd.log" if docker else "containerd.log"] = runtime_log(world, node, clock)
    if carrier == "syslog":
        files["messages"] = syslog(world, node, clock, node.logs["kubelet"])
    else:
        files["journalctl-kubelet.txt"] = journal(world, node, clock)
    if node.early:
        day = clock.local(node.early[-1].at)
        files[f"messages-{day:%Y%m%d}"] = syslog(world, node, clock, node.early)
    return files


def truth(world: World) -> str:
    """truth.json: the first fault is the cause; others, if of another kind, stand beside it."""
    faults = [f for f in world.scenario.faults if not f.lasts or f.begins + f.lasts >= world.scenario.seconds]
    causes = list(dict.fromkeys(f.truth for f in faults)) or ["no-fault"]
    data = {
        "id": f"lab-{world.scenario.name}", "title": world.scenario.title, "root_cause_class": causes[0],
        "also_acceptable": list(dict.fromkeys([*causes[1:], *(a for f in faults for a in f.acceptable)])),
        "all_of": causes if len(causes) > 1 else [], "confidence": "confirmed", "k8s_version": world.profile.kubelet,
        "runtime": world.profile.runtime_version, "affected_nodes": list(world.faulty) if faults else [],
        "temporary_fix": next((f.temporary_fix for f in faults if f.temporary_fix), ""),
        "permanent_fix": next((f.permanent_fix for f in faults if f.permanent_fix), ""),
    }  # fmt: skip
    return json.dumps(data, indent=1) + "\n"
