"""The kubelet ends pods before the node runs dry."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="eviction",
    title=Text("eviction by the kubelet (node pressure)", "kubelet による退避(node-pressure eviction)"),
    what=Text(
        "Every 10 s the kubelet compares free memory, disk, inodes and process ids with thresholds. When one is crossed it sets the node's pressure condition, tries to free disk (dead containers, unused images), and then ends pods one at a time: first those that use more than they requested, in order of priority and of how far they are over. An evicted pod is Failed with reason Evicted and stays as an object; its controller makes another one elsewhere. A pod over its own ephemeral-storage limit is evicted too, without any pressure.\n"
        "Three other things bear the same name: eviction by taint (node not ready), by the API (drain, PodDisruptionBudget), and preemption by the scheduler.",
        "kubelet は 10 秒ごとに、空きメモリ・ディスク・inode・PID をしきい値と比べる。下回ると、ノードの Pressure を立て、ディスクなら不要なもの(終了したコンテナ、未使用イメージ)を消し、それでも足りなければ Pod を 1 つずつ終了させる。順序は、requests を超えて使っているものから、優先度と超過量で決まる。退避された Pod は reason が Evicted の Failed になり、オブジェクトは残る。コントローラーが別の Pod を作る。自分の ephemeral-storage limit を超えた Pod は、Pressure がなくても退避される。\n"
        "同じ「eviction」でも別物が 3 つある。taint によるもの(ノードが NotReady)、API によるもの(drain、PodDisruptionBudget)、スケジューラーのプリエンプションである。",
    ),
    fails=Text(
        "The message names the resource ('The node was low on resource: memory. Threshold quantity: 100Mi, available: 61Mi') and the container that used most. If the disk fills faster than every 10 s, or memory does, the kernel is first: OOM kills or 'no space left on device' instead of an eviction. A threshold that is too high for the machine, or wrong disk numbers, give pressure that is not there: pods are evicted at once again wherever they land. While a pressure condition stands no new pod comes to the node.",
        "message に資源名(The node was low on resource: memory. Threshold quantity: 100Mi, available: 61Mi)と最も使っていたコンテナが書かれる。10 秒の間隔より速くメモリやディスクが埋まると、カーネルが先に動き、退避ではなく OOM や「no space left on device」になる。しきい値がマシンに対して高すぎたり、ディスクの計測値が誤っていたりすると、実際にはない Pressure が立ち、Pod は置かれるたびに退避される。Pressure の間、新しい Pod は来ない。",
    ),
    look=(
        Look("kubectl describe node {node}", Text("pressure conditions with their times, EvictionThresholdMet, Allocatable", "Pressure とその時刻、EvictionThresholdMet、Allocatable")),
        Look("kubectl get pods -A --field-selector status.phase=Failed -o custom-columns=NS:.metadata.namespace,POD:.metadata.name,REASON:.status.reason,MESSAGE:.status.message", Text("who was evicted, for which resource", "退避された Pod と資源")),
        Look("df -h; df -i; free -m  # on {node}", Text("the numbers themselves", "実際の値")),
    ),
    numbers=(
        Number(Text("hard thresholds: memory.available, nodefs.available, nodefs.inodesFree, imagefs.available", "hard しきい値: memory.available、nodefs.available、nodefs.inodesFree、imagefs.available"), "100Mi, 10 %, 5 %, 15 %", "pkg/kubelet/eviction/defaults_linux.go"),
        Number(Text("time between checks", "確認の周期"), "10 s", "pkg/kubelet/kubelet.go"),
        Number(Text("a condition stays at least (evictionPressureTransitionPeriod)", "Pressure が維持される最短時間(evictionPressureTransitionPeriod)"), "5 m", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("node-conditions", "image-gc", "oom", "taints-tolerations"),
    modes=("pod-evicted", "disk-pressure-eviction", "pod-ephemeral-storage-limit", "kubelet-eviction-threshold-too-high", "memory-pressure-false-positive", "disk-pressure-false-positive", "inode-exhaustion", "node-memory-starvation", "run-tmpfs-full"),
    aliases=("evicted", "evict", "node pressure"),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",),
)
