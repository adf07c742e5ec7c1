"""After a restart the kubelet judges node affinity before it has its own node object."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-node-affinity-race",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("pod rejected by a node-affinity check against a node object not yet synced", "ノード情報の同期前に NodeAffinity 判定が行われ Pod が拒否された"),
    summary=Text(
        "Right after a reboot or a kubelet restart the kubelet re-admits the pods that it knows. If its view of the node (labels) has not come from the API server yet, a pod with nodeSelector or affinity fails the predicate and becomes Failed with reason NodeAffinity (older: MatchNodeSelector). The controller makes a new pod; the dead one stays in the list.",
        "再起動直後の kubelet は把握している Pod を再度 admission にかける。この時点でノードのラベルが API サーバーから届いていないと、nodeSelector / affinity を持つ Pod は NodeAffinity(旧版は MatchNodeSelector)で Failed になる。コントローラーは代わりの Pod を作るが、拒否された Pod は一覧に残り続ける。",
    ),
    signatures=(
        Signature(r"Predicate (?:NodeAffinity|MatchNodeSelector) failed", "kubelet", "shows", source="pkg/kubelet/lifecycle/predicate.go"),
        Signature(r"", "kubelet", "shows", reason=r"NodeAffinity|MatchNodeSelector", source="the pod's status.reason"),
    ),
    states=(StateTest("Pod", {"status": r"^(?:NodeAffinity|MatchNodeSelector)$"}, "shows"), StateTest("Pod", {"reason": r"^(?:NodeAffinity|MatchNodeSelector)$"}, "shows")),
    leads_to=(
        Link("pod-rejected", "pod", Text("the kubelet refuses the pod at admission; nothing is started", "kubelet が admission で Pod を拒否し、コンテナは起動されない"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the node was not restarted: its labels were changed, and the rejection is right", "ノードは再起動していない。ラベルが実際に変更された正当な拒否である"), pattern=r"is not allowed to modify labels", component="kubelet", weight=0.3),
    ),
    asks=(
        Ask("kubectl get node {node} --show-labels; kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.nodeSelector}{.spec.affinity}{.status.startTime}'; journalctl -u kubelet | grep 'Starting kubelet'", Text("the labels fit the pod today, and the kubelet (re)started in the minute of the rejection", "現在のラベルは Pod の条件を満たしており、拒否と同じ分に kubelet が(再)起動している"), ("node-shutdown", "kubelet-admission-out-of-resources", "device-plugin-unhealthy"), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("delete the rejected pod (a controller has made another one already; a bare pod must be created again)", "拒否された Pod を削除する(コントローラー管理なら代替は作成済み。単体 Pod は作り直す)"), Text("the pod never ran: nothing is lost", "起動していない Pod なので失うものはない"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("upgrade to a kubelet that waits for its node object before admission, and set node labels at registration (--node-labels) rather than afterwards", "admission 前に node オブジェクトの同期を待つ kubelet に更新し、ラベルは後付けではなく登録時(--node-labels)に付与する"), Text("an upgrade of the node", "ノードのアップグレードを伴う"), verify="kubectl get pods -A --field-selector status.phase=Failed", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", '"Predicate NodeAffinity failed" pod="shop/cart-7c"'),
        hit("status", "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector", "NodeAffinity"),
        hit("k8s-event", "Predicate MatchNodeSelector failed", "MatchNodeSelector"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", "FailedScheduling"),
        near_miss("status", "Pod was rejected: Node didn't have enough resource: cpu, requested: 500, used: 3900, capacity: 4000", "OutOfcpu"),
        near_miss("status", "Pod was rejected as the node is shutting down.", "NodeShutdown"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "NodeAffinity", "ready": 0, "containers": 1}, True),
        StateExample("Pod", {"status": "Failed", "reason": "MatchNodeSelector"}, True),
        StateExample("Pod", {"status": "OutOfcpu", "ready": 0}, False),
    ),
    versions="worst in v1.18 to v1.21; the kubelet waits for the node's sync since v1.19.x/v1.20.x patch releases, and MatchNodeSelector became NodeAffinity in v1.18",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/",
        "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/lifecycle/predicate.go",
    ),
)
