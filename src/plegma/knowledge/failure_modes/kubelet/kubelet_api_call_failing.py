"""Requests to the kubelet's own port (logs, exec, metrics) fail."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-api-call-failing",
    layer="kubelet",
    role="symptom",
    subject="Node",
    title=Text("kubectl logs, exec and metrics fail for this node", "このノードへの kubectl logs / exec / メトリクス取得が失敗する"),
    summary=Text(
        "The API server or metrics-server cannot get an answer from the kubelet's port 10250. Pods may be quite well.",
        "API サーバーや metrics-server が kubelet の 10250 番ポートから応答を得られない。Pod 自体は正常なことも多い。",
    ),
    signatures=(
        Signature(r"https://\S+:10250/(?:containerLogs|exec|attach|portForward|run|metrics|stats)\S*: ", "any", "shows", source="net/http in the API server and metrics-server"),
        Signature(r"error dialing backend: ", "any", "shows", source="kube-apiserver, exec and port-forward"),
    ),
    asks=(
        Ask("kubectl get --raw /api/v1/nodes/{node}/proxy/healthz; kubectl get csr", Text("the error's text says whether it is TLS, authorization or the network", "エラー文から TLS、認可、ネットワークのどれかが分かる"), ("service-unreachable",), "node-describe"),
    ),
    examples=(
        hit("shell", 'Error from server: Get "https://10.9.0.4:10250/containerLogs/shop/cart-7c/cart": remote error: tls: internal error'),
        hit("shell", "Error from server: error dialing backend: remote error: tls: internal error"),
        near_miss("kubelet", "Get https://10.1.0.10:6443/api/v1/nodes/wk-5: dial tcp 10.1.0.10:6443: i/o timeout"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/",),
)
