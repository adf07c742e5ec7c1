"""Swap is active, and the kubelet refuses to start with it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-swap-on",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet refuses to start: swap is on", "swap が有効なため kubelet が起動を拒否している"),
    summary=Text(
        "failSwapOn is true (the default) and /proc/swaps is not empty: a swap file, partition or zram device came back, usually at a reboot. The kubelet exits at every start and the node turns NotReady.",
        "failSwapOn が true(既定値)なのに /proc/swaps が空でない。スワップファイル、パーティション、zram が(多くは再起動時に)復活している。kubelet は起動のたびに終了し、ノードは NotReady になる。",
    ),
    signatures=(
        Signature(r"[Rr]unning with swap on is not supported", "kubelet", "states", source="pkg/kubelet/cm/container_manager_linux.go"),
        Signature(r"\[(?:ERROR|WARNING) Swap\]: running with swap on is not supported", "shell", "shows", source="kubeadm preflight"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the container manager refuses swap, the kubelet exits and is restarted", "ContainerManager が swap を拒否し、kubelet は終了と再起動を繰り返す"), strength=0.95),
    ),
    asks=(
        Ask("cat /proc/swaps; grep -v '^#' /etc/fstab | grep swap; systemctl --type=swap --all", Text("any line under the header of /proc/swaps", "/proc/swaps の見出しの下に行がある"), ("kubelet-removed-flag", "kubelet-cgroup-driver-config-error", "kubelet-cpu-manager-checkpoint-mismatch"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("turn swap off; systemd starts the kubelet again by itself", "swap を無効化する。kubelet は systemd が自動で再起動する"), Text("what is in swap must fit into memory: on a full node something may be OOM-killed", "swap の内容がメモリに載る必要がある。余裕のないノードでは OOM kill が起こり得る"), "swapoff -a", "systemctl is-active kubelet && kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("remove the swap line from /etc/fstab and mask swap and zram units in the node image; or allow swap on purpose (failSwapOn: false with memorySwap.swapBehavior, cgroup v2)", "/etc/fstab の swap 行を削除し、swap/zram ユニットをノードイメージで mask する。意図して使うなら failSwapOn: false と memorySwap.swapBehavior(cgroup v2)を設定する"), Text("none", "なし"), "sed -ri '/\\sswap\\s/s/^/#/' /etc/fstab && systemctl mask swap.target", "swapon --show | wc -l", "none"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to run Kubelet: running with swap on is not supported, please disable swap or set --fail-swap-on flag to false. /proc/swaps contained: [Filename Type Size Used Priority /dev/zram0 partition 4062204 0 100]"'),
        hit("kubelet", "error: failed to run Kubelet: Running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false. /proc/swaps contained: [Filename\t\t\t\tType\t\tSize\tUsed\tPriority /dev/dm-1 partition 2097148 0 -1]"),
        hit("shell", "\t[WARNING Swap]: running with swap on is not supported. Please disable swap"),
        near_miss("kubelet", '"Swap is on" /proc/swaps contents=<'),
        near_miss("kernel", "Adding 2097148k swap on /dev/dm-1.  Priority:-2 extents:1 across:2097148k"),
        near_miss("kubelet", "misconfiguration: kubelet cgroup driver: \"systemd\" is different from docker cgroup driver: \"cgroupfs\""),
    ),
    versions="v1.8 and later; v1.28 and later can run with swap when told so (NodeSwap)",
    references=(
        "https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/",
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/#swap-configuration",
    ),
)
