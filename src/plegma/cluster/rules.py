"""The RBAC rule that a request needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plegma.cluster.requests import Request

_RESOURCE = re.compile(
    r"/(?:api/v1|apis/(?P<group>[^/]+)/[^/]+)(?:/namespaces/(?P<namespace>[^/]+)(?=/[^/]))?/(?P<resource>[^/]+)"
    r"(?:/(?P<name>[^/]+))?(?:/(?P<below>[^/]+))?(?:/.*)?$"
)
_ALONE: Mapping[str, str] = {"GET": "get", "POST": "create", "PATCH": "patch", "DELETE": "delete"}


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """What must be allowed: `resource` with its subresource ("pods/log"), `group` "" for the core; `namespace` "" for the cluster."""

    group: str
    resource: str
    verb: str
    namespace: str = ""

    @property
    def yaml(self) -> str:
        """The rule as it stands in a Role or ClusterRole."""
        return f'{{apiGroups: ["{self.group}"], resources: ["{self.resource}"], verbs: ["{self.verb}"]}}'

    @property
    def check(self) -> str:
        """The command that tells whether it is allowed."""
        scope = f" -n {self.namespace}" if self.namespace else ""
        resource, _, below = self.resource.partition("/")
        full = f"{resource}.{self.group}" if self.group else resource
        return f"kubectl auth can-i {self.verb} {full}{f' --subresource={below}' if below else ''}{scope}"


def rule_of(request: Request) -> Rule | None:
    """The rule that the API server's authorizer holds a request against (pkg/endpoints/request/requestinfo.go).

    None for paths that are no resources, such as /healthz.
    """
    found = _RESOURCE.match(request.path)
    if found is None:
        return None
    resource = found["resource"] + (f"/{found['below']}" if found["below"] else "")
    verb = _ALONE[request.method]
    if request.method == "GET" and not found["name"]:
        verb = "watch" if ("watch", "true") in request.query else "list"
    return Rule(found["group"] or "", resource, verb, found["namespace"] or "")
