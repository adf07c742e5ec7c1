"""The kubelet's heartbeat."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="node-lease",
    title=Text("node Lease (heartbeat)", "ノードの Lease(ハートビート)"),
    what=Text(
        "Every node has a Lease object in the namespace kube-node-lease. The kubelet renews it every 10 s; it is small, so that thousands of nodes can do so. The node controller takes the newer of lease and node status as the sign of life. Leases of other names (in kube-system) are something else: leader election.",
        "各ノードには kube-node-lease 名前空間に Lease がある。kubelet は 10 秒ごとに更新する。小さいオブジェクトなので、数千ノードでも負荷にならない。node controller は Lease とノード状態の新しいほうを生存の証拠とみなす。kube-system などにある別の Lease はリーダー選出用で、これとは別物である。",
    ),
    fails=Text(
        "A lease that is not renewed says that the kubelet does not run, hangs, or cannot write to the API server; it says nothing about the runtime. A hung runtime does not stop it: then the lease is fresh and the node is Ready=False. 'Failed to update lease' in the kubelet's log with a timeout is the API side; 'Unauthorized' is the certificate. If the leases of all nodes are old, the API server or etcd was away.",
        "Lease が更新されないのは、kubelet が停止・ハングしているか、API サーバーへ書けないためで、ランタイムの状態とは関係がない。ランタイムがハングしても更新は続き、その場合は Lease が新しいまま Ready=False になる。kubelet のログの「Failed to update lease」がタイムアウトなら API 側、Unauthorized なら証明書の問題である。全ノードの Lease が古ければ、API サーバーか etcd が止まっていた。",
    ),
    look=(
        Look("kubectl -n kube-node-lease get leases -o custom-columns=NODE:.metadata.name,RENEWED:.spec.renewTime", Text("one old renewTime: that node; all of them: the control plane", "1 台だけ古ければそのノード、全台ならコントロールプレーン")),
        Look("journalctl -u kubelet --no-pager | grep -i lease  # on {node}", Text("why it could not be renewed", "更新できなかった理由")),
    ),
    numbers=(
        Number(Text("renewed (a quarter of the duration)", "更新周期(有効期間の 1/4)"), "10 s", "pkg/kubelet/kubelet.go"),
        Number(Text("duration (nodeLeaseDurationSeconds)", "有効期間(nodeLeaseDurationSeconds)"), "40 s", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("node-conditions", "node-controller", "kubelet", "api-server"),
    modes=("node-status-unknown", "kubelet-stopped", "kubelet-apiserver-unreachable", "kubelet-stale-http2-connection", "node-object-deleted"),
    aliases=("lease", "heartbeat", "kube-node-lease"),
    references=("https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats",),
)
