"""Words that people copy from kubectl, and the failure mode that explains each.

Statuses and reasons as kubectl prints them; a word that differs from a mode's or concept's id only in case, spaces or
hyphens needs no row. Sources: pkg/kubelet/events/event.go, pkg/kubelet/images/types.go, kubectl's STATUS column.
"""

from collections.abc import Mapping

MODE_SPELLINGS: Mapping[str, str] = {
    "NotReady": "node-not-ready",
    "NodeNotReady": "node-not-ready",
    "KubeletNotReady": "node-not-ready",
    "NodeStatusUnknown": "node-status-unknown",
    "Unknown": "pod-status-unknown",
    "FailedSync": "pod-status-unknown",
    "ContainerCreating": "pod-stuck-creating",
    "PodInitializing": "init-container-waiting",
    "Terminating": "pod-stuck-terminating",
    "FailedKillPod": "sandbox-kill-failing",
    "Pending": "pod-pending",
    "Evicted": "pod-evicted",
    "OOMKilled": "app-oomkilled",
    "Error": "app-error-exit",
    "BackOff": "container-restarting",
    "CreateContainerConfigError": "container-config-error",
    "CreateContainerError": "container-cannot-run",
    "RunContainerError": "container-cannot-run",
    "ContainerCannotRun": "container-cannot-run",
    "StartError": "container-cannot-run",
    "ErrImagePull": "image-pull-back-off",
    "ImagePullBackOff": "image-pull-back-off",
    "FailedCreatePodSandBox": "sandbox-creation-failing",
    "SandboxChanged": "sandbox-changed-loop",
    "NetworkNotReady": "network-not-ready",
    "NetworkPluginNotReady": "network-not-ready",
    "FailedScheduling": "pod-pending",
    "Unhealthy": "probe-failing",
    "FailedMount": "volume-mount-failing",
    "FailedAttachVolume": "volume-attach-failing",
    "Multi-Attach": "volume-multi-attach",
    "FailedPostStartHook": "lifecycle-hook-failure",
    "FailedPreStopHook": "lifecycle-hook-failure",
    "FailedCreate": "pod-not-created",
    "DiskPressure": "disk-pressure-eviction",
    "exit code 137": "exit-137",
    "NodeShutdown": "node-shutdown",
}
