"""Who trusts whom, and until when."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="certificates",
    title=Text("certificates and CSRs", "証明書と CSR"),
    what=Text(
        "Every connection of the control plane is TLS with certificates of the cluster's CA. The kubelet has two: a client certificate for the API server (/var/lib/kubelet/pki/kubelet-client-current.pem, subject system:node:NAME), which it renews by itself through a CertificateSigningRequest, and a serving certificate for port 10250, self-signed unless serverTLSBootstrap is on; then its CSR must be approved by somebody. A new node starts with a bootstrap token. kubeadm makes the control plane's certificates for one year and renews them with each upgrade.",
        "コントロールプレーンの接続はすべてクラスター CA の証明書による TLS である。kubelet は 2 つ持つ。API サーバー用のクライアント証明書(/var/lib/kubelet/pki/kubelet-client-current.pem、subject は system:node:名前)は CertificateSigningRequest で自動更新される。10250 番のサーバー証明書は既定では自己署名で、serverTLSBootstrap を有効にすると CSR の承認が必要になる。新しいノードは bootstrap token から始まる。kubeadm はコントロールプレーンの証明書を 1 年で作り、アップグレードのたびに更新する。",
    ),
    fails=Text(
        "'certificate has expired or is not yet valid': expired, or a wrong clock; compare the two times in the message. 'signed by unknown authority': another CA (re-created cluster, old kubeconfig, a proxy in between). 'certificate is valid for A, not B': the name or address that was dialled is missing in it. 'remote error: tls: ...' means that the other side refused ours. 401 with a client certificate: the API server does not know its CA. A node that was off for longer than its certificate's life cannot renew by itself. A cluster untouched for a year stops on one day, all components at once.",
        "「certificate has expired or is not yet valid」は期限切れか時計の狂いで、メッセージ中の 2 つの時刻を比べる。「signed by unknown authority」は別の CA(作り直したクラスター、古い kubeconfig、途中のプロキシ)、「certificate is valid for A, not B」は接続先の名前やアドレスが証明書にない。「remote error: tls: ...」は、相手がこちらの証明書を拒んだことを示す。クライアント証明書での 401 は、API サーバーがその CA を知らない。証明書の有効期間より長く止まっていたノードは、自力では更新できない。1 年間触っていないクラスターは、ある日すべてのコンポーネントが同時に止まる。",
    ),
    look=(
        Look("openssl x509 -noout -subject -issuer -dates -in /var/lib/kubelet/pki/kubelet-client-current.pem  # on {node}", Text("whose it is, signed by whom, valid until when", "誰のものか、誰が署名したか、期限はいつか")),
        Look("kubeadm certs check-expiration  # on a control-plane node", Text("all of the control plane's", "コントロールプレーンの証明書の期限")),
        Look("kubectl get csr --sort-by=.metadata.creationTimestamp", Text("Pending: nobody approves; Denied; Approved without Issued: nobody signs", "Pending なら承認者がいない。Approved で Issued がなければ署名者がいない")),
        Look("openssl s_client -connect HOST:6443 </dev/null 2>/dev/null | openssl x509 -noout -dates -ext subjectAltName", Text("what is really served there", "実際に提示されている証明書")),
    ),
    numbers=(
        Number(Text("kubeadm: certificates, CA", "kubeadm: 証明書、CA"), "1 y, 10 y", "cmd/kubeadm/app/constants/constants.go"),
        Number(Text("the kubelet's certificate: life, renewed at", "kubelet の証明書: 有効期間、更新の時期"), "1 y, 70–90 %", "pkg/controller/certificates/signer/config/v1alpha1/defaults.go, staging/src/k8s.io/client-go/util/certificate/certificate_manager.go"),
        Number(Text("a pending CSR is removed after", "未承認の CSR が消えるまで"), "24 h", "pkg/controller/certificates/cleaner/cleaner.go"),
        Number(Text("a bootstrap token of kubeadm lives", "kubeadm の bootstrap token の有効期間"), "24 h", "cmd/kubeadm/app/constants/constants.go"),
    ),
    see=("api-server", "kubelet", "clock", "rbac"),
    modes=(
        "kubelet-client-cert-expired", "kubelet-client-cert-corrupted", "kubelet-ca-mismatch", "kubelet-bootstrap-auth-failure", "kubelet-csr-not-approved",
        "kubelet-serving-cert-not-approved", "control-plane-cert-expired", "webhook-cert-invalid", "image-pull-x509", "node-name-mismatch", "clock-skew",
        "metrics-server-kubelet-tls",
    ),
    aliases=("certificate", "csr", "tls", "x509", "cert", "CertificateSigningRequest"),
    references=("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/", "https://kubernetes.io/docs/setup/best-practices/certificates/"),
)
