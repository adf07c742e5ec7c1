"""The kubelet's requests reach the API server without any credential."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_OWN = r"(?:ailed to (?:list|watch) \*v1\w*\.\w+: .{0,160}|[Uu]nable to register node.{0,120}|[Ee]rror (?:getting|updating) node.{0,120}|[Nn]ode status.{0,120}|ease.{0,120}|Server rejected event.{0,900}|CSINode.{0,200})"
"""How the kubelet's own requests begin; a CNI plugin's words that the kubelet only repeats do not."""

MODE = FailureMode(
    id="kubelet-acting-as-anonymous",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet shows no credential: the API server takes it for system:anonymous", "kubelet が資格情報を提示せず、API サーバーに system:anonymous と見なされている"),
    summary=Text(
        "A bad certificate or token is answered with 401. system:anonymous means that none arrived: the kubelet's kubeconfig names no client certificate, the certificate is from a CA that the API server does not ask for (then Go sends none), or a proxy or load balancer ends TLS on the way.",
        "不正な証明書やトークンなら 401 が返る。system:anonymous は資格情報が届いていないことを示す: kubelet の kubeconfig にクライアント証明書の記載がない、API サーバーが要求していない CA の証明書である(この場合 Go は送らない)、または途中のプロキシやロードバランサーが TLS を終端している。",
    ),
    signatures=(
        Signature(_OWN + r"User \\*\"system:anonymous\\*\" cannot", "kubelet", "states", source="RBAC's answer to a request without credentials"),
        Signature(r"^nodes (?:\\*\"\S+ )?is forbidden: User \\*\"system:anonymous\\*\" cannot", "kubelet", "states", source="the same, bare"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("no heartbeat of this kubelet is accepted", "この kubelet のハートビートが受け付けられない"), strength=0.9),
        Link("node-status-unknown", "node", Text("the node controller hears nothing and sets Unknown", "node controller に何も届かず Unknown になる"), within=120, strength=0.8),
    ),
    refutes=(Refutation(Text("the kubelet is still waiting for its first certificate", "kubelet は最初の証明書をまだ待っている"), mode="kubelet-csr-not-approved", weight=0.5),),
    asks=(
        Ask("grep -E 'server:|client-certificate|client-key|token' /etc/kubernetes/kubelet.conf; openssl x509 -noout -subject -issuer -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem; openssl s_client -connect <apiserver>:6443 </dev/null 2>/dev/null | sed -n '/Acceptable client/,/---/p'  # on {node}",
            Text("no client-certificate in the file, an issuer that is not among the acceptable CA names, or no list of names at all (TLS ends elsewhere)", "ファイルに client-certificate がない、発行者が受理可能な CA 名に含まれない、または CA 名の一覧自体が出ない(TLS が別の場所で終端されている)"),
            ("kubelet-bootstrap-auth-failure", "kubelet-ca-mismatch", "kubelet-client-cert-expired", "kubelet-csr-not-approved", "node-name-mismatch"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("give the node a kubelet.conf and a client certificate of the API server's client CA (rejoin it), restart the kubelet", "API サーバーのクライアント CA が発行した証明書と kubelet.conf をノードに渡し(再 join)、kubelet を再起動する"), Text("rejoining with kubeadm reset removes the node's pods", "kubeadm reset を伴う再 join では Pod が削除される"), "kubeadm token create --print-join-command", "kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("issue kubelets' certificates from the CA in --client-ca-file, and let load balancers pass TLS through", "kubelet の証明書は --client-ca-file の CA から発行し、ロードバランサーは TLS をそのまま通す"), Text("none", "なし"), verify="kubectl get nodes", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'Unable to register node "wk-3" with API server: nodes is forbidden: User "system:anonymous" cannot create resource "nodes" in API group "" at the cluster scope'),
        hit("kubelet", '"Unable to register node with API server" err="nodes is forbidden: User \\"system:anonymous\\" cannot create resource \\"nodes\\" in API group \\"\\" at the cluster scope" node="wk-3"'),
        hit("kubelet", 'k8s.io/client-go/informers/factory.go:150: Failed to watch *v1.Service: failed to list *v1.Service: services is forbidden: User "system:anonymous" cannot list resource "services" in API group "" at the cluster scope'),
        hit("kubelet", 'nodes "wk-3" is forbidden: User "system:anonymous" cannot get resource "nodes" in API group "" at the cluster scope'),
        near_miss("kubelet", 'Failed to list *v1.Node: nodes is forbidden: User "system:node:wk-3" cannot list nodes at the cluster scope'),
        near_miss("kubelet", 'Unable to register node "wk-3" with API server: Unauthorized'),
        near_miss("shell", 'Error from server (Forbidden): nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope'),
        near_miss("kubelet", 'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: clusterinformations.crd.projectcalico.org "default" is forbidden: User "system:anonymous" cannot get resource "clusterinformations"'),
    ),
    versions="all with anonymous authentication of the API server left on (the default)",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests",
        "https://pkg.go.dev/crypto/tls#CertificateRequestInfo",
    ),
)
