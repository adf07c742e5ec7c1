"""A drain or a removal of a node does not come to its end."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-drain-blocked",
    layer="pod",
    role="symptom",
    subject="Workload",
    title=Text("the node cannot be drained", "ノードの drain が完了しない"),
    summary=Text(
        "kubectl drain, an upgrade or an autoscaler cannot get all pods off the node: a disruption budget, a pod that does not end, or pods that drain does not touch without being told (DaemonSets, local data, no owner).",
        "kubectl drain・アップグレード・オートスケーラーがノードから Pod を退避し切れない。PodDisruptionBudget、終了しない Pod、明示しないと対象にならない Pod(DaemonSet・ローカルデータ・所有者なし)が理由。",
    ),
    signatures=(
        Signature(r"error when evicting pods/", component="shell", source="kubectl pkg/drain"),
        Signature(r"error when evicting pod ", component="shell", source="kubectl to 1.19"),
        Signature(r"unable to drain node ", component="shell", source="kubectl drain"),
        Signature(r"error when waiting for pod .* terminating: global timeout reached", component="shell", source="kubectl drain with --timeout"),
        Signature(r"cannot delete Pods with local storage", component="shell", source="kubectl pkg/drain/filters.go"),
        Signature(r"cannot delete DaemonSet-managed Pods", component="shell", source="kubectl pkg/drain/filters.go"),
        Signature(r"cannot delete Pods (?:that )?declare no controller", component="shell", source="kubectl pkg/drain/filters.go"),
        Signature(r"", component="controller", reason=r"DisruptionBlocked|FailedDraining|FailedToDrain", source="Karpenter; machine controllers"),
    ),
    asks=(
        Ask("kubectl get pdb -A; kubectl get pods -A -o wide --field-selector spec.nodeName={node}", Text("ALLOWED DISRUPTIONS 0, or a pod that stays Terminating", "ALLOWED DISRUPTIONS が 0、または Terminating のままの Pod"), ("pdb-blocks-eviction", "pod-stuck-terminating", "finalizer-stuck"), evidence="pod-list"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/",),
    examples=(
        hit("shell", 'error when evicting pods/"web-0" -n "shop" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.'),
        hit("shell", 'error when evicting pod "web-0" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.'),
        hit("shell", 'error: unable to drain node "node-3" due to error: [error when waiting for pod "web-0" in namespace "shop" to terminate: global timeout reached: 5m0s]'),
        hit("shell", 'error when waiting for pod "web-0" terminating: global timeout reached: 5m0s'),
        hit("shell", "cannot delete Pods with local storage (use --delete-emptydir-data to override): shop/cache-0"),
        hit("shell", "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): kube-system/kube-proxy-x2k9q"),
        hit("shell", "cannot delete Pods that declare no controller (use --force to override): shop/debug"),
        hit("k8s-event", 'Cannot disrupt Node: pdb "shop/web" prevents pod evictions', reason="DisruptionBlocked"),
        near_miss("shell", "node/node-3 drained"),
        near_miss("shell", "evicting pod shop/web-0"),
    ),
)
