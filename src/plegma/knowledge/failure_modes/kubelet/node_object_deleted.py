"""The Node object was deleted while its kubelet still runs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-object-deleted",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the Node object was deleted from the API", "Node オブジェクトが API から削除された"),
    summary=Text(
        "Somebody (a person, an autoscaler, a cloud controller) deleted the Node object. The kubelet registers only at its start, so it goes on running and complains that its node is not found; its pods are garbage-collected.",
        "人・オートスケーラー・クラウドコントローラーが Node オブジェクトを削除した。kubelet は起動時にしか登録しないため動き続け、ノードが見つからないと記録する。ノード上の Pod はガベージコレクションされる。",
    ),
    signatures=(
        Signature(r"error getting node \\*\"(?P<node>[^\"\\]+)\\*\": nodes \\*\"[^\"]+\" not found", "kubelet", "suggests", source="pkg/kubelet/kubelet_node_status.go: the API's 404; so it is too for a name that was never registered"),
        Signature(r"event: Removing Node (?P<node>\S+) from Controller", "controller", "shows", reason="RemovingNode", source="node lifecycle controller"),
    ),
    leads_to=(
        Link("pod-stuck-terminating", "node", Text("pods of the node are deleted while the kubelet cannot report", "kubelet が報告できないまま Pod が削除される"), strength=0.4),
        Link("node-not-ready", "node", Text("no node object, no Ready condition", "Node オブジェクトがなく Ready 状態もない"), strength=0.6),
    ),
    asks=(Ask("kubectl get node {node}; kubectl get events -A --field-selector reason=RemovingNode", Text("NotFound, and the event says when", "NotFound であり、イベントで削除時刻が分かる"), ("node-name-mismatch", "cloud-node-deleted", "kubelet-apiserver-unreachable", "kubelet-not-bootstrapped"), "node-list"),),
    remedies=(
        Remedy("temporary", Text("restart the kubelet: it registers again", "kubelet を再起動すると再登録される"), Text("labels and taints set by hand are gone", "手動で付けたラベルや taint は失われる"), "systemctl restart kubelet", "kubectl get node {node}"),
        Remedy("permanent", Text("find in the audit log who deleted it; let node lifecycle be done by one tool only", "監査ログで削除主体を特定し、ノードのライフサイクルを 1 つのツールに任せる"), Text("none", "なし"), verify="kubectl get events -A --field-selector reason=RemovingNode", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Error updating node status, will retry" err="error getting node \\"wk-9\\": nodes \\"wk-9\\" not found"'),
        hit("k8s-event", "Node wk-9 event: Removing Node wk-9 from Controller", "RemovingNode"),
        near_miss("kubelet", 'Failed to publish CSINode: nodes "wk-9" not found'),
        near_miss("kubelet", '"Error getting node" err="node \\"wk-9\\" not found"'),
        near_miss("kubelet", 'error getting node "wk-9": Get "https://10.1.0.10:6443/api/v1/nodes/wk-9?timeout=10s": dial tcp 10.1.0.10:6443: connect: connection refused'),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/architecture/nodes/#self-registration-of-nodes",),
)
