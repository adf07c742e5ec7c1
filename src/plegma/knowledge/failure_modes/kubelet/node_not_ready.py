"""The node's Ready condition is False."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-not-ready",
    layer="kubelet",
    role="symptom",
    subject="Node",
    title=Text("node is NotReady", "ノードが NotReady"),
    summary=Text(
        "The kubelet lives and itself reports Ready=False; its message lists why (container runtime down, PLEG, network).",
        "kubelet は生きており、自ら Ready=False を報告している。理由(ランタイム停止・PLEG・ネットワーク)はメッセージに並ぶ。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"KubeletNotReady"),
        Signature(r"status is now: NodeNotReady", component="kubelet", source="pkg/kubelet/kubelet_node_status.go"),
        Signature(r"\\?\"Node became not ready\\?\"", component="kubelet", source="pkg/kubelet/nodestatus/setters.go"),
        Signature(r"Node became not ready: ", component="kubelet", source="pkg/kubelet/nodestatus/setters.go, to v1.17"),
    ),
    states=(
        StateTest("Condition", {"type": r"^Ready$", "status": r"^False$"}),
        StateTest("Node", {"status": r"^NotReady"}),
    ),
    leads_to=(
        Link("node-readiness-flapping", "node", Text("a node that recovers and falls back again and again flaps", "回復と再発を繰り返すノードはフラッピングになる"), strength=0.5),
        Link("pod-evicted", "node", Text("after 300 s the not-ready taint evicts the node's pods", "300 秒後に not-ready taint によりノード上の Pod が退避される"), strength=0.4),
        Link("pod-stuck-terminating", "node", Text("a node that does not sync does not end its pods", "同期しないノードでは Pod が終了しない"), strength=0.4),
        Link("pod-pending", "cluster", Text("a NotReady node is tainted, so pods find no place", "NotReady ノードには taint が付き、Pod の置き場所がなくなる"), strength=0.3),
    ),
    asks=(
        Ask("kubectl describe node {node}", Text("the message of the Ready condition", "Ready 条件のメッセージ"), evidence="node-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager", Text("what the kubelet says at the moment of the change", "状態が変わった時点の kubelet のログ"), evidence="kubelet-log"),
    ),
    examples=(
        hit("status", "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady", reason="KubeletNotReady"),
        hit("k8s-event", "Node worker-7 status is now: NodeNotReady", reason="NodeNotReady"),
        hit("kubelet", '"Node became not ready" node="worker-7" condition={"type":"Ready","status":"False"}'),
        hit("kubelet", "Node became not ready: {Type:Ready Status:False}"),
        near_miss("k8s-event", "Node worker-7 status is now: NodeReady", reason="NodeReady"),
        near_miss("status", "kubelet is posting ready status", reason="KubeletReady"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Ready", "status": "False", "reason": "KubeletNotReady"}, True),
        StateExample("Condition", {"type": "MemoryPressure", "status": "False"}, False),
        StateExample("Condition", {"type": "Ready", "status": "True"}, False),
        StateExample("Node", {"status": "NotReady,SchedulingDisabled"}, True),
        StateExample("Node", {"status": "Ready"}, False),
    ),
    concepts=("node-conditions",),
)
