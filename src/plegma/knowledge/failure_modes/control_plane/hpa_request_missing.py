"""The HPA wants a share of a request that a container does not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hpa-request-missing",
    layer="control_plane",
    role="cause",
    subject="Workload",
    title=Text("a container of the autoscaled pods has no resource request", "HPA 対象 Pod のコンテナに requests が無い"),
    summary=Text(
        "A utilisation target is a percentage of the request; one container without it (often an injected sidecar or a Job's pod that the selector also matches) makes the whole calculation impossible.",
        "使用率の目標値は requests に対する割合であり、requests の無いコンテナ(注入されたサイドカーやセレクターに一致する Job の Pod など)が一つでもあると計算できない。",
    ),
    signatures=(Signature(r"missing request for (?:cpu|memory)", component="controller", proof="states", source="pkg/controller/podautoscaler/replica_calculator.go"),),
    leads_to=(Link("hpa-metrics-unavailable", "pod", Text("no percentage can be worked out", "割合を計算できない"), strength=0.95),),
    asks=(Ask("kubectl -n {namespace} get pods -o custom-columns=NAME:.metadata.name,REQUESTS:.spec.containers[*].resources.requests", Text("a container without requests among the pods that the selector matches", "セレクターに一致する Pod に requests の無いコンテナがある"), ("aggregated-api-unavailable", "metrics-server-kubelet-tls"), evidence="pod-describe"),),
    remedies=(
        Remedy("temporary", Text("give every container a request (sidecars by annotation or LimitRange)", "全コンテナに requests を付ける(サイドカーは annotation や LimitRange で)"), Text("rolls the pods", "Pod が入れ替わる"), "kubectl -n {namespace} set resources deployment/WORKLOAD --requests=cpu=100m", "kubectl -n {namespace} get hpa", "restart"),
        Remedy("permanent", Text("use a ContainerResource metric for the main container, and a selector that matches only this workload", "主コンテナの ContainerResource メトリクスを使い、セレクターをこのワークロードだけに絞る"), Text("needs 1.30 (beta from 1.27)", "1.30(beta は 1.27)以降が必要"), "", "kubectl -n {namespace} describe hpa", "none"),
    ),
    versions="every version; the container and pod are named from 1.26",
    references=("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics",),
    examples=(
        hit("k8s-event", "failed to get cpu utilization: missing request for cpu in container proxy of Pod web-6c9f-2lq8x", reason="FailedGetResourceMetric"),
        hit("k8s-event", "failed to get memory utilization: missing request for memory", reason="FailedGetResourceMetric"),
        near_miss("k8s-event", "failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API", reason="FailedGetResourceMetric"),
    ),
)
