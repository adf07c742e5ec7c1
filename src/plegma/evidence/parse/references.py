"""The entities that a line of text names, in the many ways in which the kubelet and the runtimes write them."""

import re
from collections.abc import Mapping

_UID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}"
_NAME = r"[a-z0-9][-a-z0-9.]*"
_HEX = r"[0-9a-f]{12,64}"
_Q = r"[\\\"'`]*"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(pattern))
    for hint, pattern in (
        ("pod", rf"\b[pP]ods?={_Q}(?P<namespace>{_NAME})/(?P<pod>{_NAME})"),
        ("_", rf"(?P<pod>{_NAME})_(?P<namespace>{_NAME})\((?P<pod_uid>{_UID})\)"),
        ("(", rf"\b(?P<pod>{_NAME})\((?P<pod_uid>{_UID})\)"),
        (
            "k8s_",
            rf"k8s_(?P<container>[-a-zA-Z0-9]+)(?:\.[0-9a-f]+)?_(?P<pod>{_NAME})_(?P<namespace>{_NAME})_(?P<pod_uid>{_UID})_(?P<attempt>\d+)",
        ),
        ("k8s_", rf"k8s_(?P<pod>{_NAME})_(?P<namespace>{_NAME})_(?P<pod_uid>{_UID})_(?P<attempt>\d+)"),
        (
            "PodSandboxMetadata",
            r"PodSandboxMetadata\{Name:(?P<pod>[^,}]+),Uid:(?P<pod_uid>[^,}]+),Namespace:(?P<namespace>[^,}]+),(?:Attempt:(?P<attempt>\d+))?",
        ),
        ("ContainerMetadata", r"ContainerMetadata\{Name:(?P<container>[^,}]+),(?:Attempt:(?P<attempt>\d+))?"),
        ("Ignoring events for pod", rf"Ignoring events for pod (?P<pod>{_NAME})/(?P<namespace>{_NAME})"),
        ("/var/log/pods/", rf"/var/log/pods/(?P<namespace>{_NAME})_(?P<pod>{_NAME})_(?P<pod_uid>{_UID})/(?P<container>[-a-z0-9.]+)"),
        ("pod", rf"\b[pP]od {_Q}(?P<pod>{_NAME})_(?P<namespace>{_NAME})[\\\"'(]"),
        ("pod", rf"\bpod {_Q}(?P<namespace>{_NAME})/(?P<pod>{_NAME}){_Q}"),
        ("od", rf"(?:\bpod_?(?:UID|ID)=|podName:|Error syncing pod |Orphaned pod |kubelet/pods/|\"ID\":\s?){_Q}(?P<pod_uid>{_UID})"),
        (
            "andbox",
            rf"(?i:sandbox(?:_?id)?(?: from runtime service failed)?)[ =:]+(?:for |of |container |with id )?{_Q}(?P<sandbox_id>{_HEX})",
        ),
        ("containerID", rf"containerID=(?:{_Q}|\{{(?:Type:\w+ )?ID:)(?:\w+://)?(?P<container_id>{_HEX})"),
        ("ontainer", rf"(?:No such container: |\b[Cc]ontainer {_Q}|\bcontainer ID |container=)(?P<container_id>[0-9a-f]{{64}})"),
        ("container", rf"(?:containerName=|failed container=|StartContainer{_Q} for |container name )[\\\"'`]*(?P<container>[-a-z0-9]+)"),
        ("olume", rf"[vV]olume(?:Name:\S+/| with spec.Name:? | )?{_Q}(?P<volume>pvc-[0-9a-f-]+)"),
        ("mage", r"\b[iI]mage(?: |=)[\\\"'`]+(?P<image>[^\\\"'`\s]+)"),
        ("ode", rf"(?:\bNode (?P<node>{_NAME}) status is now|\b[nN]ode(?:Name)?[ =]{_Q}\"(?P<node2>{_NAME})\\?\")"),
    )
)


def refs_in(text: str, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """The refs (keys of REF_KEYS) that a text names, on top of what is known already; what is known wins."""
    refs = dict(known or {})
    for hint, pattern in _PATTERNS:
        if hint not in text:
            continue
        match = pattern.search(text)
        if match is not None:
            _merge(refs, match.groupdict())
    return refs


def _merge(refs: dict[str, str], found: Mapping[str, str | None]) -> None:
    if "pod" in refs and found.get("pod") not in (None, refs["pod"]):
        return
    for key, value in found.items():
        if value and key.rstrip("2") not in refs:
            refs[key.rstrip("2")] = value
