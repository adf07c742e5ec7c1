"""No node has the labels that the pod asks for."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among, among_predicates
from plegma.model.texts import Text

_REASON = r"node\(s\) didn't match (?:Pod's node affinity/selector|Pod's node affinity|node selector|node affinity)"

MODE = FailureMode(
    id="unschedulable-node-selector",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("no node fits the pod's nodeSelector or required node affinity", "Pod の nodeSelector・必須 nodeAffinity に合うノードが無い"),
    summary=Text(
        "The labels asked for stand on no node (or only on nodes that are ruled out otherwise): a renamed label (beta.kubernetes.io/... , failure-domain.beta...), a new node group without it, a typing error, a wrong architecture, or a group scaled to zero.",
        "要求されたラベルを持つノードが無い(あるいは別の理由で除外されたノードにしか無い)。ラベル名の変更(beta.kubernetes.io や failure-domain.beta など)、ラベルの無い新しいノードグループ、書き誤り、アーキテクチャ違い、0 台に縮小されたグループなど。",
    ),
    signatures=(
        Signature(alone(_REASON), component="controller", proof="states", source="pkg/scheduler/framework/plugins/nodeaffinity"),
        Signature(r"nodes are available: \d+ node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]\.", component="controller", source="pkg/scheduler/schedule_one.go: the pod names its node"),
        Signature(r"nodes are available: .*node\(s\) didn't match the requested node name", component="controller", source="pkg/scheduler/framework/plugins/nodename"),
        Signature(among(_REASON), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/nodeaffinity"),
        Signature(among_predicates("MatchNodeSelector"), component="controller", proof="suggests", source="plugin/pkg/scheduler/algorithm/predicates/error.go"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node has the labels", "ラベルを持つノードが無い"), strength=0.95),
        Link("unschedulable-no-matching-node", "pod", Text("the labels rule the nodes out", "ラベルによりノードが除外される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -A12 -E 'nodeSelector:|nodeAffinity:'; kubectl get nodes --show-labels", Text("a key or value that no node has", "どのノードにも無いキーまたは値"),
            ("unschedulable-insufficient-resources", "unschedulable-taint", "unschedulable-volume-zone", "daemonset-pod-unplaceable", "unschedulable-extended-resource", "host-port-conflict", "kubelet-node-affinity-race"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("label a node that may run it, or correct the selector", "実行してよいノードにラベルを付けるか、セレクターを訂正する"), Text("other workloads with that selector may follow to the node", "同じセレクターの他のワークロードも配置されうる"), "kubectl label node {node} KEY=VALUE", "kubectl -n {namespace} get pod {pod} -o wide", "none"),
        Remedy("permanent", Text("set the labels in the node group's definition; use only stable well-known labels; make wishes preferredDuringScheduling", "ラベルはノードグループの定義で付け、安定した既定ラベルだけを使い、希望条件は preferredDuringScheduling にする"), Text("none", "なし"), "", "kubectl get nodes --show-labels", "none"),
    ),
    versions="'didn't match node selector' to 1.20, 'didn't match Pod's node affinity/selector' since",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/", "https://kubernetes.io/docs/reference/labels-annotations-taints/"),
    examples=(
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't match node selector.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't match the requested node name.", reason="FailedScheduling"),
        hit("k8s-event", "0/5 nodes are available: 2 Insufficient memory, 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: MatchNodeSelector (4).", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match PersistentVolume's node affinity.", reason="FailedScheduling"),
        near_miss("status", "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector", reason="NodeAffinity"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.", reason="FailedScheduling"),
    ),
)
