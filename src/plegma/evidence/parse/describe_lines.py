"""The lines of `kubectl describe`: which kinds there are, and where a description may start."""

import re

from plegma.evidence.parse.blocks import Document, ends_output, next_filled
from plegma.evidence.parse.event_rows import described_row
from plegma.evidence.parse.line_kinds import has_cjk, is_elision
from plegma.evidence.parse.words import words_of

FIELD = re.compile(r"(?P<indent>\s*)(?P<key>[A-Za-z][\w./() -]{0,60}?):(?:\s+(?P<value>\S.*))?$")
TIGHT = re.compile(r"\s*[^:]+:(?:\s{2,}|\t)")
EVENT_HEAD = re.compile(
    r"\s*(?:Type\s+Reason\s+Age\s+From\s+Message|(?:First|Last)\s?Seen\s+(?:First|Last)\s?Seen\s+Count\s+From)", re.IGNORECASE
)
RULE = re.compile(r"[\s-]*-{3}[\s-]*$")
CONDITION_HEAD = re.compile(r"\s*Type\s+Status\b")
CONDITION_ROW = re.compile(r"\s*[A-Z]\w+(?:\s{2,}|\s*\t\s*| )(?:True|False|Unknown)\b")
NOTHING = re.compile(r"\s*No (?:volumes|events|resources)\.$")
LISTED = re.compile(
    r"(?:/\S* from \S+ \(\S+\)|[\w./-]+=\S*|[\w./-]+:?No(?:Execute|Schedule)\b.*|[\w.-]+\.[\w.-]+/[\w.-]+: .*"
    r"|\(Total limits may be over .*)$"
)
"""Lines of the lists in a description: mounts, labels, tolerations, annotations."""
_DATED = re.compile(r"\d\d:\d\d:\d\d [+-]\d{4}|\d{4} \d\d:\d\d:\d\d")
_SECTION_ONLY = frozenset(("Events", "Conditions", "Containers", "Volumes", "Init Containers", "Lease", "System Info"))
KNOWN = words_of(
    """
    Name|Namespace|Priority|Node|Status|Reason|Message|IP|IPs|Containers|State|Conditions|Events|Volumes|Labels|Annotations|Roles
    |CreationTimestamp|Taints|Unschedulable|Lease|Addresses|Capacity|Allocatable|Replicas|Selector|Ready|Phase|Type|StorageClass|Image|Port
    |Ports|Command|Args|Limits|Requests|Environment|Mounts|Tolerations|Succeeded|Failed|Parallelism|Completions|Endpoints|Subsets|Allocated
    |Liveness|Readiness|Startup|Provisioner|Finalizers|Volume|Source|Controlled By|Start Time|Last State|Restart Count|Exit Code
    |Container ID|Image ID|Init Containers|Ephemeral Containers|QoS Class|Node-Selectors|System Info|Non-terminated Pods
    |Allocated resources|Pods Status|Pods Statuses|Pod Template|Service Account|Priority Class Name|Priority Class|Host Port|Used By
    |Mounted By|Access Modes|Pod Status|Desired Number of Nodes Scheduled|Current Number of Nodes Scheduled|Update Strategy|StrategyType
    |Owned By|OldReplicaSets|NewReplicaSet|Machine ID|Container Runtime Version|Kubelet Version|Environment Variables from|Controllers
    |Termination Grace Period|Termination Message|Reclaim Policy|Node Affinity|Claim|VolumeMode|Signal|PodCIDR|PodCIDRs|ProviderID
    |Kernel Version|Started|Finished|Host Ports|SeccompProfile|SecretName|ConfigMapName|ConfigMapOptional|Optional|DownwardAPI|ClaimName
    |TokenExpirationSeconds|ReadOnly|Path|HostPathType|Medium|SizeLimit|Hostname|InternalIP|ExternalIP|System UUID|Boot ID|OS Image
    |Operating System|Architecture|Kube-Proxy Version|HolderIdentity|AcquireTime|RenewTime|cpu|memory|pods|ephemeral-storage|hugepages-1Gi
    |hugepages-2Mi|Devices
    """
)
"""Keys that kubectl prints: a line that begins with one may begin a description, and goes on with it."""


def starts_description(document: Document, index: int) -> bool:
    """May a description start on this line?"""
    line = document.lines[index]
    if described_row(line) is not None or EVENT_HEAD.match(line):
        return True
    match = FIELD.match(line)
    if match is None:
        return dated_condition(line)
    if match["key"] not in KNOWN:
        return False
    if match["value"] is None:
        return match["key"] in _SECTION_ONLY and _goes_on(document, index)
    return bool(TIGHT.match(line) or match["indent"] or _goes_on(document, index))


def dated_condition(line: str) -> bool:
    """Is the line a row of a node's conditions, with its times?"""
    return bool(CONDITION_ROW.match(line) and _DATED.search(line))


def _goes_on(document: Document, index: int) -> bool:
    ahead = next_filled(document, index + 1)
    if ahead < 0:
        return False
    line = document.lines[ahead]
    return bool(FIELD.match(line) or CONDITION_HEAD.match(line) or EVENT_HEAD.match(line) or described_row(line))


def stops(line: str) -> bool:
    """Can no description go on here: a fence, a prompt, a line of CJK prose?"""
    return ends_output(line) or (has_cjk(line) and not is_elision(line) and not FIELD.match(line))


def structural(line: str) -> bool:
    """Is the line an elision, a table's head or its rule?"""
    return bool(is_elision(line) or EVENT_HEAD.match(line) or RULE.match(line) or CONDITION_HEAD.match(line))
