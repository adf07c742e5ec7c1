"""A HorizontalPodAutoscaler cannot read its metrics."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hpa-metrics-unavailable",
    layer="control_plane",
    role="symptom",
    subject="Workload",
    title=Text("the HorizontalPodAutoscaler cannot read its metrics", "HorizontalPodAutoscaler がメトリクスを取得できない"),
    summary=Text(
        "TARGETS shows <unknown>, and the replica count stays where it is. Behind it: no metrics API (metrics-server, adapter), pods without requests, pods that are not Ready yet, or a target that does not exist. A minute after a start it is normal.",
        "TARGETS が <unknown> になり、レプリカ数が変わらない。背後には、メトリクス API(metrics-server やアダプター)の不在、requests の無い Pod、まだ Ready でない Pod、存在しない対象などがある。起動直後の 1 分程度は正常。",
    ),
    signatures=(
        Signature(r"", component="controller", at_least=3, reason=r"FailedGet(?:Resource|ContainerResource|Pods|Object|External)Metric|FailedComputeMetricsReplicas|InvalidMetricSourceType", source="pkg/controller/podautoscaler/horizontal.go; every 15 s when it stays so"),
        Signature(r"unable to (?:get|fetch)|no metrics returned|missing request for|no matches for|could not find", component="controller", reason=r"FailedGet(?:Resource|ContainerResource|Pods|Object|External)Metric|FailedComputeMetricsReplicas|InvalidMetricSourceType", source="pkg/controller/podautoscaler/horizontal.go"),
        Signature(r"the HPA was unable to compute the replica count", component="controller", source="pkg/controller/podautoscaler/horizontal.go"),
        Signature(r"failed to get (?:cpu|memory) (?:utilization|resource metric value): (?:unable|missing|no )", component="controller", source="pkg/controller/podautoscaler/replica_calculator.go"),
        Signature(r"did not receive metrics for (?:any ready|targeted) pods", component="controller", at_least=3, source="pkg/controller/podautoscaler/replica_calculator.go"),
    ),
    states=(StateTest("Condition", {"type": r"^ScalingActive$", "status": r"^False$", "reason": r"^FailedGet\w+Metric$"}),),
    asks=(
        Ask("kubectl get apiservices | grep metrics; kubectl top pods -n {namespace}; kubectl -n {namespace} describe hpa", Text("AVAILABLE False, or top works and the HPA's own message names a pod or container", "AVAILABLE が False、または top は動き HPA のメッセージが Pod やコンテナを名指ししている"),
            ("aggregated-api-unavailable", "metrics-server-kubelet-tls", "hpa-request-missing", "hpa-target-missing", "workload-scaled-to-zero")),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis",),
    examples=(
        hit("k8s-event", "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)", reason="FailedGetResourceMetric"),
        hit("k8s-event", "invalid metrics (1 invalid out of 1), first error is: failed to get memory resource metric value: did not receive metrics for targeted pods (pods might be unready)", reason="FailedComputeMetricsReplicas", count=12),
        hit("kube-controller-manager", "failed to get cpu utilization: missing request for cpu in container web of Pod web-0"),
        near_miss("k8s-event", "failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)", reason="FailedGetResourceMetric"),
        hit("status", "the HPA was unable to compute the replica count: failed to get cpu utilization: no metrics returned from resource metrics API", reason="FailedGetResourceMetric"),
        near_miss("k8s-event", "New size: 4; reason: cpu resource utilization (percentage of request) above target", reason="SuccessfulRescale"),
        near_miss("status", "scaling is disabled since the replica count of the target is zero", reason="ScalingDisabled"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "ScalingActive", "status": "False", "reason": "FailedGetResourceMetric"}, True),
        StateExample("Condition", {"type": "ScalingActive", "status": "True", "reason": "ValidMetricFound"}, False),
    ),
)
