"""The kubelet's memory manager finds no NUMA node with room for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="numa-memory-unavailable",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("the memory manager finds no NUMA node with enough memory for the pod", "memory manager が Pod に必要なメモリを持つ NUMA ノードを見つけられない"),
    summary=Text(
        "With memoryManagerPolicy Static a Guaranteed pod gets its memory from named NUMA nodes. The node as a whole has room, but no NUMA node (or allowed group of them) has, or a node is already used in another grouping. The scheduler does not know this, so the pod is rejected and made anew, again and again.",
        "memoryManagerPolicy: Static では Guaranteed Pod のメモリを特定の NUMA ノードから割り当てる。ノード全体には空きがあっても、単一(または許される組み合わせ)の NUMA ノードに空きがない、あるいは別の組み合わせで使用済み。スケジューラーはこれを知らないため、拒否と再作成が繰り返される。",
    ),
    signatures=(
        Signature(r"\[memorymanager\] failed to find NUMA nodes to extend the current topology hint", component="kubelet", proof="states", source="pkg/kubelet/cm/memorymanager/policy_static.go"),
        Signature(r"no NUMA nodes with enough memory", component="kubelet", proof="states", source="pkg/kubelet/cm/memorymanager/policy_static.go"),
        Signature(r"\[memorymanager\] preferred hint violates NUMA node allocation", component="kubelet", proof="states", source="pkg/kubelet/cm/memorymanager/policy_static.go"),
        Signature(r"\[memorymanager\] failed to (get|find) ", component="kubelet", proof="shows", source="pkg/kubelet/cm/memorymanager/policy_static.go"),
    ),
    leads_to=(
        Link("pod-rejected", "pod", Text("Allocate fails and the kubelet refuses the pod (UnexpectedAdmissionError)", "Allocate が失敗し、kubelet が Pod を拒否する(UnexpectedAdmissionError)"), strength=0.95),
    ),
    asks=(
        Ask("cat /var/lib/kubelet/memory_manager_state; numactl -H; kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -oE '(memory|topology|cpu)ManagerPolicy.[^,]*'  # the first two on {node}",
            Text("free memory of each NUMA node below the request, or nodes grouped already", "各 NUMA ノードの空きが要求未満、または既に組み合わせて使用済み"), ("topology-affinity-error", "device-plugin-unhealthy", "exclusive-cpus-exhausted"), evidence="kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("delete the rejected pods, place the pod on another node or lower its request", "拒否された Pod を削除し、別ノードに配置するか要求を下げる"), Text("none", "なし"), "kubectl -n {namespace} delete pods --field-selector status.phase=Failed", "kubectl -n {namespace} get pods", "restart"),
        Remedy("permanent", Text("requests that fit one NUMA node, topologyManagerPolicy single-numa-node with a topology-aware scheduler, even reservedMemory over the nodes", "1 つの NUMA ノードに収まる要求、topologyManagerPolicy: single-numa-node とトポロジー対応スケジューラー、reservedMemory の均等配分"), Text("the kubelet's policy can be changed only on a drained node", "kubelet のポリシー変更は drain 済みノードでのみ可能"), "", "kubectl -n {namespace} get pods -o wide", "disruptive"),
    ),
    examples=(
        hit("status", "Allocate failed due to [memorymanager] failed to find NUMA nodes to extend the current topology hint, which is unexpected", reason="UnexpectedAdmissionError"),
        hit("kubelet", '"Allocate error" err="[memorymanager] failed to get the default NUMA affinity, no NUMA nodes with enough memory is available"'),
        hit("kubelet", '"Allocate error" err="[memorymanager] preferred hint violates NUMA node allocation"'),
        hit("kubelet", "[memorymanager] failed to get machine state for NUMA node 1"),
        near_miss("status", "Resources cannot be allocated with Topology locality", reason="TopologyAffinityError"),
        near_miss("status", "Allocate failed due to not enough cpus available to satisfy request: requested=4, available=2, which is unexpected", reason="UnexpectedAdmissionError"),
        near_miss("kubelet", "[memorymanager] the expected machine state is different from the real one"),
    ),
    versions="Kubernetes 1.21 (1.22 beta) and later with memoryManagerPolicy Static",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/", "https://github.com/kubernetes/kubernetes/issues/120733", "https://github.com/kubernetes/kubernetes/issues/138495"),
)
