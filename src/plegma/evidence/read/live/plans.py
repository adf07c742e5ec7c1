"""What to ask for next, decided from what is known. Pure: no request is made here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from plegma.cluster import Request
from plegma.cluster.requests import MIB, get, path_of
from plegma.evidence.read.live.fields import Thing, name_of, text, things
from plegma.evidence.read.live.questions import Question
from plegma.evidence.read.live.selections import owner_of
from plegma.evidence.read.live.suspicions import is_node_matter, troubles
from plegma.evidence.read.live.wanted import Form, Wanted

MOST_LOGS = 16
MOST_NODES = 3
MOST_OWNERS = 20
MOST_CLAIMS = 20
_PER_OWNER = 2
_TAIL = 1000
_NODE_TAIL = 20_000
LOG_BYTES = 4 * MIB
NODE_LOG_BYTES = 32 * MIB
OWNERS: Mapping[str, tuple[str, str]] = {
    "ReplicaSet": ("apps/v1", "replicasets"), "DaemonSet": ("apps/v1", "daemonsets"), "StatefulSet": ("apps/v1", "statefulsets"),
    "Deployment": ("apps/v1", "deployments"), "Job": ("batch/v1", "jobs"), "CronJob": ("batch/v1", "cronjobs"),
}  # fmt: skip
_SERVICES: Mapping[str, str] = {"containerd": "containerd", "cri-o": "crio", "docker": "docker"}
"""The runtime in nodeInfo.containerRuntimeVersion, and its service on the node."""
_HREF = re.compile(r'<a href="(?P<file>[\w.-]+\.log)">')
_FILES: Mapping[str, str] = {
    "kubelet.log": "kubelet-log",
    "containerd.log": "runtime-log",
    "crio.log": "runtime-log",
    "docker.log": "runtime-log",
}


def nodes(question: Question, only: str = "") -> Wanted:
    """The nodes, or one of them."""
    return _list("nodes", "v1", "", "node-list", _named(only or question.node))


def leases(question: Question, only: str = "") -> Wanted:
    """The nodes' leases, or one of them."""
    return _list("leases", "coordination.k8s.io/v1", "kube-node-lease", "", _named(only or question.node))


def events(question: Question) -> Wanted:
    """All events in question, from core/v1, which has the series of the new API too."""
    return _list("events", "v1", question.namespace, "events")


def new_events(question: Question) -> Wanted:
    """The same events from events.k8s.io, for who may not read those of core/v1. Both APIs show the same objects."""
    return _list("events", "events.k8s.io/v1", question.namespace, "events")


def node_events(node: str = "") -> Wanted:
    """Events about nodes: they stand in the namespace `default`, whichever namespace is asked about."""
    selector = f"involvedObject.kind=Node,involvedObject.name={node}" if node else "involvedObject.kind=Node"
    return Wanted(
        get(path_of("events", "v1", "default"), fieldSelector=selector), "api/v1/namespaces/default/events.json", "list", "events"
    )


def pods(question: Question) -> Wanted:
    """The pods in question."""
    if question.pod:
        return _list("pods", "v1", question.namespace, "pod-list", _named(question.pod))
    return _list("pods", "v1", question.namespace, "pod-list", _on(question.node))


def neighbours(node: str) -> Wanted:
    """All pods of a node, for a question about one of them."""
    wanted = _list("pods", "v1", "", "pod-list", _on(node))
    return Wanted(wanted.request, f"api/v1/nodes/{node}/pods.json", "list")


def _list(resource: str, version: str, namespace: str, evidence: str, query: Mapping[str, str] = {}) -> Wanted:
    path = path_of(resource, version, namespace)
    return Wanted(Request(path, tuple(query.items())), f"{path[1:]}.json", "list", evidence)


def _named(name: str) -> Mapping[str, str]:
    return {"fieldSelector": f"metadata.name={name}"} if name else {}


def _on(node: str) -> Mapping[str, str]:
    return {"fieldSelector": f"spec.nodeName={node}"} if node else {}


def logs(suspicious: Iterable[Thing], question: Question, now: datetime) -> Iterator[Wanted]:
    """Logs of the containers in trouble, of the run before the present one first; of like pods two stand for all."""
    found: list[Wanted] = []
    seen: Counter[str] = Counter()
    for pod in suspicious:
        kin = owner_of(pod)
        bad = troubles(pod, now)
        if not bad or seen[kin] >= _PER_OWNER or not text(pod, "spec", "nodeName"):
            continue
        seen[kin] += 1
        for trouble in bad:
            namespace, name = name_of(pod)
            if trouble.ran_before:
                found.append(_log(namespace, name, trouble.container, question, previous=True))
            if trouble.runs:
                found.append(_log(namespace, name, trouble.container, question, previous=False))
    yield from found[:MOST_LOGS]


def _log(namespace: str, pod: str, container: str, question: Question, *, previous: bool) -> Wanted:
    query = {"container": container, "tailLines": str(_TAIL)}
    if previous:
        query["previous"] = "true"
    elif question.since is not None:
        query["sinceSeconds"] = str(question.since)
    name = f"{container}{'-previous' if previous else ''}.log"
    request = get(path_of("pods", "v1", namespace, pod, "log"), most=LOG_BYTES, **query)
    return Wanted(request, f"api/v1/namespaces/{namespace}/pods/{pod}/log/{name}", "text", "pod-log")


def owners(of: Iterable[Thing]) -> Iterator[Wanted]:
    """The owners of these objects, each once."""
    found: dict[str, Wanted] = {}
    for thing in of:
        for owner in things(thing, "metadata", "ownerReferences"):
            known = OWNERS.get(text(owner, "kind"))
            if known is not None and (name := text(owner, "name")):
                path = path_of(known[1], known[0], name_of(thing)[0], name)
                found.setdefault(path, Wanted(get(path), f"{path[1:]}.json", "object", "workloads"))
    yield from list(found.values())[:MOST_OWNERS]


def claims(suspicious: Iterable[Thing]) -> Iterator[Wanted]:
    """The PersistentVolumeClaims of pods that do not start."""
    found: dict[str, Wanted] = {}
    for pod in suspicious:
        if text(pod, "status", "phase") == "Pending":
            for claim in claimed(pod):
                path = path_of("persistentvolumeclaims", "v1", name_of(pod)[0], claim)
                found.setdefault(path, _object(path, "storage-objects"))
    yield from list(found.values())[:MOST_CLAIMS]


def claimed(pod: Thing) -> Iterator[str]:
    """The names of the claims that a pod's volumes name."""
    return (claim for volume in things(pod, "spec", "volumes") if (claim := text(volume, "persistentVolumeClaim", "claimName")))


def volumes(of: Iterable[Thing]) -> Iterator[Wanted]:
    """The PersistentVolumes of these claims, and all attachments when there is one."""
    names = sorted({name for claim in of if (name := text(claim, "spec", "volumeName"))})[:MOST_CLAIMS]
    for name in names:
        yield _object(path_of("persistentvolumes", "v1", "", name), "storage-objects")
    if names:
        yield _list("volumeattachments", "storage.k8s.io/v1", "", "storage-objects")


def _object(path: str, evidence: str) -> Wanted:
    return Wanted(get(path), f"{path[1:]}.json", "object", evidence)


def suspects(sick: Iterable[str], suspicious: Iterable[Thing], told: Iterable[str], question: Question, now: datetime) -> tuple[str, ...]:
    """Nodes whose kubelet may know more: the one in question, sick ones, then those with the most pods that hang in their hands."""
    hanging = Counter(text(pod, "spec", "nodeName") for pod in suspicious if is_node_matter(pod, now))
    hanging.update(told)
    ordered = [
        question.node,
        *sorted(sick, key=lambda n: (-hanging[n], n)),
        *(n for n, _ in sorted(hanging.items(), key=lambda i: (-i[1], i[0]))),
    ]
    return tuple(dict.fromkeys(name for name in ordered if name))


def kubelet(node: str, runtime: str, question: Question, now: datetime) -> Iterator[Wanted]:
    """What a node's kubelet can tell: /healthz first, so that one which does not answer is asked only once."""
    yield _proxied(node, "healthz", "healthz.txt", "text")
    yield _service_log(node, "kubelet", "kubelet-log", question, now)
    if service := _SERVICES.get(runtime.partition("://")[0]):
        yield _service_log(node, service, "runtime-log", question, now)
    yield _proxied(node, "configz", "configz.json", "object", "kubelet-config")
    yield _proxied(node, "metrics", "metrics.txt", "text")


def _proxied(node: str, below: str, artifact: str, form: Form, evidence: str = "") -> Wanted:
    path = path_of("nodes", "v1", "", node, "proxy", *below.split("/"))
    return Wanted(get(path), f"api/v1/nodes/{node}/proxy/{artifact}", form, evidence, node)


def _service_log(node: str, service: str, evidence: str, question: Question, now: datetime) -> Wanted:
    """A node log query (KEP-2258; beta and off by default until v1.36): the unit's journal, or a log file of that name."""
    begins = (now - timedelta(seconds=question.since)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if question.since is not None else ""
    window = {"sinceTime": begins} if begins else {"tailLines": str(_NODE_TAIL)}
    request = get(path_of("nodes", "v1", "", node, "proxy", "logs") + "/", most=NODE_LOG_BYTES, query=service, **window)
    return Wanted(request, f"api/v1/nodes/{node}/proxy/logs/{service}.log", "text", evidence, node)


def is_folder(answer: bytes) -> bool:
    """Is the answer to a log query the list of /var/log? So answers a kubelet that does not know or allow the query."""
    return answer[:200].lstrip().lower().startswith((b"<!doctype html", b"<pre>", b"<html"))


def log_files(node: str, folder: bytes) -> Iterator[Wanted]:
    """Of a list of /var/log the files that are the kubelet's and the runtime's logs."""
    for file in dict.fromkeys(found["file"] for found in _HREF.finditer(folder.decode("utf-8", "replace"))):
        if file in _FILES:
            path = path_of("nodes", "v1", "", node, "proxy", "logs", file)
            yield Wanted(get(path, most=NODE_LOG_BYTES), f"api/v1/nodes/{node}/proxy/logs/{file}", "text", _FILES[file], node)
