"""A PodDisruptionBudget allows no eviction."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pdb-blocks-eviction",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("a PodDisruptionBudget allows no eviction", "PodDisruptionBudget により退避(eviction)が許可されない"),
    summary=Text(
        "The budget has no disruption to give: minAvailable equals the number of replicas (or maxUnavailable is 0), there is just one replica, pods are already not Ready, or two budgets select the same pod. The API answers 429 to every eviction, so drains, upgrades and scale-downs wait.",
        "許容できる中断が 0。minAvailable がレプリカ数と等しい(maxUnavailable が 0)、レプリカが 1 つしか無い、既に Ready でない Pod がある、2 つの PDB が同じ Pod を選択しているなど。API が eviction に 429 を返し続け、drain・アップグレード・縮小が待たされる。",
    ),
    signatures=(
        Signature(r"violate the pod's disruption budget", proof="states", at_least=5, source="pkg/registry/core/pod/storage/eviction.go: refused again and again"),
        Signature(r"violate the pod's disruption budget", proof="suggests", source="the same; a drain waits a few times until the other replica is up"),
        Signature(r"This pod has more than one PodDisruptionBudget", proof="states", source="pkg/registry/core/pod/storage/eviction.go"),
        Signature(r"The disruption budget \S+ needs \d+ healthy pods and has \d+ currently", proof="states", source="pkg/registry/core/pod/storage/eviction.go"),
        Signature(r"[Pp]db \S+ prevents pod evictions", proof="states", source="Karpenter pkg/utils/pdb"),
        Signature(r"not enough pod disruption budget to move ", proof="states", source="cluster-autoscaler simulator/drainability"),
        Signature(r"The disruption budget \S+ is still being processed by the server", proof="suggests", source="pkg/registry/core/pod/storage/eviction.go: passes by itself"),
    ),
    leads_to=(Link("node-drain-blocked", "cluster", Text("the drain tries the eviction again and again and is refused", "drain が eviction を繰り返すが拒否される"), strength=0.95),),
    asks=(
        Ask("kubectl get pdb -A -o wide; kubectl -n {namespace} get pods -o wide", Text("ALLOWED DISRUPTIONS 0, and whether that is so with all pods Ready", "ALLOWED DISRUPTIONS が 0。全 Pod が Ready でもそうか"), ("node-drain-blocked", "readiness-probe-failing", "pod-stuck-terminating"), evidence="workloads"),
    ),
    remedies=(
        Remedy("temporary", Text("get the pods Ready or scale the workload up by one, then drain", "Pod を Ready にするか 1 レプリカ増やしてから drain する"), Text("needs room on another node", "別のノードに空きが必要"), "kubectl -n {namespace} scale deployment/WORKLOAD --replicas=N", "kubectl get pdb -A", "none"),
        Remedy("temporary", Text("delete the pod instead of evicting it", "eviction ではなく Pod を削除する"), Text("goes round the budget: the service may be interrupted", "PDB を無視するためサービスが中断することがある"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods -o wide", "disruptive"),
        Remedy("permanent", Text("budgets as maxUnavailable: 1 with two or more replicas, unhealthyPodEvictionPolicy: AlwaysAllow, one budget for each workload, a check in CI", "レプリカ 2 以上で maxUnavailable: 1 とし、unhealthyPodEvictionPolicy: AlwaysAllow、ワークロードごとに PDB は 1 つ、CI で検証する"), Text("none", "なし"), "", "kubectl get pdb -A", "none"),
    ),
    versions="every version; unhealthyPodEvictionPolicy from 1.26 (GA 1.31)",
    references=("https://kubernetes.io/docs/tasks/run-application/configure-pdb/", "https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/"),
    examples=(
        hit("shell", 'error when evicting pods/"web-0" -n "shop" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.', count=40),
        hit("shell", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."),
        hit("shell", '{"reason":"DisruptionBudget","message":"The disruption budget web needs 2 healthy pods and has 2 currently"}'),
        hit("k8s-event", 'Cannot disrupt Node: pdb "shop/web" prevents pod evictions', reason="DisruptionBlocked"),
        hit("pod-log", "node node-3 cannot be removed: not enough pod disruption budget to move shop/web-0"),
        hit("shell", "Cannot evict pod as it would violate... The disruption budget web is still being processed by the server."),
        near_miss("shell", "evicting pod shop/web-0"),
        near_miss("shell", "cannot delete Pods with local storage (use --delete-emptydir-data to override): shop/cache-0"),
        near_miss("status", "The node was low on resource: memory.", reason="Evicted"),
    ),
)
