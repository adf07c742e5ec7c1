"""What differs between versions of the kubelet, as data: wording of events, lookups, and the runtime's peculiarities."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plegma.agent.constants import seconds


@dataclass(frozen=True, slots=True)
class Profile:
    """One kubelet version with its runtime.

    `cached_error_returns`: a failed status read is handed to the pod worker at once from the cache (pod_workers.go).
    `status_takes_network_lock`: dockershim's PodSandboxStatus waits for the pod's CNI lock (network/plugins.go podLock).
    `structured`: klog lines are "message" key="value". `constants`: what this kubelet's command line or version sets
    otherwise than `constants.CONSTANTS`.
    """

    name: str
    kubelet: str
    runtime: str
    runtime_version: str
    structured: bool
    status_takes_network_lock: bool
    checkpoints: bool
    node_grace: float
    events: Mapping[str, str]
    constants: Mapping[str, float] = field(default_factory=dict)

    def seconds(self, name: str) -> float:
        """The value of a constant for this kubelet; KeyError for a name that the table lacks."""
        return seconds(name, self.constants)

    def timed(self, constants: Mapping[str, float]) -> "Profile":
        """This kubelet with other constants; KeyError for a name that the table lacks."""
        for name in constants:
            seconds(name)
        return replace(self, constants={**self.constants, **constants})


_OLD = {
    "Created": "Created container",
    "Started": "Started container",
    "Pulled": 'Container image "{image}" already present on machine',
    "Pulling": 'pulling image "{image}"',
    "PulledNow": 'Successfully pulled image "{image}"',
    "FailedPull": 'Failed to pull image "{image}": {error}',
    "PullBackOff": 'Back-off pulling image "{image}"',
    "BackOff": "Back-off restarting failed container",
    "FailedSandbox": "Failed create pod sandbox: {error}",
    "SandboxChanged": "Pod sandbox changed, it will be killed and re-created.",
    "Killing": "Killing container with id docker://{container}:{why}",
    "FailedStatus": "error determining status: {error}",
    "NetworkNotReady": "network is not ready: [runtime network not ready: {error}]",
    "FailedKillPod": 'error killing pod: failed to "KillPodSandbox" for "{uid}" with KillPodSandboxError: "{error}"',
    "Unhealthy": "{kind} probe failed: {output}",
    "FailedCreate": "Error: {error}",
    "FailedStart": "Error: {error}",
    "FailedMount": "{error}",
    "Evicted": "{error}",
    "NodeReady": "Node {node} status is now: NodeReady",
    "NodeNotReady": "Node {node} status is now: NodeNotReady",
}

_NEW = _OLD | {
    "Created": "Container created",
    "Started": "Container started",
    "Pulled": 'Container image "{image}" already present on machine and can be accessed by the pod',
    "Pulling": 'Pulling image "{image}"',
    "PulledNow": 'Successfully pulled image "{image}" in {took} ({took} including waiting). Image size: {size} bytes.',
    "BackOff": "Back-off restarting failed container {name} in pod {pod}_{namespace}({uid})",
    "FailedSandbox": "Failed to create pod sandbox: {error}",
    "Killing": "{why}",
    "NetworkNotReady": "network is not ready: container runtime network not ready: {error}",
}

PROFILES: Mapping[str, Profile] = {
    "v1.12": Profile("v1.12", "v1.12.3", "docker", "docker://18.6.1", False, True, True, 40, _OLD),
    "v1.36": Profile("v1.36", "v1.36.2", "containerd", "containerd://1.6.20", True, False, False, 50, _NEW),
}
