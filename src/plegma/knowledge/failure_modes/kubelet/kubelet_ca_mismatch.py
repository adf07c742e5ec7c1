"""The kubelet and the API server do not trust the same cluster CA."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-ca-mismatch",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet trusts, or is signed by, another cluster CA", "kubelet の CA がクラスターの CA と一致しない"),
    summary=Text(
        "The cluster CA was replaced or the node kept credentials of an earlier cluster. Either the kubelet does not trust the API server's certificate (x509 unknown authority) or the API server does not accept the kubelet's (401). The node object is not found or not updated, and the node stays NotReady.",
        "クラスター CA が差し替えられた、またはノードに以前のクラスターの資格情報が残っている。kubelet が API サーバーの証明書を信頼できない(x509 unknown authority)か、API サーバーが kubelet の証明書を受け付けない(401)。ノードは登録・更新されず NotReady のままになる。",
    ),
    signatures=(
        Signature(r"/apis?/\S+[^:]{0,12}: (?:tls: failed to verify certificate: )?x509: certificate signed by unknown authority", "kubelet", "states", source="crypto/x509, for a request to the Kubernetes API"),
        Signature(r"while trying to verify candidate authority certificate \\*\"(?:kube|etcd|openshift|k3s|rke2)", "kubelet", "states", source="crypto/x509: a CA of the same name with another key"),
        Signature(r"x509: certificate signed by unknown authority.*(?:node|lease|csr|certificatesigningrequest)", "kubelet", "suggests", source="crypto/x509, shortened lines"),
        Signature(r"Unable to register node.* with API server.*Unauthorized", "kubelet", "shows", source="pkg/kubelet/kubelet_node_status.go"),
        Signature(r"Failed to (?:list|watch) \*v1\w*\.\w+: .*Unauthorized", "kubelet", "shows", source="client-go reflector"),
        Signature(r"Failed to list \*v1\w*\.\w+: Unauthorized", "kubelet", "shows", source="client-go reflector"),
        Signature(r"ailed to watch \*v1\w*\.\w+: failed to list \*v1\w*\.\w+: Unauthorized", "kubelet", "shows", source="client-go reflector"),
        Signature(r"ailed to (?:ensure|update) (?:node )?lease.{0,80}Unauthorized", "kubelet", "suggests", source="pkg/kubelet/nodelease: 401 from the API server"),
        Signature(r"Unable to connect to the server: (?:tls: failed to verify certificate: )?x509: certificate signed by unknown authority", "shell", "suggests", source="kubectl: its kubeconfig holds another CA"),
        Signature(r"nable to authenticate the request.*x509: certificate signed by unknown authority", "apiserver", "shows", at_least=3, source="apiserver: a client certificate of another CA; one stranger who knocks is ordinary"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("no heartbeat of this kubelet is accepted", "この kubelet のハートビートが受け付けられない"), strength=0.9),
        Link("apiserver-unavailable", "cluster", Text("to a client with the other CA the API server is not usable", "別の CA を持つクライアントからは API サーバーを利用できない"), strength=0.3),
        Link("node-status-unknown", "node", Text("the node controller hears nothing and sets Unknown", "node controller に何も届かず Unknown になる"), within=120, strength=0.8),
    ),
    refutes=(
        Refutation(Text("it is a CNI plugin's own kubeconfig that no longer fits, not the kubelet's", "合わなくなったのは kubelet ではなく CNI プラグイン自身の kubeconfig である"), pattern=r"error getting ClusterInformation|[Mm]ultus(?::| )|plugin type=", weight=0.9),
        Refutation(Text("the client certificate has expired: Unauthorized without another CA", "クライアント証明書の期限切れによる Unauthorized であり、CA の相違ではない"), mode="kubelet-client-cert-expired", weight=0.6),),
    asks=(
        Ask("openssl verify -CAfile /etc/kubernetes/pki/ca.crt /var/lib/kubelet/pki/kubelet-client-current.pem; openssl s_client -connect <apiserver>:6443 </dev/null 2>/dev/null | openssl x509 -noout -issuer -fingerprint", Text("the client certificate does not verify against the present CA, or the server's issuer is another key", "クライアント証明書が現在の CA で検証できない、またはサーバー証明書の発行者鍵が異なる"), ("kubelet-client-cert-expired", "image-pull-x509", "node-name-mismatch", "kubelet-bootstrap-auth-failure", "kubelet-not-bootstrapped"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("give the node the present CA bundle and a new kubelet.conf (rejoin it), remove old files in /var/lib/kubelet/pki, restart the kubelet", "現行の CA バンドルと新しい kubelet.conf をノードに配布(または再 join)し、/var/lib/kubelet/pki の古いファイルを消して kubelet を再起動する"), Text("rejoining with kubeadm reset removes the node's pods", "kubeadm reset を伴う再 join では Pod が削除される"), "kubeadm reset -f && kubeadm join <endpoint>:6443 --token <token> --discovery-token-ca-cert-hash sha256:<hash>", "kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("rotate the CA in stages: first trust both, then re-issue, then drop the old one", "CA の更新は段階的に行う(新旧を併用で信頼 → 証明書再発行 → 旧 CA の撤去)"), Text("a mistake in the order cuts off every node", "順序を誤ると全ノードが切断される"), verify="kubectl get nodes", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "Failed to list *v1beta1.CSIDriver: Unauthorized"),
        hit("kubelet", '"Failed to ensure lease exists, will retry" err="Unauthorized" interval="7s"'),
        hit("kubelet", '"Failed to ensure lease exists, will retry" err="Get \\"https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/wk-3?timeout=10s\\": x509: certificate signed by unknown authority (possibly because of \\"crypto/rsa: verification error\\" while trying to verify candidate authority certificate \\"kubernetes\\")" interval="7s"'),
        hit("kubelet", 'Unable to register node "wk-3" with API server: Post https://10.1.0.10:6443/api/v1/nodes: x509: certificate signed by unknown authority'),
        hit("kubelet", "Error updating node status, will retry: x509: certificate signed by unknown authority while it asked for node wk-3"),
        hit("kubelet", '"Unable to register node with API server" err="Unauthorized" node="wk-3"'),
        hit("kubelet", "k8s.io/kubernetes/pkg/kubelet/kubelet.go:442: Failed to list *v1.Node: Unauthorized"),
        hit("kubelet", 'k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.Service: failed to list *v1.Service: Unauthorized'),
        hit("shell", 'Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")'),
        hit("kube-apiserver", '"Unable to authenticate the request" err="[x509: certificate signed by unknown authority, verifying certificate SN=2, SKID=, AKID= failed]"', count=12),
        near_miss("k8s-event", 'Failed to pull image "registry.lab.example/web:1": failed to do request: Head "https://registry.lab.example/v2/web/manifests/1": x509: certificate signed by unknown authority', "Failed"),
        near_miss("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "inject.lab.example": Post "https://inject.mesh.svc:443/inject?timeout=10s": x509: certificate signed by unknown authority', "FailedCreate"),
        near_miss("kubelet", 'Unable to register node "wk-3" with API server: nodes "wk-3" is forbidden: node "wk-4" is not allowed to modify node "wk-3"'),
        near_miss("kubelet", 'Failed to list *v1.Node: Get "https://10.1.0.10:6443/api/v1/nodes": dial tcp 10.1.0.10:6443: connect: connection refused'),
    ),
    versions="all",
    references=(
        "https://kubernetes.io/docs/tasks/tls/manual-rotation-of-ca-certificates/",
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/troubleshooting-kubeadm/#tls-certificate-errors",
    ),
)
