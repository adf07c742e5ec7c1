"""What keeps pods off a node, or drives them away."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="taints-tolerations",
    title=Text("taints and tolerations", "taint と toleration"),
    what=Text(
        "A taint on a node keeps away every pod that does not tolerate it: NoSchedule for new pods, NoExecute also for those that run. Kubernetes sets taints itself from conditions: not-ready and unreachable (NoExecute), memory-, disk-, pid-pressure, network-unavailable, unschedulable (cordon). Cloud providers add uninitialized until the cloud controller has seen the node. Every pod gets a toleration of 300 s for not-ready and unreachable, unless it has its own; DaemonSet pods tolerate them without end.",
        "ノードの taint は、それを許容しない Pod を寄せ付けない。NoSchedule は新しい Pod だけ、NoExecute は動作中の Pod にも効く。Kubernetes は状態に応じて自ら taint を付ける。not-ready と unreachable(NoExecute)、memory・disk・pid の pressure、network-unavailable、unschedulable(cordon)である。クラウドでは、cloud controller が確認するまで uninitialized が付く。各 Pod には not-ready と unreachable に対する 300 秒の toleration が既定で付き、DaemonSet の Pod は無期限に許容する。",
    ),
    fails=Text(
        "'had untolerated taint {key: value}' names the taint; ask who set it: a person, the condition behind it, or a controller that never came to remove it (uninitialized, network-unavailable, a CNI's own startup taint). A missing toleration in the CNI's or the cloud controller's own DaemonSet is a circle: the node stays tainted because the pod that would free it may not run there. Pods deleted 5 minutes after a node fault were ended by the taint (TaintManagerEviction), not by pressure.",
        "「had untolerated taint {key: value}」に taint が書かれている。次に、誰が付けたかを考える。人か、背後の状態か、外しに来るはずのコントローラーが来ないのか(uninitialized、network-unavailable、CNI の起動時 taint)。CNI や cloud controller 自身の DaemonSet に toleration がないと循環になり、外すための Pod がそのノードで動けない。ノード障害の 5 分後に消えた Pod は、pressure ではなく taint(TaintManagerEviction)によるものである。",
    ),
    look=(
        Look("kubectl get nodes -o custom-columns=NODE:.metadata.name,TAINTS:.spec.taints", Text("all taints with value, effect and time", "taint の一覧(値・effect・時刻)")),
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.tolerations}'", Text("what the pod tolerates, and how long", "Pod が何をどれだけ許容するか")),
    ),
    numbers=(
        Number(Text("default tolerationSeconds for not-ready and unreachable", "not-ready と unreachable の既定の tolerationSeconds"), "300 s", "plugin/pkg/admission/defaulttolerationseconds/admission.go"),
    ),
    see=("scheduler", "node-conditions", "node-controller", "daemonset", "eviction"),
    modes=("unschedulable-no-matching-node", "cloud-node-uninitialized", "pod-pending", "unschedulable-taint", "unschedulable-node-cordoned", "unschedulable-node-unhealthy"),
    aliases=("taint", "taints", "toleration", "tolerations", "cordon"),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",),
)
