"""Who may end a healthy pod, and how many at once."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="disruption-budget",
    title=Text("PodDisruptionBudget, drain and preemption", "PodDisruptionBudget・drain・プリエンプション"),
    what=Text(
        "`kubectl drain` cordons a node and asks the API to evict its pods one by one. A PodDisruptionBudget says how many pods of a selection must stay ready (minAvailable) or may be away (maxUnavailable); the eviction API answers 429 while one more would break it. It guards against drains, autoscalers and the descheduler, and is heeded by preemption if possible. It does not hold back deletion, node failure, eviction by pressure, or a rolling update.",
        "kubectl drain はノードを cordon し、Pod の退避を 1 つずつ API に依頼する。PodDisruptionBudget は、対象の Pod のうち ready でいるべき数(minAvailable)か欠けてよい数(maxUnavailable)を定め、それを破る退避には eviction API が 429 を返す。drain・オートスケーラー・descheduler に効き、プリエンプションでも可能な範囲で尊重される。削除・ノード障害・pressure による退避・ローリング更新は止めない。",
    ),
    fails=Text(
        "'Cannot evict pod as it would violate the pod's disruption budget', repeated every 5 s: the budget allows none (minAvailable equals the replicas, one replica only), or some of its pods are already unready, so that a sick application keeps the node from being repaired. Drain also refuses pods without a controller, with emptyDir, or of a DaemonSet, each with its own flag. Preempted pods have the event Preempted and the condition DisruptionTarget.",
        "「Cannot evict pod as it would violate the pod's disruption budget」が 5 秒ごとに繰り返されるなら、budget が 1 つも許していない(minAvailable がレプリカ数と同じ、レプリカが 1 つ)か、対象の Pod がすでに ready でない。つまり、壊れたアプリケーションがノードの修復を妨げている。drain は、コントローラーのない Pod・emptyDir を持つ Pod・DaemonSet の Pod も、それぞれのフラグがなければ拒む。プリエンプションされた Pod には Preempted イベントと DisruptionTarget 条件が付く。",
    ),
    look=(
        Look("kubectl get pdb -A", Text("ALLOWED DISRUPTIONS 0 is the one that blocks", "ALLOWED DISRUPTIONS が 0 のものが妨げている")),
        Look("kubectl drain {node} --ignore-daemonsets --dry-run=server", Text("which pods would be refused", "拒まれる Pod を確認する")),
    ),
    numbers=(
        Number(Text("drain asks again after", "drain の再試行間隔"), "5 s", "staging/src/k8s.io/kubectl/pkg/drain/drain.go"),
    ),
    see=("eviction", "workloads", "taints-tolerations", "scheduler"),
    modes=("pdb-blocks-eviction", "node-drain-blocked", "pod-preempted", "unschedulable-node-cordoned"),
    aliases=("pdb", "drain", "PodDisruptionBudget", "preemption", "preempted"),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/disruptions/", "https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"),
)
