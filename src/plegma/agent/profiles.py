"""What differs between versions of the kubelet, as data: wording of events, lookups, and the runtime's peculiarities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from plegma.agent.constants import seconds


@dataclass(frozen=True, slots=True)
class Profile:
    """One kubelet version with its runtime.

    `cached_error_returns`: a failed status read is handed to the pod worker at once from the cache (pod_workers.go).
    `status_takes_network_lock`: dockershim's PodSandboxStatus waits for the pod's CNI lock (network/plugins.go podLock).
    `checkpoints`: dockershim's files name sandboxes whose container is gone. `failed_sandbox_stays`: a sandbox whose network
    could not be set up stays as a dead one (docker_sandbox.go RunPodSandbox), else the runtime takes it away again.
    `survives_runtime`: containers run on when the runtime stops (shims; dockerd without live-restore stops them).
    `leases`: the node has a lease, and its status is written every 5 minutes only. `node_grace`: seconds until the node
    controller gives a silent node up. `start_error`: the reason of a container that could not be started.
    `waits_for_back_off`: a pod in crash-loop back-off is synced again when that ends, not every 10 to 15 s (pull 133066).
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
    failed_sandbox_stays: bool
    survives_runtime: bool
    leases: bool
    waits_for_back_off: bool
    node_grace: float
    start_error: str
    events: Mapping[str, str]
    constants: Mapping[str, float] = field(default_factory=dict)

    def skipped(self, troubles: Sequence[str]) -> str:
        """Why no pod is synced: up to v1.12 a slice of texts as Go prints it, later an aggregate of errors (kubelet.go syncLoop)."""
        return self.joined(troubles) if self.structured else f"[{' '.join(troubles)}]"

    def joined(self, troubles: Sequence[str]) -> str:
        """The Ready condition's message (nodestatus/setters.go): up to v1.12 joined by commas, later an aggregate of errors."""
        if not self.structured:
            return ",".join(troubles)
        return "[" + ", ".join(troubles) + "]" if len(troubles) > 1 else "".join(troubles)

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
    "Message": "{message}",
    "KillingPod": "Need to kill Pod",
    "KillingUnhealthy": "Container failed liveness probe.. Container will be killed and recreated.",
    "CrashLoopBackOff": "Back-off {wait} restarting failed container={name} pod={pod}_{namespace}({uid})",
    "NetworkCondition": "runtime network not ready: {error}",
    "Evicted": "The node was low on resource: {resource}. ",
    "EvictedOver": "Container {name} was using {used}, which exceeds its request of {requested}. ",
    "Refused": "The node had condition: [{conditions}]. ",
    "RefusedStatus": "Pod {text}",
    "EvictionThresholdMet": "Attempting to reclaim {resource}",
    "FreeDiskSpaceFailed": "failed to garbage collect required amount of images. Wanted to free {wanted} bytes, but freed {freed} bytes",
    "ImageGCFailed": "{error}",
    "NodeHasInsufficientMemory": "Node {node} status is now: NodeHasInsufficientMemory",
    "NodeHasSufficientMemory": "Node {node} status is now: NodeHasSufficientMemory",
    "NodeHasDiskPressure": "Node {node} status is now: NodeHasDiskPressure",
    "NodeHasNoDiskPressure": "Node {node} status is now: NodeHasNoDiskPressure",
    "NodeHasInsufficientPID": "Node {node} status is now: NodeHasInsufficientPID",
    "NodeHasSufficientPID": "Node {node} status is now: NodeHasSufficientPID",
    "NodeReady": "Node {node} status is now: NodeReady",
    "NodeNotReady": "Node {node} status is now: NodeNotReady",
}

_STRUCTURED = _OLD | {
    "Created": "Created container {name}",
    "Started": "Started container {name}",
    "Pulling": 'Pulling image "{image}"',
    "PulledNow": 'Successfully pulled image "{image}" in {took} ({took} including waiting)',
    "BackOff": "Back-off restarting failed container {name} in pod {pod}_{namespace}({uid})",
    "FailedSandbox": "Failed to create pod sandbox: {error}",
    "Killing": "{why}",
    "KillingPod": "Stopping container {name}",
    "KillingUnhealthy": "Container {name} failed liveness probe, will be restarted",
    "CrashLoopBackOff": "back-off {wait} restarting failed container={name} pod={pod}_{namespace}({uid})",
    "NetworkNotReady": "network is not ready: container runtime network not ready: {error}",
    "NetworkCondition": "container runtime network not ready: {error}",
    "Evicted": "The node was low on resource: {resource}. Threshold quantity: {threshold}, available: {available}. ",
    "RefusedStatus": "Pod was rejected: {text}",
    "EvictedOver": "Container {name} was using {used}, request is {requested}, has larger consumption of {resource}. ",
    "FreeDiskSpaceFailed": "Failed to garbage collect required amount of images. Attempted to free {wanted} bytes, "
    "but only found {freed} bytes eligible to free.",
}

_NEW = _STRUCTURED | {
    "Created": "Container created",
    "Started": "Container started",
    "Pulled": 'Container image "{image}" already present on machine and can be accessed by the pod',
    "PulledNow": 'Successfully pulled image "{image}" in {took} ({took} including waiting). Image size: {size} bytes.',
}

PROFILES: Mapping[str, Profile] = {
    "v1.12": Profile(
        "v1.12", "v1.12.3", "docker", "docker://18.6.1", structured=False, status_takes_network_lock=True, checkpoints=True,
        failed_sandbox_stays=True, survives_runtime=False, leases=False, waits_for_back_off=False,
        node_grace=40, start_error="ContainerCannotRun", events=_OLD,
    ),
    "v1.28": Profile(
        "v1.28", "v1.28.15", "containerd", "containerd://1.6.20", structured=True, status_takes_network_lock=False, checkpoints=False,
        failed_sandbox_stays=False, survives_runtime=True, leases=True, waits_for_back_off=False, node_grace=40,
        start_error="StartError", events=_STRUCTURED,
    ),
    "v1.36": Profile(
        "v1.36", "v1.36.2", "containerd", "containerd://1.6.20", structured=True, status_takes_network_lock=False, checkpoints=False,
        failed_sandbox_stays=False, survives_runtime=True, leases=True, waits_for_back_off=True,
        node_grace=50, start_error="StartError", events=_NEW,
    ),
}  # fmt: skip
