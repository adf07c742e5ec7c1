"""The workload is scaled to zero on purpose or by mistake."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="workload-scaled-to-zero",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the workload is scaled to zero replicas", "ワークロードのレプリカ数が 0 になっている"),
    summary=Text("Nothing is broken: replicas is 0 (a night schedule, KEDA, an operator, a hand), so there are no pods, and an ordinary HPA does not start from zero by itself. Clients see connection refused or 503.", "故障ではなく replicas が 0(夜間停止、KEDA、operator、手作業)のため Pod が無い。通常の HPA は 0 からは自動で増やさない。クライアントには connection refused や 503 と見える。"),
    signatures=(
        Signature(r"scaling is disabled since the replica count of the target is zero", component="controller", proof="suggests", source="pkg/controller/podautoscaler/horizontal.go"),
        Signature(r"", component="controller", reason=r"ScalingDisabled", proof="suggests", source="pkg/controller/podautoscaler/horizontal.go"),
    ),
    leads_to=(Link("service-without-endpoints", "cluster", Text("no pods, so no endpoints", "Pod が無いため Endpoint も無い"), strength=0.8),),
    asks=(Ask("kubectl -n {namespace} get deployments,statefulsets,hpa; kubectl -n {namespace} get events --field-selector reason=ScalingReplicaSet", Text("0/0, and who scaled it when", "0/0 であり、誰がいつ縮小したか"), ("service-without-endpoints", "pod-not-created", "hpa-metrics-unavailable"), evidence="workloads"),),
    remedies=(
        Remedy("temporary", Text("scale it up", "レプリカ数を増やす"), Text("whatever scaled it down may do so again", "縮小した仕組みが再び 0 にすることがある"), "kubectl -n {namespace} scale deployment/WORKLOAD --replicas=1", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("one owner of the replica count (HPA, KEDA or GitOps), with minReplicas of 1 or more where it must answer", "レプリカ数の管理者を一つ(HPA・KEDA・GitOps)にし、応答が必要なものは minReplicas を 1 以上にする"), Text("cost of idle pods", "待機 Pod の費用"), "", "kubectl -n {namespace} get hpa", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation",),
    examples=(
        hit("status", "scaling is disabled since the replica count of the target is zero", reason="ScalingDisabled"),
        near_miss("k8s-event", "Scaled down replica set web-6c9f to 0 from 1", reason="ScalingReplicaSet"),
        near_miss("status", "the HPA was unable to compute the replica count: failed to get cpu utilization", reason="FailedGetResourceMetric"),
    ),
    benign=True,
)
