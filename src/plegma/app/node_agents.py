"""The manifest of a read-only DaemonSet that runs `plegma diagnose --this-node` on nodes and writes to its log."""

from plegma import __version__

IMAGE = f"plegma:{__version__}"
"""As `deploy/Dockerfile` is meant to be tagged; there is no public image."""
_TMP = "/tmp"  # noqa: S108 - a volume of the pod's own
_PATHS = (
    ("run", "/run"), ("log", "/var/log"), ("proc", "/proc"), ("cni-conf", "/etc/cni"), ("cni-state", "/var/lib/cni"),
)  # fmt: skip
"""What of the node is mounted, below /host: sockets of the runtimes, logs and journal, /proc, CNI's files.

Not the kubelet's folder (it holds the tokens of all pods) and not /dev/kmsg (only a privileged container may read it).
"""
_NAME = "plegma-node-agent"


def manifest(node: str = "", image: str = IMAGE) -> str:
    """YAML for `kubectl apply -f -`: a DaemonSet for all nodes, or for the one of this name.

    It runs as root because the runtimes' sockets belong to root, but without privileges beyond reading
    (SYS_PTRACE for /proc of others, DAC_READ_SEARCH for files of others), no escalation, no token of the
    API, a read-only root and read-only mounts; it sees the node's processes (hostPID) and is scheduled on every node.
    """
    import yaml

    text: str = yaml.safe_dump_all([_namespace(), _daemon_set(node, image)], sort_keys=False, default_flow_style=False)
    return text


def _namespace() -> dict[str, object]:
    labels = {"app.kubernetes.io/name": "plegma", "pod-security.kubernetes.io/enforce": "privileged"}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": _NAME, "labels": labels}}


def _daemon_set(node: str, image: str) -> dict[str, object]:
    labels = {"app.kubernetes.io/name": _NAME}
    template = {"metadata": {"labels": labels}, "spec": _pod(node, image)}
    return {
        "apiVersion": "apps/v1", "kind": "DaemonSet",
        "metadata": {"name": _NAME, "namespace": _NAME, "labels": dict(labels)},
        "spec": {"selector": {"matchLabels": dict(labels)}, "template": template},
    }  # fmt: skip


def _pod(node: str, image: str) -> dict[str, object]:
    pod: dict[str, object] = {
        "automountServiceAccountToken": False,
        "hostPID": True,
        "priorityClassName": "system-node-critical",
        "tolerations": [{"operator": "Exists"}],
        "terminationGracePeriodSeconds": 5,
        "containers": [_container(image)],
        "volumes": [
            *({"name": name, "hostPath": {"path": path}} for name, path in _PATHS),
            {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}},
        ],
    }
    if node:
        pod["affinity"] = _only(node)
    return pod


def _only(node: str) -> dict[str, object]:
    """Not `nodeName`: a DaemonSet's pods are bound by the scheduler, which affinity tells where."""
    fields = [{"key": "metadata.name", "operator": "In", "values": [node]}]
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [{"matchFields": fields}]}}}


def _container(image: str) -> dict[str, object]:
    run = 'plegma diagnose --this-node --root /host --node-name "$NODE_NAME" -o json; sleep 3600'
    return {
        "name": "plegma",
        "image": image,
        "command": ["/bin/sh", "-c", f"while true; do {run}; done"],
        "env": [
            {"name": "NODE_NAME", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}},
            {"name": "XDG_CACHE_HOME", "value": _TMP},
        ],
        "resources": {"requests": {"cpu": "10m", "memory": "64Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": {
            "runAsUser": 0, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "privileged": False,
            "capabilities": {"drop": ["ALL"], "add": ["SYS_PTRACE", "DAC_READ_SEARCH"]}, "seccompProfile": {"type": "RuntimeDefault"},
        },
        "volumeMounts": [
            *({"name": name, "mountPath": f"/host{path}", "readOnly": True} for name, path in _PATHS),
            {"name": "tmp", "mountPath": _TMP},
        ],
    }  # fmt: skip
