"""The static CPU manager has not enough exclusive CPUs left."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="exclusive-cpus-exhausted",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("pod rejected: not enough exclusive CPUs", "専有 CPU が不足し Pod が拒否された"),
    summary=Text(
        "With the static CPU manager a Guaranteed pod gets whole CPUs of its own. None are left (or, with full-pcpus-only, the request is not a multiple of the threads per core), so the kubelet rejects the pod after it was scheduled.",
        "静的 CPU マネージャーでは Guaranteed Pod に専有 CPU が割り当てられる。空きがない(full-pcpus-only では要求が物理コアの倍数でない)ため、スケジュール後に kubelet が拒否する。",
    ),
    signatures=(
        Signature(r"not enough cpus available to satisfy request", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/cpu_assignment.go"),
        Signature(r"SMT Alignment Error", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/policy_static.go"),
        Signature(r"", "kubelet", "states", reason="SMTAlignmentError", source="pkg/kubelet/cm/cpumanager"),
    ),
    leads_to=(Link("pod-rejected", "pod", Text("Allocate fails at admission", "admission の Allocate が失敗する"), strength=0.95),),
    asks=(Ask("cat /var/lib/kubelet/cpu_manager_state; kubectl describe node {node} | grep -A20 'Allocated resources'", Text("defaultCpuSet is smaller than the request", "defaultCpuSet が要求より小さい"), ("topology-affinity-error", "kubelet-admission-out-of-resources", "device-plugin-unhealthy"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("delete the rejected pod and free CPUs or use another node", "拒否された Pod を削除し、CPU を空けるか別ノードを使う"), Text("the pod never ran", "Pod は起動していない"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("reserve fewer CPUs or more nodes; ask for whole cores with full-pcpus-only", "予約 CPU を減らすかノードを増やし、full-pcpus-only では物理コア単位で要求する"), Text("restarts the kubelet", "kubelet の再起動を伴う"), verify="kubectl get pods -A | grep -c UnexpectedAdmissionError"),
    ),
    examples=(
        hit("status", "Pod was rejected: Allocate failed due to not enough cpus available to satisfy request: requested=8, available=3, which is unexpected", "UnexpectedAdmissionError"),
        hit("status", "SMT Alignment Error: requested 3 cpus not multiple cpus per core = 2", "SMTAlignmentError"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", "FailedScheduling"),
        near_miss("status", "Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected", "UnexpectedAdmissionError"),
    ),
    versions="static policy since v1.8; full-pcpus-only since v1.22",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/#static-policy",),
)
