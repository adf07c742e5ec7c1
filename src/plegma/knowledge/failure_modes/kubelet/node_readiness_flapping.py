"""The node goes Ready and NotReady again and again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-readiness-flapping",
    layer="kubelet",
    role="symptom",
    subject="Node",
    title=Text("node flaps between Ready and NotReady", "ノードが Ready と NotReady の間でフラッピングしている"),
    summary=Text(
        "The counts of NodeReady and NodeNotReady events grow together: the node keeps changing, whatever it says at this moment.",
        "NodeReady と NodeNotReady のイベント回数がともに増え続けている。現在の表示にかかわらず、状態が変わり続けている。",
    ),
    signatures=(
        Signature(r"status is now: NodeNotReady", component="kubelet", at_least=3, source="pkg/kubelet/kubelet_node_status.go"),
    ),
    leads_to=(
        Link("pod-evicted", "node", Text("a NotReady spell of more than 300 s evicts the node's pods", "NotReady が 300 秒を超えるとノード上の Pod が退避される"), strength=0.3),
    ),
    asks=(Ask("kubectl get events -A --field-selector involvedObject.kind=Node", Text("counts and ages of NodeReady and NodeNotReady", "NodeReady と NodeNotReady の回数と期間"), evidence="node-describe"),),
    examples=(
        hit("k8s-event", "Node worker-7 status is now: NodeNotReady", reason="NodeNotReady", count=412),
        near_miss("k8s-event", "Node worker-7 status is now: NodeNotReady", reason="NodeNotReady", count=1),
        near_miss("k8s-event", "Node worker-7 status is now: NodeReady", reason="NodeReady", count=412),
    ),
    concepts=("node-conditions", "pleg"),
)
