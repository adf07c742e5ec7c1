"""No node has the host port that the pod asks for free."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="host-port-conflict",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the host port that the pod asks for is taken on every node", "Pod が要求する hostPort がどのノードでも空いていない"),
    summary=Text(
        "hostPort (or hostNetwork, which makes every containerPort a host port) lets only one such pod run on a node. With as many pods as nodes, or during a roll-out, the next one stays Pending, or the kubelet refuses it (NodePorts).",
        "hostPort(または全 containerPort が hostPort 扱いになる hostNetwork)を使うと 1 ノードに 1 つしか動かせない。ノード数と同数の Pod がある場合や展開中には、次の Pod が Pending になるか kubelet に拒否される(NodePorts)。",
    ),
    signatures=(
        Signature(r"nodes are available: \d+ node\(s\) didn't have free ports for the requested pod ports\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/nodeports: all nodes for this one reason"),
        Signature(r"node\(s\) didn't have free ports for the requested pod ports", component="controller", source="pkg/scheduler/framework/plugins/nodeports"),
        Signature(r"PodFitsHostPorts \(\d+\)", component="controller", source="the scheduler before 1.12"),
        Signature(r"nodes are available: (?:\d+ [^,]+, )*\d+ PodFitsHostPorts[,.]", component="controller", source="the scheduler of v1.9 and v1.10"),
        Signature(r"(?:failed to find fit for pod|Failed for reason|fit failure on node|failed to fit in any node).*PodFits(?:Host)?Ports", component="controller", source="plugin/pkg/scheduler/generic_scheduler.go up to v1.5: the ports are those of the host"),
        Signature(r"Predicate (NodePorts|PodFitsHostPorts) failed", component="kubelet", proof="states", source="pkg/kubelet/lifecycle/predicate.go"),
        Signature(r"", component="kubelet", reason=r"NodePorts|PodFitsHostPorts", proof="states", source="pkg/kubelet/lifecycle/predicate.go"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node has the port free", "ポートの空いたノードが無い"), strength=0.9),
        Link("pod-rejected", "pod", Text("the kubelet finds the port taken and refuses the pod", "kubelet がポートの使用中を検出して Pod を拒否する"), strength=0.2),
    ),
    asks=(
        Ask("kubectl get pods -A -o wide -o jsonpath='{range .items[*]}{.spec.nodeName} {.metadata.name} {.spec.containers[*].ports[*].hostPort}{\"\\n\"}{end}'", Text("a pod with that hostPort on every node", "全ノードにその hostPort の Pod がある"), ("port-already-in-use", "unschedulable-volume-zone"), evidence="pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("remove the older pod that holds the port, or scale down", "ポートを持つ古い Pod を削除する、またはスケールダウンする"), Text("that pod's service is interrupted", "その Pod のサービスが中断する"),
               "kubectl -n {namespace} delete pod OLD_POD", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("use a Service instead of hostPort, or a DaemonSet; set maxSurge: 0, maxUnavailable: 1 for Deployments with host ports", "hostPort の代わりに Service か DaemonSet を使う。hostPort の Deployment では maxSurge: 0、maxUnavailable: 1 とする"),
               Text("one replica less during a roll-out", "展開中にレプリカが 1 つ減る"), "", "kubectl -n {namespace} rollout status deployment/NAME", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/overview/",),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 3 node(s) didn't have free ports for the requested pod ports.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: PodFitsHostPorts (3).", reason="FailedScheduling"),
        hit("status", "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports", reason="NodePorts"),
        hit("status", "Predicate NodePorts failed", reason="NodePorts"),
        hit("k8s-event", "0/4 nodes are available: 1 PodToleratesNodeTaints, 3 PodFitsHostPorts.", reason="FailedScheduling"),
        hit("k8s-event", "Failed for reason PodFitsPorts and possibly others", reason="failedScheduling"),
        hit("k8s-event", "pod (web-1) failed to fit in any node fit failure on node (node-1): PodFitsHostPorts fit failure on node (node-2): PodFitsHostPorts", reason="FailedScheduling"),
        near_miss("k8s-event", "Failed for reason PodFitsResources and possibly others", reason="failedScheduling"),
        near_miss("pod-log", "listen tcp :8080: bind: address already in use"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("status", "Predicate NodeAffinity failed", reason="NodeAffinity"),
    ),
)
