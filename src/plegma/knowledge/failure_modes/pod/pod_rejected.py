"""The kubelet refused to admit the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-rejected",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("the kubelet refused to run the pod", "kubelet が Pod の受け入れを拒否した"),
    summary=Text(
        "The scheduler chose the node, but the kubelet's own admission said no (UnexpectedAdmissionError, NodeAffinity, OutOfcpu, ...); the pod stays Failed.",
        "スケジューラーはノードを選んだが、kubelet の受け入れ判定で拒否された(UnexpectedAdmissionError、NodeAffinity、OutOfcpu など)。Pod は Failed のまま残る。",
    ),
    signatures=(Signature(r"", component="kubelet", reason=r"UnexpectedAdmissionError|NodeAffinity|MatchNodeSelector|OutOf\w+|TopologyAffinityError|SysctlForbidden|AppArmor|NodePorts|Shutdown|NodeShutdown"),),
    states=(StateTest("Pod", {"status": r"^(UnexpectedAdmissionError|NodeAffinity|MatchNodeSelector|OutOf\w+|TopologyAffinityError|SysctlForbidden|NodePorts|Blocked|AppArmor)$"}),),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("status.reason and status.message", "status.reason と status.message"), evidence="pod-describe"),),
    examples=(
        hit("status", "Pod was rejected: Allocate failed due to no healthy devices present", reason="UnexpectedAdmissionError"),
        near_miss("status", "The node was low on resource: memory.", reason="Evicted"),
    ),
    state_examples=(StateExample("Pod", {"status": "UnexpectedAdmissionError"}, True), StateExample("Pod", {"status": "OutOfcpu"}, True), StateExample("Pod", {"status": "OOMKilled"}, False)),
)
