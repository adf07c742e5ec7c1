"""The bootstrap token is refused, so the kubelet gets no client certificate."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-bootstrap-auth-failure",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("TLS bootstrap refused: bootstrap token expired or not allowed", "TLS ブートストラップ拒否: トークン失効または権限不足"),
    summary=Text(
        "The kubelet has no client certificate yet and asks for one with its bootstrap token. The API server answers Unauthorized (token expired, deleted or of another cluster) or forbidden (no binding to system:node-bootstrapper), so the kubelet exits and the node never joins.",
        "kubelet はまだクライアント証明書を持たず、ブートストラップトークンで CSR を作成しようとする。API サーバーは Unauthorized(トークンが失効・削除済み、または別クラスターのもの)あるいは forbidden(system:node-bootstrapper への紐付けなし)を返し、kubelet は終了してノードは参加できない。",
    ),
    signatures=(
        Signature(r"failed to run Kubelet: cannot create certificate signing request: Unauthorized", "kubelet", "states", source="pkg/kubelet/certificate/bootstrap/bootstrap.go"),
        Signature(r"cannot create certificate signing request: the server has asked for the client to provide credentials", "kubelet", "states", source="the same in words, to v1.7"),
        Signature(r"cannot create certificate signing request: Unauthorized", "kubelet", "shows", source="k8s.io/client-go/util/certificate"),
        Signature(r"User \\*\"system:bootstrap:[a-z0-9]+\\*\" cannot create", "kubelet", "states", source="RBAC's answer to a bootstrap token"),
        Signature(r"cannot create certificate signing request: (?:certificatesigningrequests\S* is forbidden: )?User \\*\"", "kubelet", "states", source="RBAC's answer, old and new wording"),
        Signature(r"certificatesigningrequests\.certificates\.k8s\.io is forbidden: User \\*\"", "kubelet", "shows", source="RBAC"),
        Signature(r"unable to fetch the kubeadm-config ConfigMap.{0,60}Unauthorized", "any", "shows", source="kubeadm join, token expired"),
        Signature(r"could not find a JWS signature in the cluster-info ConfigMap for token ID", "any", "states", source="kubeadm join, token expired"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("without a certificate the kubelet cannot run and exits", "証明書を得られない kubelet は動作できず終了する"), strength=0.9),
    ),
    refutes=(
        Refutation(Text("the node has had a certificate, which expired: an old node, not a joining one", "期限切れの証明書がある。新規参加ではなく既存ノードの問題"), mode="kubelet-client-cert-expired", weight=0.3),
    ),
    asks=(
        Ask("kubeadm token list; kubectl get clusterrolebinding kubeadm:kubelet-bootstrap -o yaml; grep token: /etc/kubernetes/bootstrap-kubelet.conf", Text("the token of bootstrap-kubelet.conf is not in the list, or the binding to system:node-bootstrapper is missing", "bootstrap-kubelet.conf のトークンが一覧にない、または system:node-bootstrapper への binding がない"), ("kubelet-csr-not-approved", "kubelet-client-cert-expired", "kubelet-ca-mismatch"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("make a new token and join the node again", "新しいトークンを発行し、ノードを再度 join する"), Text("kubeadm reset on that node removes its pods", "該当ノードでの kubeadm reset は Pod を削除する"), "kubeadm token create --print-join-command", "kubectl get csr; kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("bind group system:bootstrappers to system:node-bootstrapper, and hand out tokens whose life covers the provisioning time", "グループ system:bootstrappers を system:node-bootstrapper に紐付け、プロビジョニング期間を覆う有効期限のトークンを配る"), Text("a long-lived token lets anyone who has it ask for node certificates", "長寿命トークンは漏えい時にノード証明書を要求される危険がある"), "kubectl create clusterrolebinding kubeadm:kubelet-bootstrap --clusterrole=system:node-bootstrapper --group=system:bootstrappers:kubeadm:default-node-token", "kubectl get csr", "none"),
    ),
    examples=(
        hit("kubelet", "error: failed to run Kubelet: cannot create certificate signing request: the server has asked for the client to provide credentials (post certificatesigningrequests.certificates.k8s.io)"),
        hit("kubelet", '"command failed" err="failed to run Kubelet: cannot create certificate signing request: Unauthorized"'),
        hit("kubelet", "failed to run Kubelet: cannot create certificate signing request: Unauthorized"),
        hit("kubelet", 'failed to run Kubelet: cannot create certificate signing request: certificatesigningrequests.certificates.k8s.io is forbidden: User "system:bootstrap:q1w2e3" cannot create resource "certificatesigningrequests" in API group "certificates.k8s.io" at the cluster scope'),
        hit("kubelet", 'error: failed to run Kubelet: cannot create certificate signing request: User "kubelet-bootstrap" cannot create certificatesigningrequests.certificates.k8s.io at the cluster scope. (post certificatesigningrequests.certificates.k8s.io)'),
        hit("shell", 'error execution phase preflight: couldn\'t validate the identity of the API Server: could not find a JWS signature in the cluster-info ConfigMap for token ID "q1w2e3"'),
        hit("shell", "error execution phase preflight: unable to fetch the kubeadm-config ConfigMap: failed to get config map: Unauthorized"),
        near_miss("kubelet", "Failed while requesting a signed certificate from the control plane: cannot create certificate signing request: Post https://10.1.0.10:6443/apis/certificates.k8s.io/v1/certificatesigningrequests: dial tcp 10.1.0.10:6443: connect: connection refused"),
        near_miss("kubelet", '"Certificate request was not signed" err="timed out waiting for the condition"'),
        near_miss("kubelet", "Unable to register node with API server: Unauthorized"),
    ),
    versions="all versions with TLS bootstrap (v1.4 and later); kubeadm tokens live 24 hours unless told otherwise",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/",
        "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",
    ),
)
