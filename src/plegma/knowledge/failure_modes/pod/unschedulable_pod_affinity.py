"""Rules between pods leave no node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among, among_predicates, short_of
from plegma.model.texts import Text

_ANTI = r"node\(s\) didn't (?:match pod anti-affinity rules|match pod affinity/anti-affinity(?: rules)?|satisfy existing pods anti-affinity rules)"
_ANTI_ALL = rf"{_ANTI}(?:, \d+ {_ANTI})*"
_AFFINITY = r"node\(s\) didn't match pod affinity rules"

MODE = FailureMode(
    id="unschedulable-pod-affinity",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("required pod affinity or anti-affinity leaves no node", "必須の podAffinity / podAntiAffinity に合うノードが無い"),
    summary=Text(
        "Anti-affinity: each node (or zone) already has a pod that must not stand beside this one; typical is more replicas than nodes, or a rolling update whose surge pod finds no free node. Affinity: the pod that it must stand beside is not running anywhere.",
        "anti-affinity: 同居禁止の Pod が全ノード(ゾーン)に既にある。レプリカ数がノード数を超える場合や、ローリング更新の surge Pod の行き場が無い場合が典型。affinity: 同居すべき Pod がどこでも動いていない。",
    ),
    signatures=(
        Signature(alone(_ANTI_ALL), component="controller", proof="states", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(alone(_AFFINITY), component="controller", proof="states", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(short_of(_ANTI_ALL), component="controller", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(among(_ANTI), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(among(_AFFINITY), component="controller", proof="suggests", source="pkg/scheduler/framework/plugins/interpodaffinity"),
        Signature(among_predicates("(?:MatchInterPodAffinity|ExistingPodsAntiAffinityRulesNotMatch|Pod(?:Anti)?AffinityRulesNotMatch)"), component="controller", source="plugin/pkg/scheduler/algorithm/predicates/error.go"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("every node breaks a rule between pods", "どのノードも Pod 間の条件に反する"), strength=0.95),
        Link("unschedulable-no-matching-node", "pod", Text("the rules rule the nodes out", "条件によりノードが除外される"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pods -o wide --show-labels; kubectl -n {namespace} get pod {pod} -o yaml | grep -A15 -E 'podAntiAffinity:|podAffinity:'", Text("a pod with those labels on every node (anti-affinity), or on none (affinity)", "そのラベルの Pod が全ノードにある(anti-affinity)、またはどこにも無い(affinity)"),
            ("unschedulable-insufficient-resources", "unschedulable-topology-spread", "unschedulable-taint", "unschedulable-node-selector", "unschedulable-volume-zone", "host-port-conflict"), evidence="pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("add a node, lower the replicas, or let the update remove a pod first (maxSurge 0, maxUnavailable 1)", "ノードを追加する、レプリカを減らす、または更新時に先に 1 つ減らす(maxSurge: 0、maxUnavailable: 1)"), Text("one replica less during an update", "更新中にレプリカが 1 つ減る"), "kubectl -n {namespace} scale deployment/WORKLOAD --replicas=N", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("make the rule preferredDuringScheduling, or use topologySpreadConstraints with ScheduleAnyway", "条件を preferredDuringScheduling にするか、ScheduleAnyway の topologySpreadConstraints を使う"), Text("two replicas may then share a node", "2 つのレプリカが同じノードに載ることがある"), "", "kubectl -n {namespace} get pods -o wide", "restart"),
    ),
    versions="two reasons for one node ('affinity/anti-affinity' and the precise one) to 1.19",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity",),
    examples=(
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 3 node(s) didn't match pod anti-affinity rules. preemption: 0/4 nodes are available: 1 Preemption is not helpful for scheduling, 3 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod affinity/anti-affinity, 3 node(s) didn't satisfy existing pods anti-affinity rules.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 1 Insufficient memory, 2 node(s) didn't match pod anti-affinity rules.", reason="FailedScheduling"),
        hit("k8s-event", "0/5 nodes are available: 2 node(s) didn't match pod anti-affinity rules, 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "0/5 nodes are available: 2 node(s) didn't match pod affinity rules, 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: MatchInterPodAffinity (3).", reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 1 ExistingPodsAntiAffinityRulesNotMatch, 1 MatchInterPodAffinity, 2 CheckServiceAffinity.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 CheckServiceAffinity.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.", reason="FailedScheduling"),
    ),
)
