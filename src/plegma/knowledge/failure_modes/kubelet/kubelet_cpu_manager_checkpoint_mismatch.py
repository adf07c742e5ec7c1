"""The CPU or memory manager's checkpoint was written under another policy."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-cpu-manager-checkpoint-mismatch",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("CPU/memory manager checkpoint contradicts the configured policy", "CPU/メモリマネージャーのチェックポイントが設定ポリシーと矛盾している"),
    summary=Text(
        "cpuManagerPolicy (or memoryManagerPolicy) was changed while the state file of the former policy stayed in /var/lib/kubelet. The kubelet will not guess what that means for running pods, and ends.",
        "cpuManagerPolicy(または memoryManagerPolicy)を変更したが、以前のポリシーの状態ファイルが /var/lib/kubelet に残っている。kubelet は稼働中の Pod への影響を判断できないため終了する。",
    ),
    signatures=(
        Signature(r"configured policy \\*\"[^\"]*\" differs from state checkpoint policy", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/state/state_checkpoint.go, memorymanager likewise"),
        Signature(r"differs from state file policy", "kubelet", "states", source="pkg/kubelet/cm/cpumanager/state/state_file.go (to v1.11)"),
        Signature(r"could not restore state from checkpoint: configured policy", "kubelet", "shows", source="the same line, cut at the terminal's edge"),
        Signature(r"delete the CPU manager checkpoint file .{1,120} before restarting Kubelet", "kubelet", "suggests", source="pkg/kubelet/cm/cpumanager/state/state_checkpoint.go: what is left when the reason before it is cut off"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("Failed to start ContainerManager: the kubelet exits at every start until the file is removed", "ContainerManager の起動に失敗し、ファイルを消すまで kubelet は起動のたびに終了する"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the checkpoint is damaged or the CPUs changed: the policy is not what differs", "チェックポイント破損または CPU 構成変更であり、ポリシーの差ではない"), mode="kubelet-state-checkpoint-invalid", weight=0.6),
    ),
    asks=(
        Ask("cat /var/lib/kubelet/cpu_manager_state /var/lib/kubelet/memory_manager_state; grep -i managerPolicy /var/lib/kubelet/config.yaml", Text("policyName in the state file is not the one of the configuration", "状態ファイルの policyName が設定のポリシーと異なる"), ("kubelet-state-checkpoint-invalid", "kubelet-cgroup-driver-config-error", "kubelet-swap-on"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node, delete the state file, start the kubelet", "ノードを drain し、状態ファイルを削除して kubelet を起動する"), Text("containers with exclusive CPUs lose their pinning record, so drain first", "専有 CPU の割り当て記録が失われるため、必ず先に drain する"), "kubectl drain {node} --ignore-daemonsets; systemctl stop kubelet; rm /var/lib/kubelet/cpu_manager_state; systemctl start kubelet", "systemctl is-active kubelet && kubectl uncordon {node}", "disruptive"),
        Remedy("permanent", Text("make draining and deleting the state file part of every change of a manager's policy", "マネージャーのポリシー変更手順に drain と状態ファイル削除を組み込む"), Text("none", "なし"), verify="grep policyName /var/lib/kubelet/cpu_manager_state", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'Please drain this node and delete the CPU manager checkpoint file "/var/lib/kubelet/cpu_manager_state" before restarting Kubelet.'),
        near_miss("kubelet", '[cpumanager] starting with static policy, checkpoint file "/var/lib/kubelet/cpu_manager_state"'),
        hit("kubelet", '"Failed to start ContainerManager" err="start cpu manager error: could not restore state from checkpoint: configured policy \\"none\\" differs from state checkpoint policy \\"static\\", please drain this node and delete the CPU manager checkpoint file \\"/var/lib/kubelet/cpu_manager_state\\" before restarting Kubelet"'),
        hit("kubelet", '"Failed to start ContainerManager" err="start memory manager error: could not restore state from checkpoint: [memorymanager] configured policy \\"Static\\" differs from state checkpoint policy \\"None\\", please drain this node and delete the memory manager checkpoint file \\"/var/lib/kubelet/memory_manager_state\\" before restarting Kubelet"'),
        hit("kubelet", 'Could not initialize checkpoint manager: could not restore state from checkpoint: configured policy "static" differs from state checkpoint policy "none", please drain node and remove policy state file'),
        hit("kubelet", '[cpumanager] could not initialize: configured policy "static" differs from state file policy "none"'),
        near_miss("kubelet", '"Failed to start ContainerManager" err="start cpu manager error: could not restore state from checkpoint: checkpoint is corrupted, please drain this node and delete the CPU manager checkpoint file"'),
        near_miss("kubelet", '"CPU manager policy error" err="current set of available CPUs \\"0-15\\" doesn\'t match with CPUs in state \\"0-7\\""'),
        near_miss("kubelet", "Failed to start ContainerManager failed to initialize top level QOS containers: root container [kubepods] doesn't exist"),
    ),
    versions="cpu_manager_state since v1.8, checkpoint wording since v1.12; memory_manager_state since v1.21",
    references=(
        "https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/#changing-the-cpu-manager-policy",
        "https://kubernetes.io/docs/tasks/administer-cluster/memory-manager/",
    ),
)
