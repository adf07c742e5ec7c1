"""The nodes carry Kubernetes' own taints of sickness."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.knowledge.phrases import among_predicates
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-node-unhealthy",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("the pod waits because nodes are NotReady or under pressure", "ノードが NotReady または資源圧迫のため、Pod が配置されない"),
    summary=Text(
        "The node controller taints a node that is not ready, unreachable or short of memory, disk or PIDs; the scheduler then passes it over. Tolerating the taint would not help: look for why the node is sick.",
        "ノードコントローラーは NotReady・到達不能・メモリ/ディスク/PID 不足のノードに taint を付け、スケジューラーはそのノードを避ける。許容しても解決しないため、ノードの異常の原因を調べる。",
    ),
    signatures=(
        Signature(r"nodes are available: .*taint \{node\.kubernetes\.io/(?:not-ready|unreachable|disk-pressure|memory-pressure|pid-pressure|network-unavailable|out-of-service)", component="controller", source="pkg/scheduler/framework/plugins/tainttoleration; core/v1 well-known taints"),
        Signature(r"nodes are available: .*taint \{node\.cilium\.io/agent-not-ready", component="controller", source="Cilium's start-up taint"),
        Signature(r"nodes are available: .*node\(s\) (?:were not ready|were out of disk space|had (?:memory|disk|pid) pressure)", component="controller", source="pkg/scheduler/algorithm/predicates/error.go, to 1.16"),
        Signature(among_predicates("(?:NodeNotReady|NodeOutOfDisk|NodeUnderDiskPressure|NodeUnderMemoryPressure)"), component="controller", source="plugin/pkg/scheduler/algorithm/predicates/error.go"),
    ),
    leads_to=(Link("pod-pending", "pod", Text("the scheduler passes tainted nodes over", "スケジューラーが taint の付いたノードを避ける"), strength=0.9),),
    asks=(
        Ask("kubectl describe nodes | grep -A12 -E '^Name:|^Taints:|^Conditions:'", Text("a condition that is not as it should be, with its reason", "異常な Condition とその reason"), ("unschedulable-taint", "unschedulable-no-matching-node", "unschedulable-insufficient-resources", "node-not-ready", "disk-pressure-eviction", "cloud-node-uninitialized"), evidence="node-describe"),
    ),
    versions="as taints from 1.12 (TaintNodesByCondition); as node conditions before",
    references=("https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-not-ready",),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 1 node(s) had taint {node.kubernetes.io/disk-pressure: }, that the pod didn't tolerate, 1 node(s) had taint {node.kubernetes.io/unreachable: }, that the pod didn't tolerate.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {node.cilium.io/agent-not-ready: }.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) were not ready.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: NodeNotReady (2).", reason="FailedScheduling"),
        near_miss("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {pool: batch}.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/2 nodes are available: 2 node(s) were unschedulable.", reason="FailedScheduling"),
    ),
)
