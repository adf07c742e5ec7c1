"""The entities that a line of text names, in the many ways in which the kubelet and the runtimes write them."""

import re
from collections.abc import Mapping

_UID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
_NAME = r"[A-Za-z0-9][-A-Za-z0-9.]{0,252}"
"""A DNS subdomain has at most 253 characters; without the bound a long word would be looked through from each of its letters."""
_HEX = r"[0-9a-f]{12,64}"
_Q = r"[\\\"'`]*"
_POD = rf"(?P<pod>{_NAME})"
_NAMESPACE = rf"(?P<namespace>{_NAME})"
_POD_UID = rf"(?P<pod_uid>{_UID})"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(pattern))
    for hint, pattern in (
        # structured klog prints klog.KObj, namespace and name
        ("od", rf"\b[pP]ods?={_Q}{_NAMESPACE}/{_POD}"),
        # kubelet/util/format prints the name, the namespace and, in brackets, the UID
        ("_", rf"(?<![A-Za-z0-9]){_POD}_{_NAMESPACE}\({_POD_UID}\)"),
        ("(", rf"\b{_POD}\({_POD_UID}\)"),
        # dockershim's names, with and without the hash that 1.2 to 1.4 put behind the container's name; cri-o's have no container
        ("k8s_", rf"k8s_(?P<container>[-A-Za-z0-9]+)(?:\.[0-9a-f]+)?_{_POD}_{_NAMESPACE}_{_POD_UID}_(?P<attempt>\d+)"),
        ("k8s_", rf"k8s_{_POD}_{_NAMESPACE}_{_POD_UID}_(?P<attempt>\d+)"),
        # containerd's and cri-o's reserved names: a sandbox's, and a container's with its own name in front
        ("sandbox name", rf"sandbox name {_Q}{_POD}_{_NAMESPACE}_{_POD_UID}_(?P<attempt>\d+)"),
        ("container name", rf"container name {_Q}(?P<container>[-A-Za-z0-9]+)_{_POD}_{_NAMESPACE}_{_POD_UID}_(?P<attempt>\d+)"),
        # the CRI's messages as containerd prints them
        (
            "Metadata{",
            r"PodSandboxMetadata\{Name:(?P<pod>[^,}]+),Uid:(?P<pod_uid>[^,}]+),Namespace:(?P<namespace>[^,}]+),(?:Attempt:(?P<attempt>\d+))?",
        ),
        ("Metadata{", r"ContainerMetadata\{Name:(?P<container>[^,}]+),(?:Attempt:(?P<attempt>\d+))?"),
        # pkg/kubelet/pleg/generic.go before 1.21 prints name/namespace
        ("Ignoring events for pod", rf"Ignoring events for pod {_POD}/{_NAMESPACE}"),
        ("Successfully assigned", rf"Successfully assigned (?:{_NAMESPACE}/)?{_POD} to (?P<node>{_NAME})"),
        ("/pods/", rf"/var/log/pods/{_NAMESPACE}_{_POD}_{_POD_UID}/(?P<container>[-a-z0-9.]+)"),
        ("od ", rf"\b[pP]od {_Q}{_POD}_{_NAMESPACE}[\\\"'(]"),
        ("od ", rf"\bpod [\\\"'`]+{_NAMESPACE}[\\\"'`]*/[\\\"'`]*{_POD}[\\\"'`]"),
        ("od", rf"(?:\bpod_?(?:UID|ID)=|podName:|[pP]od |kubelet/pods/|\"ID\":\s?){_Q}{_POD_UID}"),
        (
            "andbox",
            r"(?i:sandbox(?:_?id)?(?: from runtime service failed)?)[ =:]+(?:for |of |container |with id |network for )?"
            rf"{_Q}(?P<sandbox_id>{_HEX})\b",
        ),
        # containerd's CRI calls and task events name containers by their whole id
        ("ontainer", r"\b(?:Start|Stop|Remove|Create|Update)Container for [\\\"'`]*(?P<container_id>[0-9a-f]{64})\b"),
        ("ontainer", r"\bContainerStatus for [\\\"'`]*(?P<container_id>[0-9a-f]{64})\b"),
        ("{ContainerID:", r"\bTask\w+\{ContainerID:(?P<container_id>[0-9a-f]{64})\b"),
        ("ontainerID", rf"[cC]ontainerID=(?:{_Q}|\{{(?:Type:\w+ )?ID:)(?:\w+://)?(?P<container_id>{_HEX})"),
        ("ontainer", rf"(?:No such container: |\b[Cc]ontainer {_Q}|\bcontainer ID |\bcontainer=)(?P<container_id>[0-9a-f]{{64}})\b"),
        (
            "ontainer",
            rf"(?:containerName=|failed container[= ]|StartContainer{_Q} for |container name |failed to start container |"
            rf"(?:Created|Started|Killing|Stopping) container )[\\\"'`]*(?!with )(?P<container>[a-z0-9][-a-z0-9]*)(?![-a-z0-9.]|: )",
        ),
        ("olume", r"\b[vV]olumes?(?: with spec\.Name:?)? ?[\\\"'`]+(?P<volume>[A-Za-z0-9][-\w.]*)"),
        ("mage", r"\b(?:PullI|[iI])mage(?: |=)[\\\"'`]+(?P<image>[^\\\"'`\s]+)"),
        ("Node ", rf"\bNode (?P<node>{_NAME}) status is now"),
        ("ode", rf"\b[nN]ode(?:Name)?[ =][\\\"'`]+(?P<node>{_NAME})"),
    )
)


_WHOLE_ID = re.compile(r"[0-9a-f]{64}")


def refs_in(text: str, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The refs (keys of REF_KEYS) that a text names, on top of what is known already; what is known wins."""
    refs = dict(known or {})
    for hint, pattern in _PATTERNS:
        if hint in text and (match := pattern.search(text)) is not None:
            _merge(refs, match.groupdict())
    if refs.get("container_id") == refs.get("sandbox_id", ""):
        del refs["container_id"]
    if _WHOLE_ID.fullmatch(refs.get("container", "")):
        del refs["container"]
    return refs


def _merge(refs: dict[str, str], found: Mapping[str, str | None]) -> None:
    """Adds what is found, unless it speaks of another pod than the one that is known."""
    if "pod" in refs and found.get("pod") not in (None, refs["pod"]):
        return
    for key, value in found.items():
        if value and key not in refs:
            refs[key] = value.rstrip(".")
