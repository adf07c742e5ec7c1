"""The kubelet rejects a pod because its node has too little left."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-admission-out-of-resources",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("pod rejected by the kubelet: not enough cpu, memory or other resource", "リソース不足により kubelet が Pod を拒否した"),
    summary=Text(
        "The pod was bound (by nodeName, a second scheduler, a static pod, or in a race after a restart) to a node whose allocatable does not hold it. The kubelet rejects it with OutOf<resource>; it stays Failed.",
        "nodeName 指定、別スケジューラー、static Pod、再起動直後の競合などで、allocatable に収まらない Pod がノードに割り当てられた。kubelet は OutOf<リソース> で拒否し、Pod は Failed のまま残る。",
    ),
    signatures=(
        Signature(r"Node didn't have enough resource: (?:cpu|memory|ephemeral-storage|hugepages-|attachable-|[a-z0-9.-]+/)", "kubelet", "states", source="pkg/kubelet/lifecycle/predicate.go"),
        Signature(r"", "kubelet", "states", reason=r"OutOf(?:cpu|memory|ephemeral-storage|hugepages-\S+|[a-z0-9.-]+/\S+)", source="pkg/kubelet/lifecycle/predicate.go"),
    ),
    states=(StateTest("Pod", {"status": r"^OutOf(?:cpu|memory|ephemeral-storage|hugepages|[a-z.-]+/)"}, "states"),),
    leads_to=(Link("pod-rejected", "pod", Text("refused at admission", "admission で拒否される"), strength=0.95),),
    asks=(Ask("kubectl describe node {node} | grep -A12 -E 'Allocatable|Allocated resources'; kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.nodeName}{.spec.schedulerName}'", Text("requests above allocatable, or the pod names its node", "要求が allocatable を超えている、または nodeName が直接指定されている"), ("node-pod-limit-reached", "kubelet-node-affinity-race", "topology-affinity-error", "exclusive-cpus-exhausted"), "node-describe"),),
    remedies=(
        Remedy("temporary", Text("delete the rejected pod; make room or let the scheduler place it", "拒否された Pod を削除し、空きを作るかスケジューラーに配置させる"), Text("the pod never ran", "Pod は起動していない"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("no nodeName in specs, one scheduler per node, and reservations that do not change under running pods", "nodeName を直接指定せず、ノードごとのスケジューラーを 1 つにし、稼働中に予約値を変えない"), Text("none", "なし"), verify="kubectl get pods -A --field-selector status.phase=Failed", risk_level="none"),
    ),
    examples=(
        hit("status", "Pod was rejected: Node didn't have enough resource: cpu, requested: 500, used: 3900, capacity: 4000", "OutOfcpu"),
        hit("k8s-event", "Node didn't have enough resource: nvidia.com/gpu, requested: 1, used: 0, capacity: 0", "OutOfnvidia.com/gpu"),
        near_miss("status", "Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 110, capacity: 110", "OutOfpods"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", "FailedScheduling"),
    ),
    state_examples=(StateExample("Pod", {"status": "OutOfcpu"}, True), StateExample("Pod", {"status": "OutOfpods"}, False)),
    versions="all; the race after a restart mostly in v1.22 to v1.24",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename",),
)
