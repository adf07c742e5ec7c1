"""The pod waits for a node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-pending",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("pod stays Pending", "Pod が Pending のまま"),
    summary=Text(
        "No node has been chosen for the pod: the kubelet never saw it. The scheduler's FailedScheduling event gives the reason for each group of nodes.",
        "Pod の配置先ノードが決まっていない(kubelet はまだ Pod を知らない)。理由はスケジューラーの FailedScheduling イベントにノード群ごとに書かれる。",
    ),
    signatures=(Signature(r"^(\d+/\d+ nodes are available|no nodes available to schedule pods)", component="controller", reason="FailedScheduling", source="pkg/scheduler/framework/types.go"),),
    states=(StateTest("Pod", {"status": r"^Pending$"}),),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("the FailedScheduling event with the count of nodes for each reason", "理由ごとのノード数が書かれた FailedScheduling イベント"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "Successfully assigned shop/web-1 to node-2", reason="Scheduled"),
    ),
    state_examples=(StateExample("Pod", {"status": "Pending"}, True), StateExample("Pod", {"status": "ContainerCreating"}, False)),
)
