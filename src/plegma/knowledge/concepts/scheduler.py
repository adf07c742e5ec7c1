"""Who chooses a node for a pod, and what it says when it cannot."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="scheduler",
    title=Text("kube-scheduler", "kube-scheduler"),
    what=Text(
        "The scheduler takes one pod after the other that has no node, filters the nodes (resources, taints, selector and affinity, ports, volumes, topology spread), scores what is left, and writes the node's name into the pod. It counts requests, not usage: a node that idles can be full. If no node fits it says so, and tries again when something in the cluster changes, or after 5 minutes. A pod of higher priority may displace others.",
        "スケジューラーは、ノードが決まっていない Pod を 1 つずつ取り出し、ノードを絞り込み(リソース、taint、selector と affinity、ポート、ボリューム、トポロジー)、残りに点数を付け、Pod にノード名を書く。数えるのは使用量ではなく requests なので、暇なノードでも満杯になり得る。合うノードがなければその旨を出し、クラスターに変化があるか 5 分経つと再び試す。優先度の高い Pod は他の Pod を追い出すことがある。",
    ),
    fails=Text(
        "FailedScheduling is a sum: '0/12 nodes are available: 3 node(s) had untolerated taint {...}, 9 Insufficient memory.' Each node is counted once, with the first filter that refused it, so read all the numbers: the largest group is the cause only if the others could not take the pod anyway (control-plane taints). 'didn't match' speaks of labels, 'volume node affinity conflict' of a disk in another zone, 'unbound immediate PersistentVolumeClaims' of storage. A Pending pod with no event at all: the scheduler is down, or schedulerName names another one. A pod that has a node and is not running is the kubelet's affair.",
        "FailedScheduling は内訳の合計である。「0/12 nodes are available: 3 node(s) had untolerated taint {...}, 9 Insufficient memory.」では、各ノードは最初に拒んだフィルターで 1 回だけ数えられる。したがってすべての数を読む。最大の項目が原因と言えるのは、他のノードがもともと候補外(コントロールプレーンの taint など)の場合である。「didn't match」はラベル、「volume node affinity conflict」は別ゾーンのディスク、「unbound immediate PersistentVolumeClaims」はストレージを指す。イベントが 1 つもない Pending は、スケジューラーの停止か、schedulerName が別のものを指している。ノードが決まっているのに動かない Pod は kubelet 側の問題である。",
    ),
    look=(
        Look("kubectl -n {namespace} describe pod {pod}", Text("the whole FailedScheduling message", "FailedScheduling の全文")),
        Look("kubectl describe nodes | grep -A8 'Allocated resources'", Text("requests in force on each node", "ノードごとの requests の合計")),
        Look("kubectl -n kube-system get lease kube-scheduler -o yaml; kubectl -n kube-system logs -l component=kube-scheduler --tail=200", Text("does one hold the lease and renew it", "リーダーがいて更新しているか")),
    ),
    numbers=(
        Number(Text("retry of a pod: first, longest; without any change after", "Pod の再試行: 最初、最長。変化がない場合"), "1 s, 10 s; 5 m", "pkg/scheduler/backend/queue/scheduling_queue.go"),
        Number(Text("leader lease: duration, deadline, retry", "リーダーの Lease: 有効期間、更新期限、再試行"), "15 s, 10 s, 2 s", "staging/src/k8s.io/component-base/config/v1alpha1/defaults.go"),
    ),
    see=("taints-tolerations", "volumes-attach-mount", "daemonset", "pod-lifecycle", "controller-manager"),
    modes=(
        "pod-pending", "scheduler-down", "unschedulable-insufficient-resources", "unschedulable-no-matching-node", "unschedulable-volume-zone",
        "cluster-autoscaler-cannot-scale", "cloud-quota-exceeded", "host-port-conflict", "volume-attach-limit-exceeded",
        "unschedulable-extended-resource", "unschedulable-insufficient-cpu", "unschedulable-insufficient-memory", "unschedulable-node-selector", "unschedulable-pod-affinity", "unschedulable-topology-spread", "scheduling-gated", "pod-preempted", "priority-class-missing", "daemonset-pod-unplaceable",
    ),
    aliases=("kube-scheduler", "FailedScheduling", "Pending", "unschedulable"),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/",),
)
