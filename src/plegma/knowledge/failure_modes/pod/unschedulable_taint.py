"""A taint keeps the pod off the nodes that would have room."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among, among_predicates
from plegma.model.texts import Text

_OWN_KEY = r"\{(?:[^n}]|n[^o}]|no[^d}]|nod[^e}]|node[^.\-}]|node-[^r}]|node-role\.kubernetes\.io/[^cm}])[^}]*\}"
"""A taint that somebody set on purpose: not of Kubernetes' own node.* keys, not the control plane's."""
_WITH_KEY = rf"node\(s\) had (?:untolerated )?taint {_OWN_KEY}(?:, that the pod didn't tolerate)?"
_CONTROL_PLANE = r"node\(s\) had (?:untolerated )?taint \{node-role\.kubernetes\.io/(?:control-plane|master): [^}]*\}(?:, that the pod didn't tolerate)?"
_KEYLESS = r"node\(s\) had (?:untolerated taint\(s\)|taints that the pod didn't tolerate)"

MODE = FailureMode(
    id="unschedulable-taint",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the pod does not tolerate the taint of the nodes it could use", "使えるはずのノードの taint を Pod が許容(tolerate)していない"),
    summary=Text(
        "A taint that was set on purpose (dedicated nodes, GPU, spot, or only control-plane nodes in the cluster) keeps the pod off, because it has no matching toleration. A single control-plane taint beside another reason is normal and not the cause.",
        "専用ノード・GPU・spot などの意図的な taint(またはコントロールプレーンしか無いクラスター)に対する toleration が Pod に無い。他の理由と並ぶコントロールプレーンの taint だけなら正常であり、原因ではない。",
    ),
    signatures=(
        Signature(alone(_WITH_KEY), component="controller", proof="states", source="pkg/scheduler/framework/plugins/tainttoleration"),
        Signature(rf"nodes are available: \d+ {_CONTROL_PLANE}\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/tainttoleration: there is no other node"),
        Signature(alone(_KEYLESS), component="controller", source="to 1.13 and from 1.35 on the event does not name the taint"),
        Signature(among(_WITH_KEY), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/tainttoleration"),
        Signature(r"can't be scheduled on \S+, predicate (?:failed: PodToleratesNodeTaints|checking error: node\(s\) had (?:untolerated )?taint)", proof="suggests", source="cluster-autoscaler core/scaleup/orchestrator: the taint of a group's template"),
        Signature(among_predicates("PodToleratesNodeTaints"), component="controller", proof="suggests", source="plugin/pkg/scheduler/algorithm/predicates/error.go"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("the scheduler may place the pod on none of the tainted nodes", "taint のあるノードには配置できない"), strength=0.95),
        Link("cluster-autoscaler-cannot-scale", "cluster", Text("new nodes of the group would have the same taint", "グループの新しいノードにも同じ taint が付く"), strength=0.5),
        Link("unschedulable-no-matching-node", "pod", Text("the taints rule the nodes out", "taint によりノードが除外される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the taint stands for a sick node: mend the node, do not tolerate it", "ノードの異常を表す taint である。許容するのではなくノードを直す"), mode="unschedulable-node-unhealthy", weight=0.3),
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl describe nodes | grep -A3 -E '^Name:|^Taints:'; kubectl -n {namespace} get pod {pod} -o yaml | grep -A8 tolerations:", Text("a taint on every candidate node without a toleration for it", "候補ノード全てに、対応する toleration の無い taint がある"),
            ("unschedulable-insufficient-resources", "unschedulable-node-unhealthy", "unschedulable-node-selector", "unschedulable-node-cordoned", "unschedulable-volume-zone", "host-port-conflict", "cloud-node-uninitialized"), evidence="node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("add the toleration to the workload, or take the taint off a node", "ワークロードに toleration を追加するか、ノードの taint を外す"), Text("a taint is there for a reason: everything without a toleration may come to the node once it is gone", "taint には理由がある。外すと他の Pod も配置されうる"),
               "kubectl taint nodes {node} KEY:NoSchedule-", "kubectl -n {namespace} get pod {pod} -o wide", "none"),
        Remedy("permanent", Text("keep taints and tolerations in one place (node group definition and chart), with nodes enough for what tolerates none", "taint と toleration を一か所で管理し、toleration を持たない Pod 用のノードも確保する"), Text("none", "なし"), "", "kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints", "none"),
    ),
    versions="wordings: 'had taints that the pod didn't tolerate' to 1.13, 'had taint {...}, that the pod didn't tolerate' to 1.23, 'had untolerated taint {...}' from 1.24, 'had untolerated taint(s)' from 1.35",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/", "https://github.com/kubernetes/kubernetes/blob/master/pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go"),
    examples=(
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 node(s) had untolerated taint {pool: batch}. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) had taint {nvidia.com/gpu: present}, that the pod didn't tolerate.", reason="FailedScheduling"),
        hit("k8s-event", "0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("kube-scheduler", '"Unable to schedule pod; no fit; waiting" pod="shop/web-1" err="0/5 nodes are available: 2 Insufficient memory, 3 node(s) had untolerated taint {pool: batch}."'),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: Insufficient cpu (1), PodToleratesNodeTaints (2).", reason="FailedScheduling"),
        hit("pod-log", "Pod shop/web-1 can't be scheduled on pool-a, predicate checking error: node(s) had untolerated taint {pool: batch}; predicateName=TaintToleration; reasons: node(s) had untolerated taint {pool: batch}; debugInfo="),
        hit("pod-log", "Pod web-1 can't be scheduled on pool-a, predicate failed: PodToleratesNodeTaints predicate mismatch, reason: node(s) had taints that the pod didn't tolerate"),
        near_miss("pod-log", "Pod web-1 can't be scheduled on pool-a, predicate checking error: Insufficient cpu; predicateName=NodeResourcesFit"),
        near_miss("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
    ),
)
