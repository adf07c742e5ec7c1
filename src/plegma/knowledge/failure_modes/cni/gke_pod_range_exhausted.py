"""The subnet's secondary range for pods has no block for a new node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="gke-pod-range-exhausted",
    layer="cni",
    role="cause",
    subject="Cluster",
    title=Text("the pod range of the GKE cluster is used up", "GKE クラスターの Pod 用範囲を使い切っている"),
    summary=Text(
        "Each GKE node takes a whole block (a /24 by default) of the subnet's secondary range; none is left, so no node can be added and pods stay Pending although quota and machine types are fine.",
        "GKE のノードはサブネットのセカンダリ範囲からブロック(既定 /24)を丸ごと取る。残りがないためノードを追加できず、割り当て枠やマシンタイプに問題がなくても Pod が Pending のままになる。",
    ),
    signatures=(
        Signature(r"IP_SPACE_EXHAUSTED", proof="states", source="Compute Engine error, in cluster-autoscaler events and operations"),
        Signature(r"IP space of .{0,240}is exhausted", proof="states", source="Compute Engine error text"),
    ),
    leads_to=(Link("pod-pending", "cluster", Text("no node can be added for the waiting pods", "待っている Pod のためのノードを追加できない"), strength=0.9),),
    asks=(
        Ask("kubectl describe configmap cluster-autoscaler-status -n kube-system; gcloud container clusters describe CLUSTER --format='value(ipAllocationPolicy,defaultMaxPodsConstraint)'",
            Text("scale-up in back-off with that error; range size / node block not above the number of nodes", "このエラーで scale-up が back-off。範囲をノードのブロックで割った数がノード数以下"),
            ("unschedulable-volume-zone", "node-podcidr-not-assigned"), "events"),
    ),
    remedies=(
        Remedy("temporary", Text("Free nodes that are not needed, or use larger machines in the existing nodes' number.", "不要なノードを解放する、または同じ台数でより大きなマシンを使う。"), Text("drained pods restart", "drain した Pod は再起動する"),
               command="kubectl get nodes -o wide", verify="kubectl get pods -A --field-selector status.phase=Pending"),
        Remedy("permanent", Text("Additional pod range (discontiguous multi-Pod CIDR) on a new node pool, lower max pods per node, plan the ranges.",
                                 "新しいノードプールに追加の Pod 範囲(非連続マルチ Pod CIDR)を与える、ノードあたりの最大 Pod 数を下げる、範囲を計画する。"),
               Text("new node pool", "新しいノードプールが必要"), verify="gcloud container node-pools list"),
    ),
    examples=(
        hit("k8s-event", 'Failed adding 1 nodes to group pool-1-grp due to OutOfResource.IP_SPACE_EXHAUSTED; source errors: Instance \'n-x\' creation failed', reason="FailedScaleUp"),
        hit("k8s-event", "Instance 'gke-n-x' creation failed: IP space of 'projects/p/regions/r/subnetworks/s-pods' is exhausted.", reason="FailedScaleUp"),
        near_miss("k8s-event", "pod didn't trigger scale-up: 2 max node group size reached", reason="NotTriggerScaleUp"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.4.1.2-10.4.1.254", reason="FailedCreatePodSandBox"),
    ),
    versions="GKE, VPC-native clusters",
    references=("https://cloud.google.com/kubernetes-engine/docs/how-to/multi-pod-cidr", "https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips"),
)
