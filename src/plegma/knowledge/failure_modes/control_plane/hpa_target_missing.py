"""The HPA points at something that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hpa-target-missing",
    layer="control_plane",
    role="cause",
    subject="Workload",
    title=Text("the HorizontalPodAutoscaler's target does not exist or cannot be scaled", "HorizontalPodAutoscaler の対象が存在しないかスケールできない"),
    summary=Text("scaleTargetRef names an object, kind or API version that the cluster does not have (renamed Deployment, removed API group), or two autoscalers select the same pods.", "scaleTargetRef が存在しないオブジェクト・kind・API バージョンを指している(名前変更や廃止された API)。または 2 つの HPA が同じ Pod を選択している。"),
    signatures=(
        Signature(r"", component="controller", reason=r"FailedGetScale", proof="states", source="pkg/controller/podautoscaler/horizontal.go"),
        Signature(r"the HPA controller was unable to get the target's current scale", component="controller", proof="states", source="pkg/controller/podautoscaler/horizontal.go"),
        Signature(r"pods by selector .* are controlled by multiple HPAs", component="controller", proof="states", reason=r"AmbiguousSelector", source="pkg/controller/podautoscaler/horizontal.go"),
    ),
    states=(StateTest("Condition", {"type": r"^AbleToScale$", "status": r"^False$", "reason": r"^FailedGetScale$"}, proof="states"),),
    leads_to=(Link("hpa-metrics-unavailable", "pod", Text("without its target the autoscaler has nothing to measure", "対象が無く計測できない"), strength=0.3),),
    asks=(Ask("kubectl -n {namespace} get hpa -o yaml | grep -A4 scaleTargetRef; kubectl -n {namespace} get deployments,statefulsets", Text("no object of that kind and name", "その kind と名前のオブジェクトが無い"), ("hpa-request-missing", "rbac-forbidden"), evidence="workloads"),),
    remedies=(
        Remedy("temporary", Text("correct scaleTargetRef, or delete the left-over autoscaler", "scaleTargetRef を訂正するか、不要になった HPA を削除する"), Text("the workload is scaled at once", "直ちにスケールされる"), "kubectl -n {namespace} edit hpa NAME", "kubectl -n {namespace} get hpa", "none"),
        Remedy("permanent", Text("keep the autoscaler in the same chart as its target", "HPA を対象と同じ chart で管理する"), Text("none", "なし"), "", "", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#appendix-horizontal-pod-autoscaler-status-conditions",),
    examples=(
        hit("k8s-event", 'deployments/scale.apps "web" not found', reason="FailedGetScale"),
        hit("status", "the HPA controller was unable to get the target's current scale: no matches for kind \"Deployment\" in group \"extensions\"", reason="FailedGetScale"),
        hit("k8s-event", "pods by selector app=web are controlled by multiple HPAs: [shop/web shop/web-old]", reason="AmbiguousSelector"),
        near_miss("k8s-event", "failed to get cpu utilization: missing request for cpu in container proxy of Pod web-0", reason="FailedGetResourceMetric"),
    ),
    state_examples=(StateExample("Condition", {"type": "AbleToScale", "status": "False", "reason": "FailedGetScale"}, True), StateExample("Condition", {"type": "AbleToScale", "status": "True", "reason": "ReadyForNewScale"}, False)),
)
