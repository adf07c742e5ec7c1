"""Taints, selectors, affinity or spread rules leave no node for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-no-matching-node",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("no node matches the pod's selector, affinity, spread or tolerations", "Pod の selector・affinity・分散条件・toleration に合うノードが無い"),
    summary=Text(
        "Nodes may have room, but a taint that the pod does not tolerate, a nodeSelector or affinity that no node's labels fulfil, a spread constraint, or a cordon rules all of them out: the pod stays Pending.",
        "ノードに空きがあっても、Pod が許容しない taint、どのノードのラベルにも合わない nodeSelector や affinity、分散条件、cordon のために全ノードが除外され、Pod が Pending のままになる。",
    ),
    signatures=(
        Signature(r"nodes are available: \d+ node\(s\) had untolerated taint \{(node-role\.kubernetes\.io/|[a-mo-z])[^}]*\}\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/tainttoleration: all nodes for this one reason"),
        Signature(r"nodes are available: \d+ node\(s\) didn't match (Pod's node affinity/selector|node selector)\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/nodeaffinity: all nodes for this one reason"),
        Signature(r"nodes are available: \d+ node\(s\) (were|was) unschedulable\.", component="controller", source="pkg/scheduler/framework/plugins/nodeunschedulable: all nodes are cordoned"),
        Signature(r"node\(s\) had (?:untolerated )?taint(?:\(s\)|s | \{(?:[a-mo-zA-Z]|n[a-np-z]|no[a-ce-z]|node[^.]))", component="controller", reason=r"FailedScheduling|NotTriggerScaleUp", proof="suggests", source="pkg/scheduler/framework/plugins/tainttoleration"),
        Signature(r"node\(s\) didn't match (Pod's node affinity|node selector|pod affinity|pod anti-affinity|pod topology spread)", component="controller", reason=r"FailedScheduling|NotTriggerScaleUp", proof="suggests", source="pkg/scheduler/framework/plugins"),
        Signature(r"didn't satisfy existing pods anti-affinity rules", component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(r"PodToleratesNodeTaints \(\d+\)", component="controller", proof="suggests", source="the scheduler before 1.12"),
        Signature(r"MatchNodeSelector \(\d+\)", component="controller", proof="suggests", source="the scheduler before 1.12"),
    ),
    leads_to=(Link("pod-pending", "pod", Text("every node is ruled out", "全ノードが除外される"), strength=0.95),),
    refutes=(
        Refutation(Text("the taint was set because the node is sick: look at the node first", "taint はノードの異常により付けられている。まずノードを調べる"), pattern=r"taint \{node\.kubernetes\.io/(not-ready|unreachable|disk-pressure|memory-pressure|pid-pressure|network-unavailable)", component="controller", weight=0.7),
    ),
    asks=(
        Ask("kubectl get nodes --show-labels; kubectl describe nodes | grep -E '^Name:|Taints:|Unschedulable:'", Text("no node has the labels, or each has a taint that the pod does not tolerate", "ラベルに合うノードが無い、または全ノードに許容されない taint がある"), ("unschedulable-insufficient-resources", "unschedulable-volume-zone", "host-port-conflict", "node-not-ready", "node-pod-limit-reached", "disk-pressure-eviction", "cloud-node-uninitialized", "kubelet-node-affinity-race"), evidence="node-describe"),
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.nodeSelector} {.spec.affinity} {.spec.tolerations} {.spec.topologySpreadConstraints}'", Text("a rule that no node can meet", "どのノードも満たせない条件がある"), ("pvc-not-bound",)),
    ),
    remedies=(
        Remedy("temporary", Text("label, untaint or uncordon a node that may run it, or add the toleration", "実行してよいノードにラベルを付ける、taint / cordon を外す、または toleration を追加する"), Text("a taint is there for a reason: ask its owner", "taint には理由があるため所有者に確認する"),
               "kubectl uncordon {node}", "kubectl -n {namespace} get pod {pod} -o wide", "none"),
        Remedy("permanent", Text("set labels and taints by the node group's definition, and prefer soft rules (preferred..., ScheduleAnyway)", "ラベルと taint はノードグループの定義で設定し、できるだけ緩い条件(preferred…、ScheduleAnyway)を使う"), Text("none", "なし"), "", "kubectl get nodes --show-labels", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/", "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/"),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: gpu}. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.", reason="FailedScheduling"),
        hit("k8s-event", "0/5 nodes are available: 5 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) were unschedulable.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had taint {dedicated: gpu}, that the pod didn't tolerate.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match pod anti-affinity rules.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: PodToleratesNodeTaints (2).", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: MatchNodeSelector (3).", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/unreachable: }. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        near_miss("status", "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node selector", reason="NodeAffinity"),
    ),
)
