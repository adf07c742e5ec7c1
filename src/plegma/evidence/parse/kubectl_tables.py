"""`kubectl get` of everything but pods and events, and `kubectl top`: one reader, driven by the header."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from plegma.evidence.parse.blocks import Block, Context, Document, Value
from plegma.evidence.parse.numbers import count_or, whole_number
from plegma.evidence.parse.objects_network import WAITING
from plegma.evidence.parse.table_rows import Row, header_line, rows_under
from plegma.evidence.parse.tables import Header, cells_of, header_of
from plegma.model.observations import Event, Observation, Stamp

_UPPER = re.compile(r"\s*[A-Z][A-Z0-9()%/_.:&# -]*(?:[^\S ]\s*[A-Z(][A-Z0-9()%/_.:&# -]*)*$")
_NODE_ROW = re.compile(r"\s*(?:node/)?[a-z0-9][\w.-]+\s+(?:Not)?(?:Ready|Unknown)(?:,SchedulingDisabled)?\s+\S+\s+(?:\d+[ydhms])+\s+v\d")
_NODE_COLUMNS = (
    "NAME",
    "STATUS",
    "ROLES",
    "AGE",
    "VERSION",
    "INTERNAL-IP",
    "EXTERNAL-IP",
    "OS-IMAGE",
    "KERNEL-VERSION",
    "CONTAINER-RUNTIME",
)
_RUNTIME = re.compile(r"\b(?:docker|containerd|cri-o)://\S+")
_RATIO = re.compile(r"(\d+)/(\d+)")


class _Kind(Struct, frozen=True):
    """A kind of object: the columns that tell it, and which column gives which attribute."""

    name: str
    state: str
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    evidence: str = ""


_COUNTS = {"DESIRED": "desired", "CURRENT": "current", "READY": "ready", "UP-TO-DATE": "updated", "AVAILABLE": "available"}
_CLAIM = {
    "STATUS": "phase",
    "CAPACITY": "capacity",
    "ACCESS MODES": "access_modes",
    "ACCESSMODES": "access_modes",
    "STORAGECLASS": "storage_class",
}
_SERVICE = {"TYPE": "type", "CLUSTER-IP": "cluster_ip", "CLUSTER_IP": "cluster_ip", "SELECTOR": "selector", "PORT(S)": "ports"}
_NODE = {"STATUS": "status", "VERSION": "version", "OS-IMAGE": "os", "KERNEL-VERSION": "kernel", "CONTAINER-RUNTIME": "runtime"}
_KINDS = (
    _Kind("node", "Node", ("STATUS", "VERSION"), _NODE, "node-list"),
    _Kind("daemonset", "Workload", ("DESIRED", "CURRENT", "NODE SELECTOR"), _COUNTS, "workloads"),
    _Kind("daemonset", "Workload", ("DESIRED", "CURRENT", "NODE-SELECTOR"), _COUNTS, "workloads"),
    _Kind("deployment", "Workload", ("UP-TO-DATE", "AVAILABLE"), _COUNTS, "workloads"),
    _Kind("replicaset", "Workload", ("DESIRED", "CURRENT"), _COUNTS, "workloads"),
    _Kind("cronjob", "Workload", ("SCHEDULE", "SUSPEND"), {"ACTIVE": "current"}, "workloads"),
    _Kind("job", "Workload", ("COMPLETIONS",), {"STATUS": "reason"}, "workloads"),
    _Kind("job", "Workload", ("DESIRED", "SUCCESSFUL"), {"DESIRED": "desired", "SUCCESSFUL": "ready"}, "workloads"),
    _Kind("horizontalpodautoscaler", "Workload", ("REFERENCE", "MINPODS"), {"REPLICAS": "current"}, "workloads"),
    _Kind("poddisruptionbudget", "Workload", ("ALLOWED DISRUPTIONS",), {"ALLOWED DISRUPTIONS": "available"}, "workloads"),
    _Kind("persistentvolume", "Volume", ("RECLAIM POLICY", "STATUS"), _CLAIM | {"CLAIM": "claim", "REASON": "reason"}, "storage-objects"),
    _Kind("persistentvolume", "Volume", ("RECLAIMPOLICY", "STATUS"), _CLAIM | {"CLAIM": "claim", "REASON": "reason"}, "storage-objects"),
    _Kind("persistentvolumeclaim", "Volume", ("STATUS", "VOLUME"), _CLAIM, "storage-objects"),
    _Kind("volumeattachment", "Volume", ("ATTACHER", "PV"), {}, "storage-objects"),
    _Kind("service", "Service", ("CLUSTER-IP",), _SERVICE, "services"),
    _Kind("service", "Service", ("CLUSTER_IP",), _SERVICE, "services"),
    _Kind("endpointslice", "Service", ("ADDRESSTYPE", "ENDPOINTS"), {"ENDPOINTS": "endpoints"}, "services"),
    _Kind("endpoints", "Service", ("ENDPOINTS",), {"ENDPOINTS": "endpoints"}, "services"),
    _Kind("lease", "Lease", ("HOLDER",), {"HOLDER": "holder"}),
    _Kind("certificatesigningrequest", "", ("REQUESTOR", "CONDITION"), {}),
    _Kind("componentstatus", "", ("NAME", "STATUS", "MESSAGE"), {}),
    _Kind("statefulset", "Workload", ("NAME", "READY", "AGE"), {}, "workloads"),
)  # fmt: skip
_PREFIXES = {
    "deployment": "deployment", "replicaset": "replicaset", "daemonset": "daemonset", "statefulset": "statefulset", "job": "job",
    "cronjob": "cronjob", "node": "node", "service": "service", "replicationcontroller": "replicationcontroller",
    "horizontalpodautoscaler": "horizontalpodautoscaler", "persistentvolumeclaim": "persistentvolumeclaim", "lease": "lease",
    "persistentvolume": "persistentvolume", "endpoints": "endpoints", "poddisruptionbudget": "poddisruptionbudget",
}  # fmt: skip
_PROPER = {
    "deployment": "Deployment", "replicaset": "ReplicaSet", "daemonset": "DaemonSet", "statefulset": "StatefulSet", "job": "Job",
    "cronjob": "CronJob", "replicationcontroller": "ReplicationController", "horizontalpodautoscaler": "HorizontalPodAutoscaler",
    "poddisruptionbudget": "PodDisruptionBudget", "persistentvolume": "PersistentVolume", "persistentvolumeclaim": "PersistentVolumeClaim",
    "volumeattachment": "VolumeAttachment",
}  # fmt: skip
_ABSENT = frozenset(("", "<none>", "<unset>", "<unknown>", "<nil>"))


def kubectl_tables(document: Document, index: int, context: Context) -> Block | None:
    """A kubectl table that starts here with its header; rows of nodes are known without one."""
    header = _header(document.lines[index], context)
    if header is None:
        return _bare_nodes(document, index, context)
    text, at = header_line(document, index)
    header = _header(text, context) or header
    kind = _kind_of(header, context)
    rows, end = rows_under(document, at, header)
    if kind is None and not rows and context.command.program != "kubectl":
        return None
    return _block(document, kind, rows, end, context)


def _block(document: Document, kind: _Kind | None, rows: list[Row], end: int, context: Context) -> Block:
    found = tuple(
        seen for row in rows for seen in (_unknown(document, row, context) if kind is None else _observations(document, kind, row, context))
    )
    slug = f"kubectl-get-{kind.name}s" if kind else "kubectl-top" if rows and any("CPU" in name for name in rows[0].cells) else "table"
    return Block(slug, end, found, evidence=(kind.evidence,) if kind and kind.evidence else ())


def _bare_nodes(document: Document, index: int, context: Context) -> Block | None:
    if not _NODE_ROW.match(document.lines[index]):
        return None
    first = cells_of(document.lines[index])
    header = Header(tuple(type(first[0])(name, cell.start) for name, cell in zip(_NODE_COLUMNS, first, strict=False)))
    rows, end = rows_under(document, index, header, lambda line, _: _NODE_ROW.match(line) is not None)
    return _block(document, _KINDS[0], rows, end, context)


def _header(line: str, context: Context) -> Header | None:
    plain = line.replace("(cores)", "").replace("(bytes)", "")
    if not _UPPER.match(plain) or not plain.strip():
        return None
    header = header_of(line)
    enough = 1 if context.command.program == "kubectl" and "get" in context.command.words[:1] else 3
    if len(header.columns) < enough:
        return None
    known = "NAME" in header.names or "NAMESPACE" in header.names or len(header.columns) >= 4
    return header if known or context.command.program == "kubectl" else None


def _kind_of(header: Header, context: Context) -> _Kind | None:
    names = set(header.names)
    return next((kind for kind in _KINDS if names.issuperset(kind.needs)), None) if _by_resource(context) else None


def _by_resource(context: Context) -> bool:
    """A table of an operator's own resources may have any columns: then its columns say nothing."""
    words = context.command.words
    return "custom-columns" not in context.command.text or not words


def _observations(document: Document, kind: _Kind, row: Row, context: Context) -> Iterator[Observation]:
    name = _name_of(row)
    prefix, slash, bare = name.partition("/")
    named = _PREFIXES.get(prefix.partition(".")[0], "") if slash else ""
    if not name and kind.state:
        return
    what = named or kind.name
    attrs = _attrs(kind, row.cells)
    refs = _refs(kind, what, bare if slash else name, row.cells, context)
    if kind.state == "Workload":
        attrs = {"kind": _PROPER.get(what, what), **attrs}
    elif kind.state == "Volume":
        attrs = {"kind": _PROPER.get(what, what), **attrs, **_volume(kind, row.cells, refs, bare if slash else name)}
    elif kind.state == "Node":
        attrs = _node(attrs, row.line)
    elif row.cells.get("EXTERNAL-IP") == WAITING and attrs.get("type") == "LoadBalancer":
        attrs["external_ip"] = WAITING
    if kind.state and attrs:
        yield document.state(row.index, kind.state, attrs, refs)
    elif kind.name == "certificatesigningrequest":
        yield Event("shell", row.line.strip(), document.origin(row.index), document.shown[row.index])
    elif kind.name == "componentstatus" and row.cells.get("STATUS") == "Unhealthy":
        said, shown = row.line.partition("Unhealthy")[2].strip(), document.shown[row.index]
        yield Event("kube-apiserver", said, document.origin(row.index), shown, Stamp(age=0.0), reason="Unhealthy")


def _unknown(document: Document, row: Row, context: Context) -> Iterator[Observation]:
    """A row of `kubectl top`, or of another program's table (`kubeadm certs check-expiration`), whose words may say something."""
    yield from _usage(document, row)
    if context.command.program != "kubectl":
        yield Event("shell", row.line.strip(), document.origin(row.index), document.shown[row.index])


def _usage(document: Document, row: Row) -> Iterator[Observation]:
    """`kubectl top nodes`: how much of a node's CPU and memory is used, in percent."""
    for column, name in (("CPU%", "node_cpu_percent"), ("MEMORY%", "node_memory_percent")):
        if (text := row.cells.get(column, "")).endswith("%") and (percent := whole_number(text[:-1])) is not None:
            yield document.state(row.index, "Metric", {"name": name, "value": percent}, {"node": _name_of(row)})


def _name_of(row: Row) -> str:
    return row.cells.get("NAME", "")


def _attrs(kind: _Kind, cells: Mapping[str, str]) -> dict[str, Value]:
    attrs: dict[str, Value] = {}
    for column, attr in kind.columns.items():
        text = cells.get(column, "")
        if attr == "endpoints":
            attrs[attr] = text or "<none>"
        elif text not in _ABSENT:
            count = whole_number(text) if kind.state == "Workload" else None
            attrs[attr] = text if count is None else count
    if kind.state == "Workload" and (ratio := _RATIO.match(cells.get("READY", cells.get("COMPLETIONS", "")))):
        attrs.update(ready=count_or(ratio[1], 0), desired=count_or(ratio[2], 0))
    return attrs


def _node(attrs: dict[str, Value], line: str) -> dict[str, Value]:
    """A node's attributes; where the gaps between the columns are lost, words of the OS do not pass for a runtime."""
    words = str(attrs.get("status", "")).split(",")
    ready = {"Ready": "True", "NotReady": "False", "Unknown": "Unknown"}.get(words[0])
    if "runtime" in attrs and "://" not in str(attrs["runtime"]):
        attrs = {key: value for key, value in attrs.items() if key not in ("os", "kernel", "runtime")}
    if runtime := _RUNTIME.search(line):
        attrs["runtime"] = runtime.group()
    return {**attrs, **({"ready": ready} if ready else {}), "unschedulable": "SchedulingDisabled" in words}


def _volume(kind: _Kind, cells: Mapping[str, str], refs: dict[str, str], name: str) -> dict[str, Value]:
    if kind.name == "persistentvolumeclaim":
        return {"claim": "/".join(part for part in (refs.get("namespace", ""), name) if part)}
    if kind.name == "volumeattachment":
        return {"phase": "Attached" if cells.get("ATTACHED") == "true" else "Detached"}
    return {}


def _refs(kind: _Kind, what: str, name: str, cells: Mapping[str, str], context: Context) -> dict[str, str]:
    namespace = cells.get("NAMESPACE") or context.command.namespace
    if kind.state == "Node":
        return {"node": name}
    if kind.state == "Lease":
        return {"node": name} if namespace in ("", "kube-node-lease") else {"namespace": namespace, "workload": f"lease/{name}"}
    if kind.state == "Volume":
        bound = {"persistentvolumeclaim": cells.get("VOLUME", ""), "volumeattachment": cells.get("PV", "")}.get(kind.name, "")
        node = cells.get("NODE", "") if kind.name == "volumeattachment" else ""
        scoped = namespace if kind.name == "persistentvolumeclaim" else ""
        return {"namespace": scoped, "volume": bound or name, "node": node}
    kind_name = "service" if kind.state == "Service" else what
    return {"namespace": namespace, "workload": f"{kind_name}/{name}"}
