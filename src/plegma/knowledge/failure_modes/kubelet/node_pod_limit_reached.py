"""The node has as many pods as maxPods allows."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, short_of
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-pod-limit-reached",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("maxPods reached", "maxPods の上限に達している"),
    summary=Text(
        "Every node takes at most maxPods pods (110 by default, fewer on some clouds). When all fitting nodes are full, pods stay Pending; a pod bound by name is rejected with OutOfpods.",
        "ノードは maxPods(既定 110、クラウドによってはより少ない)までしか Pod を受け入れない。条件に合うノードがすべて満杯なら Pending になり、ノード名指定の Pod は OutOfpods で拒否される。",
    ),
    signatures=(
        Signature(alone("Too many pods"), "controller", "states", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(short_of("Too many pods"), "controller", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(r"\d+ Too many pods", "controller", "suggests", source="the same, beside reasons that full nodes do not explain"),
        Signature(r"Node didn't have enough resource: pods", "kubelet", "states", source="pkg/kubelet/lifecycle/predicate.go"),
        Signature(r"", "kubelet", "states", reason="OutOfpods", source="pkg/kubelet/lifecycle/predicate.go"),
    ),
    leads_to=(
        Link("pod-pending", "cluster", Text("no node with a free pod slot", "空き Pod 枠のあるノードがない"), strength=0.9),
        Link("pod-rejected", "node", Text("the kubelet refuses the 111th pod", "kubelet が上限超過の Pod を拒否する"), strength=0.6),
    ),
    asks=(Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node} --no-headers | wc -l; kubectl get node {node} -o jsonpath='{.status.allocatable.pods}'", Text("count equals allocatable pods (completed pods do not count)", "件数が allocatable.pods と等しい(Completed は数えない)"), ("kubelet-admission-out-of-resources", "aws-cni-ip-exhausted", "host-local-ipam-exhausted"), "pod-list"),),
    remedies=(
        Remedy("temporary", Text("remove or move pods, add a node", "Pod を減らす・移動する、またはノードを追加する"), Text("moving restarts the pods", "移動する Pod は再起動される"), "kubectl cordon {node}", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("raise maxPods together with the pod CIDR's size and the reservations, or use more, smaller pods' nodes", "Pod CIDR の大きさと予約値に合わせて maxPods を上げるか、ノード数を増やす"), Text("restarts the kubelet; more pods per node load kubelet and runtime", "kubelet の再起動を伴い、kubelet とランタイムの負荷が増える"), "grep maxPods /var/lib/kubelet/config.yaml", "kubectl get node {node} -o jsonpath='{.status.allocatable.pods}'"),
    ),
    examples=(
        hit("k8s-event", "0/5 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 4 Too many pods. preemption: 0/5 nodes are available", "FailedScheduling"),
        hit("status", "Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 110, capacity: 110", "OutOfpods"),
        hit("k8s-event", "0/4 nodes are available: 1 Insufficient cpu, 3 Too many pods.", "FailedScheduling"),
        hit("k8s-event", "0/4 nodes are available: 1 Too many pods, 3 node(s) were...", "FailedScheduling"),
        near_miss("k8s-event", "0/5 nodes are available: 5 Insufficient memory.", "FailedScheduling"),
        near_miss("cni", "failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/setup/best-practices/cluster-large/",),
)
