"""Where known bundles keep things: what a member's path tells of whose it is. A path that no rule knows is sniffed.

A pattern matches the end of an artifact's name, from a slash (or an archive's "!") on.
"""

from msgspec import Struct

_NS = r"(?P<namespace>[a-z0-9][-a-z0-9]*)"
_POD = r"(?P<pod>[a-z0-9][-a-z0-9.]*)"
_CONTAINER = r"(?P<container>[a-z0-9][-a-z0-9]*)"
_BEFORE = r"(?P<container>[a-z0-9][-a-z0-9]*?)(?P<previous>-previous)?"
"""A container whose run before the present one has a name of its own."""
_UID = r"(?P<pod_uid>[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32})"
_NODE = r"(?P<node>[a-z0-9A-Z][-.a-zA-Z0-9]*)"
_SYSTEM_NAMESPACES = """
    kube-system kube-public kube-node-lease default ingress-nginx istio-system longhorn-system harvester-system calico-system cert-manager
    tigera-operator cattle-system cattle-alerting cattle-logging cattle-logging-system cattle-pipeline cattle-prometheus
    cattle-monitoring-system cattle-global-data cattle-fleet-system cattle-fleet-local-system cattle-provisioning-capi-system
    cattle-ui-plugin-system cattle-gatekeeper-system cattle-impersonation-system cattle-resources-system fleet-system fleet-default
    rancher-operator-system cis-operator-system system-upgrade
"""
_SYSTEM = rf"(?P<namespace>{'|'.join(sorted(_SYSTEM_NAMESPACES.split(), key=len, reverse=True))})"
"""Namespaces that Rancher's collector takes logs of: its names join namespace and pod by a dash, and both hold dashes."""


class Rule(Struct, frozen=True):
    """Paths that hold one kind of evidence; named groups are refs, `component` wrote what does not say who wrote it."""

    pattern: str
    component: str = ""
    evidence: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    # bundle a: Replicated troubleshoot
    Rule(rf"(?:cluster-resources/)?pods/logs/{_NS}/{_POD}/{_BEFORE}\.log", "pod-log", ("pod-log",)),
    Rule(rf"host-collectors/system/{_NODE}/[^/]+\.json"),
    Rule(rf"host-collectors/(?:run-host|journald)/(?:{_NODE}/)?journalctl-dmesg[^/]*", "kernel", ("kernel-log",)),
    # bundle b: OpenShift must-gather
    Rule(
        rf"namespaces/{_NS}/pods/{_POD}/{_CONTAINER}/[^/]+/logs/(?:current|(?P<previous>previous))(?:\.insecure)?\.log(?:\.\w+)?",
        "pod-log",
        ("pod-log",),
    ),
    Rule(rf"namespaces/{_NS}/(?:core|apps|batch|pods/{_POD})/[^/]+\.yaml"),
    Rule(rf"nodes/{_NODE}/[^/]*_logs_kubelet(?:\.gz|\.log)?", "kubelet", ("kubelet-log",)),
    Rule(rf"nodes/{_NODE}/[^/]*dmesg", "kernel", ("kernel-log",)),
    Rule(rf"nodes/{_NODE}/.+"),
    Rule(r"host_service_logs/\w+/kubelet_service\.log", "kubelet", ("kubelet-log",)),
    Rule(r"host_service_logs/\w+/crio_service\.log", "crio", ("runtime-log",)),
    # bundle c: sosreport
    Rule(rf"sos(?:report)?-{_NODE}-\d{{4}}-\d\d-\d\d-\w+/sos_commands/kubernetes/(?:[^/]*/)*journalctl_[^/]*kubelet[^/]*", "kubelet"),
    Rule(rf"cluster-info/{_NS}/podlogs/{_POD}/[^/]*_-c_{_CONTAINER}", "pod-log", ("pod-log",)),
    Rule(
        rf"(?:kubectl|oc)_(?:[^/]*_)?(?:-n|--namespace)_{_NS}_(?:[^/]*_)?logs_(?:--[a-z-]+_)*{_POD}(?:_-c_{_CONTAINER})?",
        "pod-log",
        ("pod-log",),
    ),
    Rule(rf"(?:kubectl|oc)_(?:[^/]*_)?logs_(?:-n|--namespace)_{_NS}_{_POD}(?:_-c_{_CONTAINER})?", "pod-log", ("pod-log",)),
    # bundle d: the EKS log collector
    Rule(r"kubelet/kubelet\.log", "kubelet", ("kubelet-log",)),
    Rule(r"containerd/containerd-log\.txt", "containerd", ("runtime-log",)),
    Rule(r"docker/docker\.log", "dockerd", ("runtime-log",)),
    Rule(r"var_log/aws-routed-eni/ipamd\.log[^/]*", "ipamd", ("cni-agent-log",)),
    Rule(r"var_log/aws-routed-eni/plugin\.log[^/]*", "cni", ("cni-agent-log",)),
    Rule(r"kernel/dmesg\.\S+", "kernel", ("kernel-log",)),
    Rule(r"cni/[^/]+\.(?:conf|conflist|json)", "", ("cni-config",)),
    # bundle e: kubectl cluster-info dump
    Rule(rf"{_NS}/{_POD}/logs\.txt", "", ("pod-log",)),
    # bundle f: Rancher and Harvester
    Rule(r"journald/(?:rancher-)?(?:rke2|k3s)(?:-server|-agent)?", "k3s", ("kubelet-log",)),
    Rule(r"journald/kubelet", "kubelet", ("kubelet-log",)),
    Rule(r"journald/(?:docker|containerd)", "containerd", ("runtime-log",)),
    Rule(r"(?:rke2|k3s)/agent-logs/kubelet[^/]*\.log(?:\.gz)?", "kubelet", ("kubelet-log",)),
    Rule(r"(?:rke2|k3s)/containerd\.log", "containerd", ("runtime-log",)),
    Rule(rf"podlogs/{_SYSTEM}-(?P<pod>[a-z0-9][-a-z0-9.]*?)(?P<previous>-previous)?", "pod-log", ("pod-log",)),
    Rule(rf"podlogs/k8s_{_CONTAINER}_{_POD}_{_NS}_{_UID}_\d+", "pod-log", ("pod-log",)),
    Rule(rf"logs/{_NS}/{_POD}/{_CONTAINER}\.log(?:\.\d+)?", "pod-log", ("pod-log",)),
    Rule(rf"nodes/{_NODE}\.zip[!/].+"),
    # bundle g: Talos
    Rule(rf"{_NODE}/service-logs/kubelet\.log", "kubelet", ("kubelet-log",)),
    Rule(rf"{_NODE}/service-logs/(?:cri|containerd)\.log", "containerd", ("runtime-log",)),
    Rule(rf"{_NODE}/service-logs/etcd\.log", "etcd", ("etcd-log",)),
    Rule(rf"{_NODE}/(?:service-logs|resources)/[^/]+"),
    Rule(
        rf"{_NODE}/kubernetes-logs/{_NS}/(?:{_POD}:)?(?P<container>[a-z0-9][-a-z0-9.]*?)(?::\w+)?(?P<previous>-exited)?\.log",
        "pod-log",
        ("pod-log",),
    ),
    Rule(rf"[^/!]*support[^/!]*[/!]{_NODE}/dmesg\.log", "kernel", ("kernel-log",)),
    Rule(rf"[^/!]*support[^/!]*[/!]{_NODE}/(?:controller-runtime\.log|mounts|processes)"),
    # bundle h: plegma collect, named as the API's paths
    Rule(rf"namespaces/{_NS}/pods/{_POD}/log/{_BEFORE}\.log", "pod-log", ("pod-log",)),
    Rule(rf"nodes/{_NODE}/proxy/logs/kubelet\.log", "kubelet", ("kubelet-log",)),
    Rule(rf"nodes/{_NODE}/proxy/logs/(?:containerd|crio|docker)\.log", "", ("runtime-log",)),
    Rule(rf"nodes/{_NODE}/proxy/configz\.json", "", ("kubelet-config",)),
    # the node's own log folders, and what people name files that they save logs to
    Rule(rf"{_NS}_{_POD}_{_UID}/{_CONTAINER}/\d+\.log(?:\.\S+)?", "pod-log", ("pod-log",)),
    Rule(rf"containers/{_POD}_{_NS}_{_CONTAINER}-(?P<container_id>[0-9a-f]{{64}})\.log", "pod-log", ("pod-log",)),
    Rule(
        rf"pod-?logs?/{_NS}[._](?P<pod>[a-z0-9][-a-z0-9]*)(?:[._](?P<container>[a-z0-9][-a-z0-9]*?))?(?P<previous>[._-]previous)?\.(?:log|txt)",
        "pod-log",
        ("pod-log",),
    ),
)
NODE_ROOTS = (
    rf"sos(?:report)?-{_NODE}-(?:\d+-)?\d{{4}}-\d\d-\d\d-[a-z]+",
    rf"{_NODE}-\d{{4}}-\d\d-\d\d_\d\d_\d\d_\d\d",
)
"""Roots of bundles of one node, whose name they hold: c and f."""
ONE_NODE_ROOTS = (*(root.replace("(?P<node>", "(?:") for root in NODE_ROOTS), r"eks_i-[0-9a-f]+_[^/!]+")
"""Roots of all bundles of one node: what a part of them does not say of its node, the kubelet's log beside it does."""
SOS_ROOT = r"sos(?:report)?-[^/!]+-(?:\d{4}-\d\d-\d\d-[a-z]{5,8}|\d{14})[^/!]*"
SOS_WANTED = (
    r"sos_commands/(?:kubernetes|openshift|crio|containerd|docker|podman|logs|cgroups|microk8s|k3s|rke2)/",
    r"sos_commands/(?:kernel/dmesg|filesys/df|memory/free|process/ps|systemd/systemctl|block/lsblk|networking/ip_|selinux/sestatus)",
    r"var/log/(?:messages|syslog|kern|journal|pods|containers|kubelet|audit/audit|dmesg|calico|aws-routed-eni)",
    r"etc/(?:cni|containerd|crio|containers|docker|kubernetes/(?!pki))",
    r"var/lib/(?:kubelet/config|cni)",
    r"run/log/journal",
)
"""Of the thousands of files of a sosreport, those that tell of Kubernetes and its node."""
NEVER = r"(?:analysis\.json|version\.yaml|event-filter\.html|manifest\.json|sos\.(?:log|html|txt)|collector\.log|[^/!]*\.(?:sha256|md5))"
"""What bundles say of themselves."""
FAILED = r"(?:cluster-resources/.*-errors|cluster-info/errors|.*-collector-errors)\.json"
"""Where collectors write what they could not get."""
