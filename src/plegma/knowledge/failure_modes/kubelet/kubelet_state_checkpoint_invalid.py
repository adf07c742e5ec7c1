"""A resource manager's state file is damaged or no longer fits the machine."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-state-checkpoint-invalid",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("resource manager state file corrupted or of another machine shape", "リソースマネージャーの状態ファイルが破損、またはマシン構成と不一致"),
    summary=Text(
        "cpu_manager_state, memory_manager_state or the device checkpoint is damaged (power loss, full disk) or describes other CPUs/NUMA memory than the machine has now (resize, hot-plug, offline CPUs). The kubelet refuses to start.",
        "cpu_manager_state、memory_manager_state、デバイスのチェックポイントが破損している(電源断、ディスクフル)、または現在の CPU / NUMA メモリ構成と合わない(サイズ変更、ホットプラグ、CPU オフライン)。kubelet は起動を拒否する。",
    ),
    signatures=(
        Signature(r"checkpoint is corrupted", "kubelet", "states", source="pkg/kubelet/checkpointmanager/errors"),
        Signature(r"current set of available CPUs .{0,80}doesn't match with CPUs in state", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/policy_static.go"),
        Signature(r"the expected machine state is different from the real one", "kubelet", "states", source="pkg/kubelet/cm/memorymanager/policy_static.go"),
        Signature(r"could not restore state from checkpoint: (?:unexpected end of JSON|invalid character|json: |unable to)", "kubelet", "states", source="pkg/kubelet/checkpointmanager"),
        Signature(r"static policy invalid state, please drain node and remove policy state file", "kubelet", "shows", source="pkg/kubelet/cm/cpumanager (older)"),
        Signature(r"delete the CPU manager checkpoint file .{1,120} before restarting Kubelet", "kubelet", "suggests", source="pkg/kubelet/cm/cpumanager/state/state_checkpoint.go: what is left when the reason before it is cut off"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("ContainerManager does not start, the process exits", "ContainerManager が起動できずプロセスが終了する"), strength=0.9),),
    asks=(Ask("cat /var/lib/kubelet/cpu_manager_state /var/lib/kubelet/memory_manager_state; lscpu | grep -i 'on-line\\|NUMA'; ls -l /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint", Text("an empty or cut file, or CPU sets other than lscpu's", "空や途中切れのファイル、または lscpu と異なる CPU 集合"), ("kubelet-cpu-manager-checkpoint-mismatch", "kubelet-reservation-invalid"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("drain, delete the named state file, start the kubelet", "drain して該当の状態ファイルを削除し、kubelet を起動する"), Text("pinned containers lose their record, so drain first", "固定割り当ての記録が失われるため先に drain する"), "kubectl drain {node} --ignore-daemonsets; systemctl stop kubelet; rm -f /var/lib/kubelet/cpu_manager_state /var/lib/kubelet/memory_manager_state; systemctl start kubelet", "systemctl is-active kubelet", "disruptive"),
        Remedy("permanent", Text("delete state files whenever a machine's CPUs, memory or reservations change", "CPU・メモリ・予約値を変更する手順に状態ファイルの削除を含める"), Text("none", "なし"), verify="journalctl -u kubelet -b | grep -c checkpoint", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'Please drain this node and delete the CPU manager checkpoint file "/var/lib/kubelet/cpu_manager_state" before restarting Kubelet.'),
        near_miss("kubelet", '[cpumanager] starting with static policy, checkpoint file "/var/lib/kubelet/cpu_manager_state"'),
        hit("kubelet", '"Failed to start ContainerManager" err="start cpu manager error: could not restore state from checkpoint: checkpoint is corrupted, please drain this node and delete the CPU manager checkpoint file"'),
        hit("kubelet", '"Policy start error" err="current set of available CPUs \\"0-15\\" doesn\'t match with CPUs in state \\"0-7\\""'),
        hit("kubelet", '"Failed to start ContainerManager" err="start memory manager error: [memorymanager] the expected machine state is different from the real one"'),
        hit("kubelet", "could not restore state from checkpoint: unexpected end of JSON input, please drain this node"),
        hit("kubelet", "[cpumanager] static policy invalid state, please drain node and remove policy state file"),
        near_miss("kubelet", 'could not restore state from checkpoint: configured policy "static" differs from state checkpoint policy "none", please drain this node'),
        near_miss("kubelet", '"Failed to initialize memory manager" err="the total amount \\"0\\" of type \\"memory\\" is not equal to the value \\"612Mi\\" determined by Node Allocatable feature"'),
    ),
    versions="CPU manager since v1.8, memory manager since v1.21",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/", "https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/"),
)
