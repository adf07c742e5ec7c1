"""System reservations contradict a static resource manager or the machine."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-reservation-invalid",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubeReserved/systemReserved do not fit the static CPU/memory manager or the machine", "kubeReserved / systemReserved が静的マネージャーやマシン容量と矛盾している"),
    summary=Text(
        "The static memory manager wants reservedMemory to be exactly kubeReserved + systemReserved + hard eviction; the static CPU manager wants a reservation above zero; and no reservation may exceed the machine. Otherwise the kubelet ends at start.",
        "静的メモリマネージャーは reservedMemory が kubeReserved + systemReserved + hard eviction と厳密に一致することを、静的 CPU マネージャーは予約が 0 より大きいことを要求し、予約はマシン容量を超えられない。違反すると kubelet は起動時に終了する。",
    ),
    signatures=(
        Signature(r"determined by Node Allocatable feature", "kubelet", "states", source="pkg/kubelet/cm/memorymanager/memory_manager.go"),
        Signature(r"requires systemreserved\.cpu \+ kubereserved\.cpu to be greater than zero", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/cpu_manager.go"),
        Signature(r"unable to determine reserved CPU resources for static policy", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/cpu_manager.go"),
        Signature(r"nvalid Node Allocatable configuration", "kubelet", "states", source="pkg/kubelet/cm/node_container_manager_linux.go"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("the manager cannot be built, the process exits", "マネージャーを構築できずプロセスが終了する"), strength=0.95),),
    asks=(Ask("grep -iE -A6 'reserved|eviction|managerPolicy' /var/lib/kubelet/config.yaml; free -m", Text("the sums do not agree", "合計が一致しない"), ("kubelet-state-checkpoint-invalid", "kubelet-config-invalid", "kubelet-cgroup-missing"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("set reservedMemory to kubeReserved + systemReserved + evictionHard memory, or lower the reservations, and restart the kubelet", "reservedMemory を kubeReserved + systemReserved + evictionHard(memory)に合わせるか予約を下げ、kubelet を再起動する"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("compute the reservations per machine type in the provisioning", "プロビジョニングでマシンタイプごとに予約値を計算する"), Text("none", "なし"), verify="kubectl describe node {node} | grep -A6 Allocatable", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Failed to run kubelet" err="failed to run Kubelet: the total amount \\"0\\" of type \\"memory\\" is not equal to the value \\"612Mi\\" determined by Node Allocatable feature"'),
        hit("kubelet", "failed to run Kubelet: [cpumanager] unable to determine reserved CPU resources for static policy"),
        hit("kubelet", "the static policy requires systemreserved.cpu + kubereserved.cpu to be greater than zero"),
        hit("kubelet", 'Invalid Node Allocatable configuration. Resource "memory" has an allocatable of {{-512 6} {<nil>}  BinarySI}, capacity of {{2048 6} {<nil>}  BinarySI}'),
        near_miss("kubelet", '"Failed to start ContainerManager" err="Failed to enforce Kube Reserved Cgroup Limits on \\"/kube.slice\\": [\\"kube\\"] cgroup does not exist"'),
        near_miss("kubelet", "[memorymanager] the expected machine state is different from the real one"),
    ),
    versions="memory manager v1.21 and later, CPU manager v1.8 and later",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/#reserved-memory-flag", "https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/"),
)
