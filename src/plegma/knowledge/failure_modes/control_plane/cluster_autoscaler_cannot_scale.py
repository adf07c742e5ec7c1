"""The autoscaler will not or cannot add a node for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cluster-autoscaler-cannot-scale",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("cluster autoscaler cannot add a node", "cluster autoscaler がノードを追加できない"),
    summary=Text(
        "Pods are pending, and the autoscaler found no node group that helps: maximum size reached, pod does not fit any template (zone, taint, resource), group in back-off after a failed scale-up, or global limits.",
        "Pending の Pod に対し、オートスケーラーが有効なノードグループを見つけられない(最大サイズ到達、ゾーン・taint・リソースが合わない、失敗後の backoff、全体上限)。",
    ),
    signatures=(
        Signature(r"pod didn't trigger scale-up", "any", "suggests", source="cluster-autoscaler: event NotTriggerScaleUp"),
        Signature(r"max node group size reached", "any", "suggests", source="cluster-autoscaler: one of several reasons, and why a node is wanted stands in FailedScheduling"),
        Signature(r"No expansion options$", "any", "shows", source="cluster-autoscaler core/scaleup/orchestrator: no group helps any pending pod"),
        Signature(r"No pod can fit to \S+", "any", "shows", source="cluster-autoscaler core/scaleup/orchestrator, for one group"),
        Signature(r"Pod \S+ can't be scheduled on \S+, predicate (?:checking error|failed): ", "any", "suggests", source="the same, with the scheduler's reason"),
        Signature(r"in backoff after failed scale-up", "any", "states", source="cluster-autoscaler"),
        Signature(r"max cluster (?:cpu|memory|nodes?) limit reached", "any", "states", source="cluster-autoscaler"),
        Signature(r"[Mm]ax total nodes in cluster reached", "any", "states", source="cluster-autoscaler"),
        Signature(r"Scale-up failed for group", "any", "states", source="cluster-autoscaler: FailedToScaleUpGroup"),
        Signature(r"Failed to (?:increase|scale up) node group", "any", "states", source="cluster-autoscaler: FailedToScaleUpGroup"),
    ),
    leads_to=(Link("pod-pending", "cluster", Text("no node is added", "ノードが追加されない"), strength=0.8),),
    refutes=(Refutation(Text("a group was found and grows", "有効なグループが見つかり拡張されている"), pattern=r"Best option to resize: |Final scale-up plan: ", weight=0.7),),
    asks=(Ask("kubectl -n kube-system get configmap cluster-autoscaler-status -o yaml; kubectl -n kube-system logs deploy/cluster-autoscaler | grep -iE 'scale-up|backoff|max' | tail -20", Text("why each group is refused", "各グループが除外された理由"), ("cloud-quota-exceeded", "unschedulable-volume-zone", "scheduler-down", "node-pod-limit-reached", "unschedulable-no-matching-node", "unschedulable-insufficient-resources"), "events"),),
    remedies=(
        Remedy("temporary", Text("raise the group's maximum, or make room", "グループの最大数を上げるか空きを作る"), Text("more machines cost money", "マシン費用が増える"), "kubectl -n kube-system edit deploy cluster-autoscaler", "kubectl get nodes", "none"),
        Remedy("permanent", Text("groups per zone and per kind of pod, limits with room, requests that fit the machine types", "ゾーンや用途ごとのグループ、余裕ある上限、マシンタイプに収まる requests"), Text("none", "なし"), verify="kubectl get pods -A --field-selector status.phase=Pending", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "Skipping node group pool-a - max cluster cpu limit reached"),
        hit("pod-log", "Max total nodes in cluster reached: 30"),
        hit("pod-log", "Failed to increase node group size: rpc error"),
        hit("k8s-event", "pod didn't trigger scale-up: 1 node(s) didn't match Pod's node affinity/selector", "NotTriggerScaleUp"),
        hit("k8s-event", "pod didn't trigger scale-up: 2 max node group size reached", "NotTriggerScaleUp"),
        hit("k8s-event", "pod didn't trigger scale-up (it wouldn't fit if a new node is added): 1 in backoff after failed scale-up", "NotTriggerScaleUp"),
        hit("k8s-event", "Scale-up failed for group pool-a: Could not launch instances", "FailedToScaleUpGroup"),
        hit("pod-log", "No expansion options"),
        hit("pod-log", "No pod can fit to pool-a"),
        hit("pod-log", "Pod shop/web-1 can't be scheduled on pool-a, predicate checking error: Insufficient nvidia.com/gpu; predicateName=NodeResourcesFit; reasons: Insufficient nvidia.com/gpu; debugInfo="),
        near_miss("pod-log", "Pod shop/web-1 can be moved to w2"),
        near_miss("k8s-event", "pod triggered scale-up: [{pool-a 2->3 (max: 6)}]", "TriggeredScaleUp"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", "FailedScheduling"),
    ),
    versions="all",
    references=("https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md",),
)
