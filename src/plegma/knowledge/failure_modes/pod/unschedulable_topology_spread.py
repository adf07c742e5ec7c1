"""A spread constraint leaves no node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among, short_of
from plegma.model.texts import Text

_REASON = r"node\(s\) didn't match pod topology spread constraints(?: \(missing required label\))?"

MODE = FailureMode(
    id="unschedulable-topology-spread",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a topology spread constraint (DoNotSchedule) leaves no node", "topologySpreadConstraints(DoNotSchedule)を満たすノードが無い"),
    summary=Text(
        "One more pod on any reachable node would make the skew larger than maxSkew: a zone is full, cordoned or gone, but still counts; old pods of a rolling update are counted too; or nodes lack the topology label.",
        "届くどのノードに置いても偏りが maxSkew を超える。あるゾーンが満杯・cordon・消失していても数に入る、ローリング更新の旧 Pod も数えられる、ノードにトポロジーラベルが無い、などが原因。",
    ),
    signatures=(
        Signature(alone(_REASON), component="controller", proof="states", source="pkg/scheduler/framework/plugins/podtopologyspread"),
        Signature(short_of(_REASON), component="controller", source="pkg/scheduler/framework/plugins/podtopologyspread"),
        Signature(among(_REASON), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/podtopologyspread"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("every node would break the spread", "どのノードでも分散条件に反する"), strength=0.95),
        Link("unschedulable-no-matching-node", "pod", Text("the spread rules the nodes out", "分散条件によりノードが除外される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl get nodes -L topology.kubernetes.io/zone; kubectl -n {namespace} get pods -o wide --show-labels", Text("the domain with the fewest pods has no node that can take one, or nodes have no such label", "最も Pod の少ないドメインに受け入れ可能なノードが無い、またはノードにラベルが無い"),
            ("unschedulable-insufficient-resources", "unschedulable-pod-affinity", "unschedulable-taint", "unschedulable-node-selector", "unschedulable-volume-zone"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("add room in the domain that is short of pods, or set whenUnsatisfiable to ScheduleAnyway", "Pod の少ないドメインに空きを作るか、whenUnsatisfiable を ScheduleAnyway にする"), Text("the pods may then be spread unevenly", "Pod の配置が偏ることがある"), "kubectl -n {namespace} edit deployment WORKLOAD", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("nodeTaintsPolicy: Honor and matchLabelKeys: [pod-template-hash] in the constraint, one autoscaled node group for each zone", "制約に nodeTaintsPolicy: Honor と matchLabelKeys: [pod-template-hash] を設定し、ゾーンごとに autoscale するノードグループを置く"), Text("needs 1.25 to 1.27 or newer", "1.25〜1.27 以降が必要"), "", "kubectl -n {namespace} get pods -o wide", "restart"),
    ),
    versions="from 1.18",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",),
    examples=(
        hit("k8s-event", "0/7 nodes are available: 1 node(s) were unschedulable, 6 node(s) didn't match pod topology spread constraints. preemption: 0/7 nodes are available: 1 Preemption is not helpful for scheduling, 6 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label).", reason="FailedScheduling"),
        hit("k8s-event", "0/6 nodes are available: 2 Insufficient cpu, 4 node(s) didn't match pod topology spread constraints.", reason="FailedScheduling"),
        hit("k8s-event", "0/6 nodes are available: 2 node(s) had volume node affinity conflict, 4 node(s) didn't match pod topology spread constraints.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
    ),
)
