"""A program of the node sends its API requests to an HTTP proxy."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_API = r"(?:Get|Post|Put|Patch|Delete) \\*\"?https://[^/ ]+/apis?/\S*: "
_REFUSED = r"(?:Service Unavailable|Bad Gateway|Gateway Time-?out|Forbidden|Tunnel [Cc]onnection [Ff]ailed|Proxy Authentication Required|Method Not Allowed)(?:$|[\\\",;\])])"
"""A proxy's answer to CONNECT: Go's transport makes the bare reason phrase its error (an API server's own 503 reads otherwise)."""

MODE = FailureMode(
    id="api-through-http-proxy",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("requests for the API go through an HTTP proxy: NO_PROXY lacks the cluster's addresses", "API への要求が HTTP プロキシを経由している(NO_PROXY にクラスターのアドレスがない)"),
    summary=Text(
        "containerd, CRI-O or the kubelet has HTTPS_PROXY set so that images can be pulled, and the CNI plugin that it starts inherits it. The proxy knows nothing of the service network and refuses the CONNECT, so the plugin's call of the API fails although the API is well.",
        "イメージ取得のために containerd・CRI-O・kubelet に HTTPS_PROXY が設定され、起動される CNI プラグインもそれを引き継ぐ。プロキシは Service ネットワークを知らず CONNECT を拒否するため、API が正常でもプラグインの API 呼び出しが失敗する。",
    ),
    signatures=(
        Signature(_API + _REFUSED, "cni", "states", source="Go net/http transport.go dialConn"),
        Signature(_API + _REFUSED, "kubelet", "states", source="Go net/http transport.go dialConn"),
        Signature(_API + r"proxyconnect tcp: ", "cni", "states", source="Go net/http transport.go: the proxy itself does not answer"),
        Signature(_API + r"proxyconnect tcp: ", "kubelet", "states", source="Go net/http transport.go: the proxy itself does not answer"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD cannot read what it needs from the API", "ADD が必要な情報を API から読めない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL asks the API through the same proxy", "DEL も同じプロキシ経由で API に問い合わせる"), strength=0.8),
        Link("calico-datastore-unreachable", "node", Text("Calico's plugin asks for its records through the proxy", "Calico のプラグインがプロキシ経由でレコードを問い合わせる"), strength=0.7),
        Link("kubelet-apiserver-unreachable", "node", Text("the kubelet's requests end at the proxy", "kubelet の要求がプロキシで止まる"), strength=0.6),
        Link("node-not-ready", "node", Text("a kubelet behind the proxy sends no heartbeat", "プロキシの先の kubelet はハートビートを送れない"), strength=0.5),
    ),
    asks=(
        Ask("systemctl show containerd crio docker kubelet -p Environment; grep -i proxy /etc/environment /etc/default/* /etc/sysconfig/* /etc/systemd/system/*.d/* 2>/dev/null  # on {node}",
            Text("HTTPS_PROXY is set and NO_PROXY lacks the service network, the pod network or the API server", "HTTPS_PROXY があり、NO_PROXY に Service ネットワーク、Pod ネットワーク、API サーバーのいずれかがない"),
            ("service-vip-unreachable", "calico-datastore-unreachable", "apiserver-overloaded", "image-pull-proxy-misconfigured"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("add the service network, the pod network, the nodes and .svc to NO_PROXY of the runtime's unit, and restart the runtime", "ランタイムのユニットの NO_PROXY に Service ネットワーク、Pod ネットワーク、ノード、.svc を加え、ランタイムを再起動する"), Text("containerd and CRI-O keep containers running; dockerd without live-restore restarts them all", "containerd / CRI-O はコンテナを止めない。live-restore の無い dockerd では全コンテナが再起動する"),
               "systemctl edit containerd && systemctl daemon-reload && systemctl restart containerd  # on {node}", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("one source for the proxy setting of all nodes, with NO_PROXY made from the cluster's own networks", "全ノードのプロキシ設定を一元管理し、NO_PROXY をクラスター自身のネットワークから生成する"), Text("the runtimes are restarted node by node", "ノードごとにランタイムを再起動する"), verify="systemctl show containerd -p Environment", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9f01": plugin type="calico" failed (add): error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": Service Unavailable', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'Failed to list *v1.Node: Get "https://10.1.0.10:6443/api/v1/nodes?fieldSelector=metadata.name%3Dwk-3": Forbidden'),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9f01": plugin type="multus" failed (add): Multus: [shop/web-1]: error getting pod: Get "https://[10.96.0.1]:443/api/v1/namespaces/shop/pods/web-1?timeout=1m0s": proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout', reason="FailedCreatePodSandBox"),
        hit("kubelet", '"Failed to ensure lease exists, will retry" err="Get \\"https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-3\\": proxyconnect tcp: dial tcp 10.9.9.9:3128: connect: connection refused"'),
        near_miss("kubelet", "Failed to list *v1.Node: the server is currently unable to handle the request (get nodes)"),
        near_miss("k8s-event", 'plugin type="calico" failed (add): error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": net/http: TLS handshake timeout', reason="FailedCreatePodSandBox"),
        near_miss("pod-log", 'Get "https://shop.example/api/v1/orders": Service Unavailable'),
        near_miss("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = pinging container registry quay.example: Get "https://quay.example/v2/": Service Unavailable', reason="Failed"),
    ),
    versions="all",
    references=("https://pkg.go.dev/net/http#ProxyFromEnvironment", "https://github.com/golang/go/blob/master/src/net/http/transport.go"),
)
