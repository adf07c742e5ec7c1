"""Does a pod need a new sandbox? In the kubelet's own order (kuberuntime PodSandboxChanged)."""

from plegma.agent.pods import PodSpec, RuntimeStatus

CHECKS: tuple[tuple[str, str], ...] = (
    ("none", "no sandbox is listed: attempt 0, no SandboxChanged event"),
    ("several", "more than one sandbox is ready"),
    ("not-ready", "the newest sandbox is not ready"),
    ("network-mode", "the network namespace mode is another than the spec's"),
    ("no-ip", "a pod with its own network has no IP"),
)


def sandbox_change(spec: PodSpec, status: RuntimeStatus) -> str:
    """The first check of CHECKS that asks for a new sandbox; empty if the present one stays."""
    if not status.sandboxes:
        return "none"
    newest = status.sandboxes[0]
    if sum(s.ready for s in status.sandboxes) > 1:
        return "several"
    if not newest.ready:
        return "not-ready"
    if newest.network_mode != ("NODE" if spec.host_network else "POD"):
        return "network-mode"
    return "no-ip" if not spec.host_network and not newest.ip else ""


def next_attempt(status: RuntimeStatus) -> int:
    """The attempt of the sandbox to be made."""
    return status.sandboxes[0].attempt + 1 if status.sandboxes else 0
