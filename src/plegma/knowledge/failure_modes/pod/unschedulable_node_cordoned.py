"""Every node that could take the pod is cordoned."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-node-cordoned",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("all nodes that could take the pod are cordoned", "Pod を置けるノードがすべて cordon されている"),
    summary=Text(
        "Somebody (or an upgrade, a drain that was not finished, an autoscaler) marked the nodes unschedulable, and nothing else is said of them. A cordoned node in the midst of another reason is not the cause of a Pending pod.",
        "手作業・アップグレード・途中で終わった drain・オートスケーラーなどがノードを unschedulable にしており、他に理由が無い。別の理由と並んで cordon されたノードが 1 台ある程度なら Pending の原因ではない。",
    ),
    signatures=(
        Signature(alone(r"node\(s\) were unschedulable"), component="controller", proof="states", source="pkg/scheduler/framework/plugins/nodeunschedulable"),
        Signature(r"nodes are available: \d+ node\(s\) had (?:untolerated )?taint \{node\.kubernetes\.io/unschedulable: [^}]*\}(?:, that the pod didn't tolerate)?\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/tainttoleration"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("the scheduler leaves cordoned nodes alone", "cordon されたノードには配置されない"), strength=0.95),
        Link("unschedulable-no-matching-node", "pod", Text("the cordon rules the nodes out", "cordon によりノードが除外される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl get nodes; kubectl get events -A --field-selector reason=NodeNotSchedulable", Text("SchedulingDisabled on all nodes that the pod may use, and when it began", "使えるノードが全て SchedulingDisabled になっており、その開始時刻が分かる"), ("unschedulable-insufficient-resources", "unschedulable-taint", "unschedulable-node-unhealthy"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("uncordon a node, when its maintenance is over", "保守が終わっていればノードの cordon を解除する"), Text("work on the node may still go on", "ノードの作業が続いている可能性がある"), "kubectl uncordon {node}", "kubectl -n {namespace} get pod {pod} -o wide", "none"),
        Remedy("permanent", Text("end every drain in automation with an uncordon, drain one node at a time, keep spare room for it", "自動化された drain の最後に必ず uncordon し、1 台ずつ行い、余力を残す"), Text("none", "なし"), "", "kubectl get nodes", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/", "https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration"),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) were unschedulable.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) had taint {node.kubernetes.io/unschedulable: }, that the pod didn't tolerate.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient memory.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/5 nodes are available: 1 node(s) were unschedulable, 4 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.", reason="FailedScheduling"),
    ),
)
