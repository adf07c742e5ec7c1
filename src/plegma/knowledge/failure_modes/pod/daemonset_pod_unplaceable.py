"""The one node that a DaemonSet's pod is for cannot take it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_ONE_SHORT = r"nodes are available: 1 (?:Insufficient [\w./-]+|Too many pods)(?:, 1 (?:Insufficient [\w./-]+|Too many pods))*, \d+ node\(s\) didn't "

MODE = FailureMode(
    id="daemonset-pod-unplaceable",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the DaemonSet's pod does not fit on its node", "DaemonSet の Pod が割り当て先のノードに収まらない"),
    summary=Text(
        "Each pod of a DaemonSet is meant for one node; that node has no room (CPU, memory, pods), so the pod stays Pending. 'N-1 nodes didn't match node affinity' is only how the scheduler says that the others are not meant; the selector is right.",
        "DaemonSet の Pod は 1 台のノード専用であり、そのノードに空き(CPU・メモリ・Pod 数)が無いため Pending になる。「残りのノードが node affinity に合わない」は専用であることの表れで、セレクターの誤りではない。",
    ),
    signatures=(
        Signature(_ONE_SHORT + r"satisfy plugin\(s\) \[NodeAffinity\]", component="controller", proof="states", source="pkg/scheduler/schedule_one.go; pkg/controller/daemon/util"),
        Signature(_ONE_SHORT + r"match (?:Pod's node affinity|node selector)", component="controller", source="pkg/scheduler/framework/plugins/nodeaffinity"),
        Signature(r"failed to place pod on \\*\"[^\"]+\\*\": Node didn't have enough resource", component="controller", proof="states", source="pkg/controller/daemon/daemon_controller.go, to 1.11"),
        Signature(r"", component="controller", reason=r"FailedPlacement", proof="states", source="pkg/controller/daemon/daemon_controller.go, to 1.11"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("the pod may run on that node only", "その 1 台でしか動けない"), strength=0.95),
        Link("unschedulable-insufficient-resources", "pod", Text("its own node is full", "専用のノードが満杯"), strength=0.9),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -A4 metadata.name; kubectl get nodes", Text("matchFields metadata.name: the node that it is for; describe that node", "matchFields の metadata.name が対象ノード。そのノードを describe する"),
            ("unschedulable-node-selector", "unschedulable-insufficient-cpu", "unschedulable-insufficient-memory", "unschedulable-extended-resource", "unschedulable-no-matching-node", "node-pod-limit-reached", "host-port-conflict", "kubelet-admission-out-of-resources"), evidence="node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("move a pod off that node so that there is room", "そのノードから Pod を 1 つ移して空きを作る"), Text("the moved pod is restarted", "移動する Pod が再起動する"), "kubectl -n NAMESPACE delete pod OTHER_POD  # on {node}", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("give the DaemonSet priorityClassName system-node-critical (or a class of its own) so that it can preempt, and small honest requests", "DaemonSet に priorityClassName(system-node-critical など)を設定してプリエンプトできるようにし、requests を適正にする"), Text("it may evict other pods of the node", "ノード上の他の Pod がプリエンプトされることがある"), "kubectl -n {namespace} edit daemonset NAME", "kubectl -n {namespace} get daemonset", "restart"),
    ),
    versions="pods placed by the scheduler from 1.12; event FailedPlacement before",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#how-daemon-pods-are-scheduled",),
    examples=(
        hit("k8s-event", "0/6 nodes are available: 1 Insufficient memory, 5 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/6 nodes are available: 1 No preemption victims found for incoming pod, 5 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/12 nodes are available: 1 Insufficient cpu, 1 Too many pods, 11 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", 'failed to place pod on "node-4": Node didn\'t have enough resource: cpu, requested: 200, used: 1950, capacity: 2000', reason="FailedPlacement"),
        near_miss("k8s-event", "0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/6 nodes are available: 3 Insufficient memory, 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
    ),
)
