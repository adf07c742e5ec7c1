"""The kubelet's client certificate has run out."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-client-cert-expired",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet's client certificate has expired", "kubelet のクライアント証明書の期限切れ"),
    summary=Text(
        "The certificate with which the kubelet logs in to the API server has expired: rotation was off or failed, the node was powered off for too long, or kubelet.conf embeds an old copy instead of pointing to pki/kubelet-client-current.pem. Every request is answered with 401 and the node turns NotReady, typically a year after the install.",
        "kubelet が API サーバーに提示するクライアント証明書が期限切れである。ローテーションが無効または失敗、ノードの長期停止、あるいは kubelet.conf が pki/kubelet-client-current.pem を指さず古い証明書を埋め込んでいることが原因。全リクエストが 401 となり、典型的には構築から約 1 年でノードが NotReady になる。",
    ),
    signatures=(
        Signature(r"art of the existing bootstrap client certificate(?: in \S+)? is expired", "kubelet", "states", source="pkg/kubelet/certificate/bootstrap/bootstrap.go"),
        Signature(r"currently active client certificate has expired", "kubelet", "states", source="pkg/kubelet/certificate/transport.go"),
        Signature(r"No valid (?:client )?certificate is found but the server is (?:not )?responsive", "kubelet", "suggests", source="pkg/kubelet/certificate/transport.go"),
        Signature(r"o valid client certificate is found but the server is", "kubelet", "suggests", source="pkg/kubelet/certificate/transport.go"),
        Signature(r"unable to load bootstrap kubeconfig: stat \S*bootstrap-kubelet\.conf: no such file", "kubelet", "suggests", source="bootstrap.go: kubelet.conf is unusable, and there is no bootstrap file to replace it"),
        Signature(r"/apis?/\S+.{0,24}x509: certificate has expired or is not yet valid", "kubelet", "suggests", source="crypto/x509; it may be the server's certificate"),
        Signature(r"(?:node status|node lease|lease exists|[Uu]nable to register node|ertificate signing request).{0,300}x509: certificate has expired", "kubelet", "suggests", source="crypto/x509, heartbeats"),
        Signature(r"(?:Failed to (?:list|watch) \*v1\w*\.\w+|Unable to register node with API server|error getting node|[Ff]ailed to (?:update|ensure) (?:node )?lease).*Unauthorized", "kubelet", "suggests", source="401 from the API server"),
        Signature(r"the server has asked for the client to provide credentials", "kubelet", "suggests", source="apimachinery's text for a 401"),
        Signature(r"nable to authenticate the request.*x509: certificate has expired or is not yet valid", "apiserver", "suggests", source="apiserver: some client's certificate"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("heartbeats are answered with 401, so the node controller marks the node", "ハートビートが 401 になり、node controller がノードを NotReady にする"), strength=0.9),
        Link("node-status-unknown", "node", Text("neither lease nor status gets through", "Lease も status も更新できない"), within=120, strength=0.8),
        Link("kubelet-crash-loop", "node", Text("at a restart there is neither a valid certificate nor a bootstrap file, so the kubelet exits", "再起動時に有効な証明書もブートストラップファイルもなく、kubelet は終了する"), strength=0.6),
    ),
    refutes=(
        Refutation(Text("many nodes' API server does not answer at all: look at the control plane's own certificates", "API サーバー自体が応答しない。コントロールプレーン側の証明書を疑う"), mode="control-plane-cert-expired", weight=0.3),
        Refutation(Text("the clock is wrong, the certificate need not be", "時計のずれであり、証明書の期限切れとは限らない"), mode="clock-skew", weight=0.5),
    ),
    asks=(
        Ask("openssl x509 -noout -subject -dates -in /var/lib/kubelet/pki/kubelet-client-current.pem; grep client-certificate /etc/kubernetes/kubelet.conf; date -u", Text("notAfter lies in the past, or kubelet.conf holds client-certificate-data of its own", "notAfter が過去である、または kubelet.conf に client-certificate-data が直接埋め込まれている"), ("kubelet-ca-mismatch", "clock-skew", "control-plane-cert-expired", "kubelet-bootstrap-auth-failure", "kubelet-csr-not-approved", "kubelet-client-cert-corrupted"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("issue a new kubelet.conf for the node on a control-plane node, put it in place of the old one, remove the old kubelet-client-* files and restart the kubelet", "コントロールプレーンでこのノード用の kubelet.conf を再発行して置き換え、古い kubelet-client-* を消して kubelet を再起動する"), Text("the file holds the node's private key: copy it safely", "ファイルにはノードの秘密鍵が含まれるため、安全に転送すること"), "kubeadm kubeconfig user --org system:nodes --client-name system:node:{node} > kubelet.conf", "openssl x509 -enddate -noout -in /var/lib/kubelet/pki/kubelet-client-current.pem && kubectl get node {node}"),
        Remedy("permanent", Text("enable rotateCertificates, let kubelet.conf point to kubelet-client-current.pem, and alarm on certificate ages", "rotateCertificates を有効にし、kubelet.conf が kubelet-client-current.pem を参照するようにし、証明書の残日数を監視する"), Text("none", "なし"), verify="grep -E 'rotateCertificates: true' /var/lib/kubelet/config.yaml", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2023-03-02 07:02:33 +0000 UTC"),
        hit("kubelet", "Part of the existing bootstrap client certificate is expired: 2019-02-11 08:00:00 +0000 UTC"),
        hit("kubelet", '"The currently active client certificate has expired and the server is responsive, exiting."'),
        hit("kubelet", '"No valid client certificate is found but the server is not responsive. A restart may be necessary to retrieve new initial credentials." lastCertificateAvailabilityTime="2024-08-27 06:46:57" shutdownThreshold="5m0s"'),
        hit("kubelet", "failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory"),
        hit("kubelet", 'Failed to list *v1.Node: Get "https://10.1.0.10:6443/api/v1/nodes?fieldSelector=metadata.name%3Dwk-7": x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z'),
        hit("kubelet", 'Unable to register node "wk-7" with API server: x509: certificate has expired or is not yet valid'),
        hit("kubelet", 'k8s.io/client-go/informers/factory.go:134: Failed to list *v1.CSIDriver: Unauthorized'),
        hit("kubelet", 'error getting node "wk-7": the server has asked for the client to provide credentials (get nodes wk-7)'),
        hit("kube-apiserver", '"Unable to authenticate the request" err="[x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z, verifying certificate SN=73, SKID=, AKID= failed]"'),
        near_miss("kubelet", 'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")'),
        near_miss("etcd", 'rejected connection from "10.1.0.11:51234" (error "remote error: tls: bad certificate", ServerName "")'),
        near_miss("kubelet", "Certificate rotation detected, shutting down client connections to start using new credentials"),
        near_miss("containerd", 'failed to do request: Head "https://registry.lab.example/v2/web/manifests/1.2": x509: certificate has expired or is not yet valid'),
    ),
    versions="all; the kubelet exits by itself on an expired certificate since v1.9",
    references=(
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/troubleshooting-kubeadm/#kubelet-client-cert",
        "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/",
        "https://kubernetes.io/docs/tasks/tls/certificate-rotation/",
    ),
)
