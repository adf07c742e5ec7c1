"""A scheduling gate holds the pod back."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="scheduling-gated",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a scheduling gate holds the pod back, and its controller does not remove it", "scheduling gate が外されず、Pod がスケジュール対象にならない"),
    summary=Text(
        "The pod has spec.schedulingGates: the scheduler does not even look at it until a controller (a queue such as Kueue, a quota or device manager) takes the gate away. That is normal while it waits its turn; when it lasts, ask that controller.",
        "Pod に spec.schedulingGates があり、コントローラー(Kueue などのキュー、クォータ/デバイス管理)が gate を外すまでスケジューラーは対象にしない。順番待ちの間は正常で、長引く場合はそのコントローラーを調べる。",
    ),
    signatures=(
        Signature(r"Scheduling is blocked due to non-empty scheduling gates", component="controller", proof="states", source="pkg/registry/core/pod/strategy.go"),
        Signature(r"", component="controller", reason=r"SchedulingGated", proof="states", source="core/v1: PodReasonSchedulingGated"),
    ),
    states=(StateTest("Pod", {"status": r"^SchedulingGated$"}, proof="states"),),
    leads_to=(Link("pod-pending", "pod", Text("the scheduler does not try to place a gated pod", "gate のある Pod をスケジューラーは配置しない"), strength=0.8),),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -A4 schedulingGates", Text("the gate's name tells whose it is (kueue.x-k8s.io/admission, ...)", "gate の名前(kueue.x-k8s.io/admission など)から所有者が分かる"), ("unschedulable-insufficient-resources",), evidence="pod-describe"),),
    remedies=(
        Remedy("temporary", Text("repair the controller that owns the gate, or free its queue or quota", "gate を所有するコントローラーを直すか、そのキューやクォータを空ける"), Text("removing the gate by hand goes round that controller's accounting", "手で外すとコントローラーの管理から外れる"), "kubectl get workloads.kueue.x-k8s.io -A", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("alert on pods that stay gated, and run that controller with replicas", "長時間 gate されたままの Pod を監視し、コントローラーを冗長化する"), Text("none", "なし"), "", "kubectl get pods -A | grep SchedulingGated", "none"),
    ),
    versions="from 1.26 (on by default from 1.27)",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/",),
    examples=(
        hit("status", "Scheduling is blocked due to non-empty scheduling gates", reason="SchedulingGated"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
    ),
    state_examples=(StateExample("Pod", {"status": "SchedulingGated"}, True), StateExample("Pod", {"status": "Pending"}, False)),
)
