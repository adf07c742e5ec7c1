"""The cloud controller removed the node because its machine is gone or not found."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-node-deleted",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("node removed: the cloud says that its machine does not exist", "クラウド側にインスタンスが存在しないためノードが削除された"),
    summary=Text(
        "The cloud node lifecycle controller asks the cloud for the node's machine (by providerID or name). If the answer is `not found` (terminated, recreated, wrong providerID, wrong account, missing permission), it deletes the Node object, and with it all pods of the node.",
        "cloud node lifecycle controller は providerID または名前でインスタンスを照会する。存在しない(終了、再作成、providerID 誤り、アカウント違い、権限不足)と判断すると Node オブジェクトを削除し、ノード上の Pod もすべて消える。",
    ),
    signatures=(
        Signature(r"because it does not exist in the cloud provider", "any", "states", source="k8s.io/cloud-provider/controllers/nodelifecycle"),
        Signature(r"because it's not present according to cloud provider", "any", "states", source="node lifecycle controller (to v1.17)"),
        Signature(r"[Ee]rror checking if node \S+ (?:exists|is shutdown)", "any", "suggests", source="cloud-controller-manager"),
    ),
    leads_to=(
        Link("node-object-deleted", "node", Text("the Node object is removed from the API", "Node オブジェクトが API から削除される"), strength=0.9),
        Link("node-status-unknown", "node", Text("the machine stopped answering before it was removed", "削除前にマシンが応答しなくなる"), strength=0.5),
    ),
    asks=(Ask("kubectl get node {node} -o jsonpath='{.spec.providerID}'; kubectl get events -A --field-selector reason=DeletingNode", Text("providerID names a machine that the cloud does not list", "providerID のマシンがクラウドの一覧にない"), ("node-shutdown", "kubelet-stopped", "kubelet-apiserver-unreachable"), "events"),),
    remedies=(
        Remedy("temporary", Text("if the machine lives, restart its kubelet so that it registers again; else let the node group make a new one", "マシンが生きていれば kubelet を再起動して再登録させる。なければノードグループに新しいノードを作らせる"), Text("pods of the node are created anew", "ノード上の Pod は作り直される"), "systemctl restart kubelet", "kubectl get node {node}"),
        Remedy("permanent", Text("right providerID and node names, the cloud controller's credentials and region correct; handle spot and scale-in with draining", "providerID とノード名、クラウドコントローラーの認証・リージョンを正し、スポットやスケールインでは drain を行う"), Text("none", "なし"), verify="kubectl get nodes -o custom-columns=N:.metadata.name,P:.spec.providerID", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Deleting node ip-10-3-8-20.eu-central-1.compute.internal because it does not exist in the cloud provider", "DeletingNode"),
        hit("k8s-event", "Node wk-9 event: Deleting Node wk-9 because it's not present according to cloud provider", "DeletingNode"),
        hit("pod-log", "error checking if node wk-9 exists: rpc error: code = Unavailable"),
        near_miss("k8s-event", "Node wk-9 event: Registered Node wk-9 in Controller", "RegisteredNode"),
        near_miss("k8s-event", "Node wk-9 status is now: NodeNotReady", "NodeNotReady"),
    ),
    versions="clusters with a cloud controller manager",
    references=("https://kubernetes.io/docs/concepts/architecture/cloud-controller/#node-controller",),
)
