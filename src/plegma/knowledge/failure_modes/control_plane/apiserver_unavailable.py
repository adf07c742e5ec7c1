"""The API server does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-unavailable",
    layer="control_plane",
    role="symptom",
    subject="Cluster",
    title=Text("the API server cannot be reached", "API サーバーに到達できない"),
    summary=Text("Connections to the API server are refused or time out.", "API サーバーへの接続が拒否されるかタイムアウトする。"),
    signatures=(
        Signature(r":6443/?\S{0,300}: dial tcp [0-9.\[\]a-f:]+: (?:(?:connect|getsockopt): )?(connection refused|i/o timeout|no route to host)", component="any", proof="suggests", source="net package of Go"),
        Signature(r"The connection to the server \S+ was refused", component="shell", source="kubectl pkg/cmd/util/helpers.go"),
        Signature(r"Unable to connect to the server: ", component="shell", source="kubectl pkg/cmd/util/helpers.go"),
    ),
    leads_to=(
        Link("node-status-unknown", "cluster", Text("kubelets cannot post their status", "kubelet が状態を送れない"), strength=0.5),
        Link("service-unreachable", "cluster", Text("clients in the cluster reach the API through the Service kubernetes.default", "クラスター内のクライアントは Service kubernetes.default 経由で API に接続する"), strength=0.3),
    ),
    asks=(Ask("crictl ps -a --name 'kube-apiserver|etcd'  # on a control-plane node", Text("do the API server and etcd run, and how often did they restart", "API サーバーと etcd が動いているか、何回再起動したか"), evidence="container-list"),),
    examples=(
        hit("kubelet", 'Failed to list *v1.Node: Get "https://10.0.0.5:6443/api/v1/nodes?limit=500": dial tcp 10.0.0.5:6443: connect: connection refused'),
        hit("kubelet", "Failed to list *v1.Service: Get https://10.0.0.5:6443/api/v1/services?limit=500: dial tcp 10.0.0.5:6443: getsockopt: no route to host"),
        hit("shell", "The connection to the server 10.0.0.5:6443 was refused - did you specify the right host or port?"),
        hit("shell", "Unable to connect to the server: dial tcp 10.0.0.5:6443: i/o timeout"),
        near_miss("kubelet", 'Get "https://10.0.0.5:6443/api/v1/nodes/n1": x509: certificate signed by unknown authority'),
    ),
)
