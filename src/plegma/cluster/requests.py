"""What can be asked of an API server, as values, and how the usual requests are written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Patch = Literal["strategic-merge", "merge", "json"]
MIB = 1024 * 1024
PATCH_TYPES: Mapping[Patch, str] = {
    "strategic-merge": "application/strategic-merge-patch+json",
    "merge": "application/merge-patch+json",
    "json": "application/json-patch+json",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` is absolute and quoted; `most` is how many bytes of the answer are taken at most."""

    path: str
    query: tuple[tuple[str, str], ...] = ()
    method: Method = "GET"
    body: bytes = b""
    content_type: str = "application/json"
    most: int = 64 * MIB

    @property
    def target(self) -> str:
        """Path and query, as they stand in the request line."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    def with_query(self, **more: str) -> "Request":
        """The request with these parameters in place of those of the same name."""
        kept = tuple((name, value) for name, value in self.query if name not in more)
        return Request(self.path, (*kept, *more.items()), self.method, self.body, self.content_type, self.most)


def path_of(resource: str, group_version: str = "v1", namespace: str = "", *below: str) -> str:
    """The path of a resource: `path_of("pods", "v1", "shop", "db-0", "log")`. Names are quoted."""
    root = f"/api/{group_version}" if "/" not in group_version else f"/apis/{group_version}"
    scope = f"/namespaces/{quote(namespace, safe='')}" if namespace else ""
    return "".join((root, scope, f"/{resource}", *(f"/{quote(step, safe='')}" for step in below)))


def get(path: str, most: int = 64 * MIB, **query: str) -> Request:
    """Reads one thing."""
    return Request(path, tuple(query.items()), most=most)


def delete(path: str, *, dry_run: bool, grace_seconds: int | None = None, uid: str = "") -> Request:
    """Deletes one object; with `uid` only if it is still that very object (a name may be taken anew)."""
    options: dict[str, object] = {"kind": "DeleteOptions", "apiVersion": "v1"}
    if grace_seconds is not None:
        options["gracePeriodSeconds"] = grace_seconds
    if uid:
        options["preconditions"] = {"uid": uid}
    return Request(path, _dry(dry_run), "DELETE", json.dumps(options).encode())


def evict(namespace: str, pod: str, *, dry_run: bool, uid: str = "") -> Request:
    """Evicts a pod: as a deletion that respects PodDisruptionBudgets (refused with 429 while one forbids it)."""
    eviction: dict[str, object] = {
        "kind": "Eviction",
        "apiVersion": "policy/v1",
        "metadata": {"name": pod, "namespace": namespace},
    }
    if uid:
        eviction["deleteOptions"] = {"preconditions": {"uid": uid}}
    return Request(path_of("pods", "v1", namespace, pod, "eviction"), _dry(dry_run), "POST", json.dumps(eviction).encode())


def patch(path: str, change: object, kind: Patch = "strategic-merge", *, dry_run: bool) -> Request:
    """Changes fields of one object."""
    return Request(path, _dry(dry_run), "PATCH", json.dumps(change).encode(), PATCH_TYPES[kind])


def post(path: str, thing: object, *, dry_run: bool = False) -> Request:
    """Creates an object."""
    return Request(path, _dry(dry_run), "POST", json.dumps(thing).encode())


def _dry(dry_run: bool) -> tuple[tuple[str, str], ...]:
    """The server does all but keep the change (https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run)."""
    return (("dryRun", "All"),) if dry_run else ()
