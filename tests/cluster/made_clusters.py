"""A cluster of made objects that answers as an API server does: lists in pages, objects, logs, node proxy, watches, writes."""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any
from urllib.parse import unquote

from recorded_apis import Call, Reply, not_found, of_json, status

Thing = dict[str, Any]
RESOURCES: Mapping[str, tuple[str, str, bool]] = {
    "pods": ("Pod", "v1", True), "nodes": ("Node", "v1", False), "events": ("Event", "v1", True), "namespaces": ("Namespace", "v1", False),
    "persistentvolumeclaims": ("PersistentVolumeClaim", "v1", True), "persistentvolumes": ("PersistentVolume", "v1", False),
    "services": ("Service", "v1", True), "resourcequotas": ("ResourceQuota", "v1", True),
    "leases": ("Lease", "coordination.k8s.io/v1", True), "endpointslices": ("EndpointSlice", "discovery.k8s.io/v1", True),
    "deployments": ("Deployment", "apps/v1", True), "replicasets": ("ReplicaSet", "apps/v1", True),
    "daemonsets": ("DaemonSet", "apps/v1", True), "statefulsets": ("StatefulSet", "apps/v1", True),
    "jobs": ("Job", "batch/v1", True), "cronjobs": ("CronJob", "batch/v1", True),
    "poddisruptionbudgets": ("PodDisruptionBudget", "policy/v1", True),
    "volumeattachments": ("VolumeAttachment", "storage.k8s.io/v1", False),
}  # fmt: skip
"""Kind, apiVersion and whether it is namespaced, by plural."""
_PATH = re.compile(
    r"/(?:api/(?P<core>v1)|apis/(?P<group>[^/]+/[^/]+))(?:/namespaces/(?P<ns>[^/]+)(?=/[^/]))?/(?P<resource>[^/]+)"
    r"(?:/(?P<name>[^/]+))?(?P<below>/.*)?$"
)


class MadeCluster:
    """Objects by (plural, namespace, name); `logs` and `proxy` by path. Changes are kept in order for watches.

    `after_write` is told of each write that was no dry run: tests let it play the controllers.
    """

    def __init__(self, after_write: Callable[["MadeCluster", Call], None] | None = None) -> None:
        self.things: dict[tuple[str, str, str], Thing] = {}
        self.logs: dict[tuple[str, str, str, bool], str] = {}
        self.proxy: dict[str, Reply] = {}
        self.changes: list[tuple[str, Thing]] = []
        self.after_write = after_write
        self._version = 100
        self._lock = threading.RLock()

    def add(self, plural: str, thing: Thing) -> Thing:
        """Puts an object there, or in the place of the one of its name."""
        with self._lock:
            kind, version, _ = RESOURCES[plural]
            meta = thing["metadata"]
            key = plural, meta.get("namespace", ""), meta["name"]
            self._version += 1
            meta["resourceVersion"] = str(self._version)
            self.changes.append(("MODIFIED" if key in self.things else "ADDED", {"kind": kind, "apiVersion": version, **deepcopy(thing)}))
            self.things[key] = thing
            return thing

    def remove(self, plural: str, namespace: str, name: str) -> None:
        """Takes an object away."""
        with self._lock:
            kind, version, _ = RESOURCES[plural]
            self._version += 1
            gone = deepcopy(self.things.pop((plural, namespace, name)))
            gone["metadata"]["resourceVersion"] = str(self._version)
            self.changes.append(("DELETED", {"kind": kind, "apiVersion": version, **gone}))

    def __call__(self, call: Call) -> Reply:
        """The answer to a call."""
        if call.path == "/version":
            return of_json({"major": "1", "minor": "36", "gitVersion": "v1.36.0", "platform": "linux/amd64"})
        if call.path in _DISCOVERY:
            return of_json(_DISCOVERY[call.path])
        found = _PATH.match(call.path)
        if found is None or found["resource"] not in RESOURCES:
            return not_found(call)
        with self._lock:
            return self._answer(call, found)

    def _answer(self, call: Call, found: re.Match[str]) -> Reply:
        plural, namespace, name, below = found["resource"], found["ns"] or "", unquote(found["name"] or ""), found["below"] or ""
        version = found["core"] or found["group"]
        if not (version == RESOURCES[plural][1] or (plural == "events" and version == "events.k8s.io/v1")):
            return not_found(call)
        if not name:
            return self._watch(plural, namespace, call) if call.query.get("watch") else self._list(plural, namespace, version, call)
        if below.startswith("/proxy/"):
            return self.proxy.get(f"{name}{below}" + (f"?query={call.query['query']}" if "query" in call.query else ""), not_found(call))
        thing = self.things.get((plural, namespace, name))
        if thing is None:
            return status(404, "NotFound", f'{plural} "{name}" not found', name=name, kind=plural)
        if below == "/log":
            return self._log(namespace, thing, call)
        return self._read(plural, thing) if call.method == "GET" else self._write(plural, thing, below, call)

    def _read(self, plural: str, thing: Thing) -> Reply:
        kind, version, _ = RESOURCES[plural]
        return of_json({"kind": kind, "apiVersion": version, **thing})

    def _list(self, plural: str, namespace: str, version: str, call: Call) -> Reply:
        kind = RESOURCES[plural][0]
        found = [t for (p, ns, _), t in sorted(self.things.items()) if p == plural and namespace in ("", ns) and _selected(t, call.query)]
        start = _decoded(call.query.get("continue", ""))
        if start is None:
            return status(400, "BadRequest", "invalid continue token")
        limit = int(call.query.get("limit") or len(found) or 1)
        items, rest = found[start : start + limit], len(found) - start - limit
        meta: Thing = {"resourceVersion": str(self._version)}
        if rest > 0:
            meta |= {"continue": _encoded(start + limit), "remainingItemCount": rest}
        shown = [_new_event(t) for t in items] if version == "events.k8s.io/v1" else items
        return of_json({"kind": f"{kind}List", "apiVersion": version, "metadata": meta, "items": shown})

    def _watch(self, plural: str, namespace: str, call: Call) -> Reply:
        since, kind = int(call.query.get("resourceVersion") or 0), RESOURCES[plural][0]
        if since and since < 50:
            return Reply(200, [_line("ERROR", json.loads(status(410, "Expired", f"too old resource version: {since}").body))])  # type: ignore[arg-type]

        def lines() -> Iterator[bytes]:
            for change, thing in self.changes:
                meta = thing["metadata"]
                if thing["kind"] == kind and namespace in ("", meta.get("namespace")) and int(meta["resourceVersion"]) > since:
                    yield _line(change, thing)
            yield _line("BOOKMARK", {"kind": kind, "apiVersion": "v1", "metadata": {"resourceVersion": str(self._version)}})

        return Reply(200, list(lines()))

    def _log(self, namespace: str, pod: Thing, call: Call) -> Reply:
        name, previous = pod["metadata"]["name"], call.query.get("previous") == "true"
        container = call.query.get("container") or pod["spec"]["containers"][0]["name"]
        text = self.logs.get((namespace, name, container, previous))
        if text is None and previous:
            return status(400, "BadRequest", f'previous terminated container "{container}" in pod "{name}" not found')
        lines = (text or "").splitlines(keepends=True)
        return Reply(200, "".join(lines[-int(call.query.get("tailLines") or len(lines) or 1) :]).encode(), "text/plain")

    def _write(self, plural: str, thing: Thing, below: str, call: Call) -> Reply:
        meta, dry = thing["metadata"], call.query.get("dryRun") == "All"
        options = json.loads(call.body or b"{}")
        if call.method in {"DELETE", "POST"}:
            wanted = (options.get("deleteOptions", options).get("preconditions") or {}).get("uid")
            if wanted and wanted != meta.get("uid"):
                return status(409, "Conflict", f"the UID in the precondition ({wanted}) does not match the UID in record ({meta['uid']})")
            if below == "/eviction" and self._forbidden_by_budget(thing):
                return status(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.")
            if not dry:
                self.remove(plural, meta.get("namespace", ""), meta["name"])
            answer = of_json({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success"}, 201 if below else 200)
        else:
            changed = _replaced(deepcopy(thing), options) if isinstance(options, list) else _merged(deepcopy(thing), options)
            answer = self._read(plural, changed if dry else self.add(plural, changed))
        if not dry and self.after_write:
            self.after_write(self, call)
        return answer

    def _forbidden_by_budget(self, pod: Thing) -> bool:
        labels = pod["metadata"].get("labels") or {}
        budgets = (t for (p, ns, _), t in self.things.items() if p == "poddisruptionbudgets" and ns == pod["metadata"]["namespace"])
        return any(
            b["spec"]["selector"]["matchLabels"].items() <= labels.items() and not b["status"]["disruptionsAllowed"] for b in budgets
        )


def _line(change: str, thing: Thing) -> bytes:
    return json.dumps({"type": change, "object": thing}).encode() + b"\n"


def _encoded(start: int) -> str:
    return base64.urlsafe_b64encode(json.dumps({"v": "meta.k8s.io/v1", "start": start}).encode()).decode().rstrip("=")


def _decoded(token: str) -> int | None:
    try:
        return int(json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))["start"]) if token else 0
    except (ValueError, LookupError):
        return None


def _selected(thing: Thing, query: Mapping[str, str]) -> bool:
    """Does the object fit the field selector? Those that plegma and kubectl use: a path, `=`, and a value."""
    for part in filter(None, query.get("fieldSelector", "").split(",")):
        path, _, value = part.replace("==", "=").partition("=")
        here: Any = thing
        for step in path.split("."):
            here = (here or {}).get(step)
        if (here or "") != value:
            return False
    return True


def _merged(thing: Thing, change: Thing) -> Thing:
    """RFC 7386, which is what strategic merge comes to for maps."""
    for key, value in change.items():
        if isinstance(value, dict):
            thing[key] = _merged(thing.get(key) or {}, value)
        elif value is None:
            thing.pop(key, None)
        else:
            thing[key] = value
    return thing


def _replaced(thing: Thing, operations: list[Thing]) -> Thing:
    """RFC 6902's `replace`, the one operation that plegma sends."""
    for operation in operations:
        assert operation["op"] == "replace"
        *above, last = operation["path"].strip("/").split("/")
        here = thing
        for step in above:
            here = here[step]
        here[last] = operation["value"]
    return thing


def _new_event(event: Thing) -> Thing:
    """A core/v1 Event as events.k8s.io/v1 shows it (pkg/apis/events/v1/conversion.go)."""
    moved = {"involvedObject": "regarding", "message": "note", "source": "deprecatedSource", "firstTimestamp": "deprecatedFirstTimestamp",
             "lastTimestamp": "deprecatedLastTimestamp",
             "count": "deprecatedCount", "reportingComponent": "reportingController"}  # fmt: skip
    return {moved.get(key, key): value for key, value in event.items()}


def _discovery() -> Iterator[tuple[str, Thing]]:
    """What kubectl asks before it patches: which groups, versions and resources there are."""
    versions = sorted({version for _, version, _ in RESOURCES.values()} - {"v1"})
    groups = [{"groupVersion": version, "version": version.split("/")[1]} for version in versions]
    named = [{"name": g["groupVersion"].split("/")[0], "versions": [g], "preferredVersion": g} for g in groups]
    yield "/api", {"kind": "APIVersions", "versions": ["v1"]}
    yield "/apis", {"kind": "APIGroupList", "apiVersion": "v1", "groups": named}
    for version in ("v1", *versions):
        found = [
            {"name": plural, "singularName": kind.lower(), "namespaced": namespaced, "kind": kind, "verbs": ["get", "list", "patch"]}
            for plural, (kind, of, namespaced) in RESOURCES.items()
            if of == version
        ]
        root = "/api" if version == "v1" else "/apis"
        yield f"{root}/{version}", {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": found}


_DISCOVERY = dict(_discovery())
