"""The topology manager cannot align the pod's resources on NUMA nodes."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="topology-affinity-error",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("pod rejected: resources cannot be aligned on NUMA nodes", "NUMA に整列できず Pod が拒否された"),
    summary=Text(
        "topologyManagerPolicy is restricted or single-numa-node, and no NUMA node has CPUs, devices and memory enough for the pod although the sum on the node would do. The scheduler does not see NUMA nodes, so the pod comes back to the same node and fails again.",
        "topologyManagerPolicy が restricted / single-numa-node で、ノード全体では足りていても 1 つの NUMA ノードに収まる CPU・デバイス・メモリがない。スケジューラーは NUMA を見ないため、同じノードに戻って再び失敗する。",
    ),
    signatures=(
        Signature(r"Resources cannot be allocated with Topology [Ll]ocality", "kubelet", "states", source="pkg/kubelet/cm/topologymanager"),
        Signature(r"", "kubelet", "states", reason=r"Topology ?Affinity ?Error", source="pkg/kubelet/cm/topologymanager; three words to v1.17"),
    ),
    states=(StateTest("Pod", {"status": "^Topology ?Affinity ?Error$"}, "states"),),
    leads_to=(Link("pod-rejected", "pod", Text("refused at admission by the topology manager", "Topology Manager が admission で拒否する"), strength=0.95),),
    asks=(Ask("grep -i topologyManager /var/lib/kubelet/config.yaml; lscpu | grep NUMA; kubectl describe node {node} | grep -A20 'Allocated resources'", Text("single-numa-node and requests larger than what is free on one NUMA node", "single-numa-node であり、要求が 1 NUMA ノードの空きを超えている"), ("exclusive-cpus-exhausted", "device-plugin-unhealthy", "kubelet-admission-out-of-resources"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("delete the rejected pods, place the workload on an emptier node or ask for less", "拒否された Pod を削除し、空いているノードに配置するか要求を減らす"), Text("the pod never ran", "Pod は起動していない"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("schedule by NUMA (NodeResourceTopology plugin), or policy best-effort where alignment is not vital", "NUMA 対応スケジューリング(NodeResourceTopology プラグイン)を使うか、整列が必須でなければ best-effort にする"), Text("restarts the kubelet; best-effort costs latency", "kubelet の再起動を伴う。best-effort では遅延が増え得る"), verify="kubectl get pods -A | grep -c TopologyAffinityError"),
    ),
    examples=(
        hit("k8s-event", "Resources cannot be allocated with Topology locality", "TopologyAffinityError"),
        hit("status", "Pod was rejected: Resources cannot be allocated with Topology locality", "TopologyAffinityError"),
        hit("status", "Pod Resources cannot be allocated with Topology Locality", "Topology Affinity Error"),
        near_miss("status", "Pod was rejected: Node didn't have enough resource: cpu, requested: 4000, used: 30000, capacity: 32000", "OutOfcpu"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.", "FailedScheduling"),
    ),
    state_examples=(StateExample("Pod", {"status": "TopologyAffinityError"}, True), StateExample("Pod", {"status": "Topology Affinity Error"}, True), StateExample("Pod", {"status": "OutOfcpu"}, False)),
    versions="topology manager since v1.16",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/topology-manager/",),
)
