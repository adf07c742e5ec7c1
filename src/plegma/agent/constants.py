"""The kubelet's constants: seconds unless the name says otherwise, with the file in kubernetes/kubernetes that sets them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """A value and where it is set."""

    value: float
    source: str


CONSTANTS: dict[str, Constant] = {
    "relist_period": Constant(1, "pkg/kubelet/kubelet.go genericPlegRelistPeriod"),
    "relist_threshold": Constant(180, "pkg/kubelet/kubelet.go genericPlegRelistThreshold"),
    "runtime_poll": Constant(5, "pkg/kubelet/kubelet.go updateRuntimeUp, every 5 s"),
    "runtime_down_after": Constant(30, "pkg/kubelet/kubelet.go maxWaitForContainerRuntime"),
    "sync_pause_first": Constant(0.1, "pkg/kubelet/kubelet.go syncLoop base"),
    "sync_pause_last": Constant(5, "pkg/kubelet/kubelet.go syncLoop max"),
    "housekeeping": Constant(2, "pkg/kubelet/kubelet.go housekeepingPeriod"),
    "log_rotation": Constant(10, "pkg/kubelet/apis/config containerLogMonitorInterval"),
    "sync_tick": Constant(1, "pkg/kubelet/kubelet.go syncLoop syncTicker"),
    "retry_low": Constant(10, "pkg/kubelet/pod_workers.go workerBackOffPeriod"),
    "retry_high": Constant(15, "pkg/kubelet/pod_workers.go workerBackOffPeriodJitterFactor 0.5"),
    "network_retry_low": Constant(1, "pkg/kubelet/pod_workers.go backOffOnTransientErrorPeriod"),
    "network_retry_high": Constant(1.5, "pkg/kubelet/pod_workers.go, same jitter"),
    "resync_low": Constant(60, "pkg/kubelet/pod_workers.go resyncInterval"),
    "resync_high": Constant(90, "pkg/kubelet/pod_workers.go workerResyncIntervalJitterFactor 0.5"),
    "cri_timeout": Constant(120, "cri-client remote_runtime.go, kubelet --runtime-request-timeout"),
    "run_sandbox_timeout": Constant(240, "cri-client remote_runtime.go RunPodSandbox: twice the timeout"),
    "crash_back_off": Constant(10, "pkg/kubelet/kubelet.go backOffPeriod"),
    "crash_back_off_max": Constant(300, "pkg/kubelet/kubelet.go MaxContainerBackOff"),
    "crash_back_off_reset": Constant(600, "client-go flowcontrol Backoff: twice the maximum without use"),
    "pull_back_off": Constant(10, "pkg/kubelet/kubelet.go imageBackOff"),
    "pull_back_off_max": Constant(300, "pkg/kubelet/kubelet.go MaxImageBackOff"),
    "mount_back_off": Constant(0.5, "pkg/util/goroutinemap/exponentialbackoff initialDurationBeforeRetry"),
    "mount_back_off_max": Constant(122, "pkg/util/goroutinemap/exponentialbackoff maxDurationBeforeRetry"),
    "status_compute": Constant(10, "pkg/kubelet/apis/config nodeStatusUpdateFrequency"),
    "status_post": Constant(300, "pkg/kubelet/apis/config nodeStatusReportFrequency"),
    "lease_renew": Constant(10, "pkg/kubelet/kubelet.go nodeLeaseRenewIntervalFraction of 40 s"),
    "lease_back_off": Constant(0.2, "component-helpers apimachinery/lease/controller.go backoffEnsureLease"),
    "lease_back_off_max": Constant(7, "component-helpers apimachinery/lease/controller.go maxBackoff"),
    "container_gc": Constant(60, "pkg/kubelet/kubelet.go ContainerGCPeriod"),
    "image_gc": Constant(300, "pkg/kubelet/kubelet.go ImageGCPeriod"),
    "image_gc_high_percent": Constant(85, "pkg/kubelet/apis/config imageGCHighThresholdPercent"),
    "image_gc_low_percent": Constant(80, "pkg/kubelet/apis/config imageGCLowThresholdPercent"),
    "image_min_age": Constant(120, "pkg/kubelet/apis/config imageMinimumGCAge"),
    "eviction_check": Constant(10, "pkg/kubelet/kubelet.go evictionMonitoringPeriod"),
    "eviction_transition": Constant(300, "pkg/kubelet/apis/config evictionPressureTransitionPeriod"),
    "spam_burst_count": Constant(25, "client-go tools/record defaultSpamBurst"),
    "spam_refill": Constant(300, "client-go tools/record defaultSpamQPS 1/300"),
    "similar_window": Constant(600, "client-go tools/record defaultAggregateIntervalInSeconds"),
    "similar_count": Constant(10, "client-go tools/record defaultAggregateMaxEvents"),
}


UNCHANGED: Mapping[str, float] = {}
VALUES: Mapping[str, float] = {name: constant.value for name, constant in CONSTANTS.items()}


def seconds(name: str, changed: Mapping[str, float] = UNCHANGED) -> float:
    """The value of a constant, or what `changed` sets in its place; KeyError for a name that the table lacks."""
    standard = VALUES[name]
    return changed.get(name, standard) if changed else standard
