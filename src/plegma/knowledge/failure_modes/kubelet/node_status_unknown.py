"""The kubelet no longer posts the node's status."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-status-unknown",
    layer="kubelet",
    role="symptom",
    subject="Node",
    title=Text("the kubelet stopped posting node status", "kubelet がノードの状態を送らなくなった"),
    summary=Text(
        "The node controller saw no status and no lease for its grace period (40 s, 50 s from v1.32) and set Ready=Unknown: the kubelet is gone, hangs, or cannot reach the API.",
        "node controller が猶予時間(40 秒、v1.32 以降は 50 秒)のあいだ状態も lease も受け取らず Ready=Unknown にした。kubelet が停止・ハングしているか、API に届かない。",
    ),
    signatures=(
        Signature(r"Kubelet stopped posting node status", component="controller", source="pkg/controller/nodelifecycle/node_lifecycle_controller.go"),
        Signature(r"", component="controller", reason=r"NodeStatusUnknown"),
    ),
    states=(StateTest("Condition", {"type": r"^Ready$", "status": r"^Unknown$"}),),
    leads_to=(
        Link("pod-stuck-terminating", "node", Text("pods of a silent node are marked for deletion but nobody confirms", "応答のないノードの Pod は削除対象になるが、完了を確認する者がいない"), strength=0.5),
        Link("pod-evicted", "node", Text("after 300 s the unreachable taint evicts the node's pods", "300 秒後に unreachable taint により Pod が退避される"), strength=0.4),
        Link("pod-pending", "cluster", Text("an unreachable node is tainted, so pods find no place", "到達不能なノードには taint が付き、Pod の置き場所がなくなる"), strength=0.3),
    ),
    asks=(
        Ask("systemctl status kubelet; journalctl -u kubelet -n 200 --no-pager  # on {node}", Text("does the kubelet run, and what does it say about the API", "kubelet が動いているか、API について何を言っているか"), evidence="kubelet-log"),
        Ask("kubectl describe node {node}", Text("since when the conditions are Unknown", "いつから Unknown か"), evidence="node-describe"),
    ),
    examples=(
        hit("status", "Kubelet stopped posting node status.", reason="NodeStatusUnknown"),
        near_miss("status", "kubelet has sufficient memory available", reason="KubeletHasSufficientMemory"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Ready", "status": "Unknown"}, True),
        StateExample("Condition", {"type": "Ready", "status": "False"}, False),
    ),
    concepts=("node-conditions",),
)
