"""No node has the CPU, memory or other resource that the pod requests."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-insufficient-resources",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("no node has enough free CPU, memory or other resource for the pod's requests", "Pod の requests を満たす空きリソースのあるノードが無い"),
    summary=Text(
        "The scheduler adds up the requests of what already runs on each node (not the use) and finds none with room; the pod stays Pending. Read the count for each reason: other nodes may be ruled out by taints or volumes.",
        "スケジューラーは各ノードで動作中の Pod の requests の合計(使用量ではない)から判断し、空きのあるノードが無いため Pod が Pending のままになる。理由ごとのノード数を読むこと。他のノードは taint やボリュームで除外されている場合もある。",
    ),
    signatures=(
        Signature(r"nodes are available: (\d+ Insufficient (cpu|memory|ephemeral-storage|hugepages[\w-]+|[\w-]+\.[\w.-]+/gpu)(, )?)+\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/noderesources: no other reason"),
        Signature(r"\d+ Insufficient [\w./-]+", component="controller", reason=r"FailedScheduling|NotTriggerScaleUp", proof="suggests", source="pkg/scheduler/framework/plugins/noderesources"),
        Signature(r"Insufficient (cpu|memory|pods) \(\d+\)", component="controller", proof="suggests", source="the scheduler before 1.12"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node has room for the requests", "requests を収容できるノードが無い"), strength=0.95),
    ),
    asks=(
        Ask("kubectl describe nodes | grep -A9 'Allocated resources'", Text("requests near 100 % on all nodes that the pod may use", "Pod が使える全ノードで requests が 100% 近い"), ("unschedulable-volume-zone", "unschedulable-no-matching-node", "host-port-conflict", "device-plugin-unhealthy", "node-pod-limit-reached", "kubelet-admission-out-of-resources", "aws-pod-eni-not-attached", "disk-pressure-eviction", "hugepages-exhausted"), evidence="node-describe"),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the count of nodes for each reason in FailedScheduling", "FailedScheduling の理由ごとのノード数"), ("pvc-not-bound",), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("add a node, lower the requests to the measured use, or scale down something less important", "ノードを追加する、requests を実測値に合わせて下げる、または優先度の低いものを減らす"), Text("requests that are too low lead to evictions and throttling", "requests が低すぎると Evict やスロットリングを招く"),
               "kubectl -n {namespace} set resources deployment/NAME --requests=cpu=250m,memory=256Mi", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("cluster autoscaler with groups that fit the largest pod, priority classes, requests from measurements", "最大の Pod が収まるグループを持つ cluster autoscaler、PriorityClass、実測に基づく requests を使う"), Text("costs more nodes", "ノードの費用が増える"), "", "kubectl top nodes", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling",),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 1 Insufficient cpu, 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/6 nodes are available: 2 Insufficient nvidia.com/gpu, 4 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: Insufficient memory (3), PodToleratesNodeTaints (1).", reason="FailedScheduling"),
        near_miss("status", "Pod was rejected: Node didn't have enough resource: cpu, requested: 500, used: 3900, capacity: 4000", reason="OutOfcpu"),
        near_miss("k8s-event", "0/2 nodes are available: 2 Too many pods.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: gpu}.", reason="FailedScheduling"),
        near_miss("k8s-event", 'Error creating: pods "web-" is forbidden: exceeded quota: compute', reason="FailedCreate"),
        near_miss("status", "The node was low on resource: memory.", reason="Evicted"),
    ),
)
