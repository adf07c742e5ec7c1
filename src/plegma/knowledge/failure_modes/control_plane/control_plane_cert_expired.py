"""A certificate of the control plane (API server, etcd or their clients) has expired."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="control-plane-cert-expired",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("control-plane certificate expired", "コントロールプレーンの証明書の期限切れ"),
    summary=Text(
        "One of the certificates between API server, etcd, controller manager and scheduler has run out (kubeadm's live one year). The API server cannot reach etcd, or nobody can trust the API server, so static pods crash-loop and all kubelets see refused connections. The certificate to test is the peer's, not only the API server's own.",
        "API サーバー、etcd、controller-manager、scheduler 間のいずれかの証明書が期限切れである(kubeadm の既定は 1 年)。API サーバーが etcd に接続できない、または誰も API サーバーを信頼できず、static Pod がクラッシュループし、全 kubelet が接続拒否になる。確認すべきは API サーバー自身だけでなく相手側の証明書である。",
    ),
    signatures=(
        Signature(r"authentication handshake failed: (?:tls: failed to verify certificate: )?x509: certificate has expired", "any", "states", source="grpc in kube-apiserver, towards etcd"),
        Signature(r"(?:admin\.conf|apiserver\S*|etcd-\S+|controller-manager\.conf|scheduler\.conf|front-proxy-\S+) +.{0,60}<invalid>", "any", "states", source="kubeadm certs check-expiration"),
        Signature(r"error retrieving resource lock .*x509: certificate has expired", "any", "states", source="leader election of controller manager and scheduler"),
        Signature(r"failed to verify client(?:'s)? certificate: x509: certificate has expired", "any", "states", source="etcd and API server as TLS servers"),
        Signature(r"https://\S+/apis?/\S*.{0,40}x509: certificate has expired or is not yet valid", "any", "shows", source="any client of the API server"),
        Signature(r"Unable to connect to the server: (?:Get \"?\S+ )?(?:tls: failed to verify certificate: )?x509: certificate has expired", "any", "shows", source="kubectl"),
        Signature(r"rejected connection .*(?:remote error: tls: bad certificate|tls: expired certificate)", "etcd", "suggests", source="etcd: a client or peer whose certificate or trust is wrong"),
        Signature(r":(?:6443|8443|9443|16443|2379|2380)\b.{0,80}x509: certificate has expired or is not yet valid", "any", "suggests", source="Go crypto/x509: any client of the API server or etcd"),
        Signature(r"failure loading (?:apiserver|etcd|front-proxy|ca)\S* certificate.{0,80}(?:has expired|is expired)", "any", "states", source="kubeadm"),
        Signature(r"nable to authenticate the request.{0,60}x509: certificate has expired", "apiserver", "suggests", source="kube-apiserver: a client's certificate, which may be the controller manager's, the scheduler's or admin.conf's"),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the API server exits when it cannot reach etcd, its clients exit when they cannot reach it", "etcd に接続できない API サーバーが終了し、API サーバーに接続できないコンポーネントも終了する"), strength=0.8),
        Link("apiserver-unavailable", "cluster", Text("nobody can use the API", "API を誰も利用できない"), strength=0.9),
        Link("kubelet-apiserver-unreachable", "cluster", Text("kubelets see connection refused", "kubelet からは connection refused に見える"), strength=0.7),
        Link("apiserver-etcd-unreachable", "cluster", Text("TLS to etcd fails", "etcd への TLS が失敗する"), strength=0.7),
        Link("leader-election-lost", "cluster", Text("the lock cannot be renewed", "リーダーロックを更新できない"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the time named lies before the certificate's start: the clock is wrong", "現在時刻が証明書の開始より前であり、時計が誤っている"), pattern=r"current time \S+ is before", component="any", weight=0.5),
        Refutation(Text("only kubelets' own client certificates are concerned", "kubelet 自身のクライアント証明書だけの問題である"), mode="kubelet-client-cert-expired", weight=0.2),
    ),
    asks=(
        Ask("kubeadm certs check-expiration; for c in /etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt; do echo $c $(openssl x509 -enddate -noout -in $c); done; date -u", Text("a certificate whose end lies in the past", "終了日が過去の証明書がある"), ("kubelet-client-cert-expired", "clock-skew", "kubelet-ca-mismatch", "etcd-quorum-lost", "apiserver-etcd-unreachable", "webhook-cert-invalid"), "apiserver-log"),
    ),
    remedies=(
        Remedy("temporary", Text("renew all certificates on each control-plane node, then restart API server, controller manager, scheduler and etcd (move the manifests away and back, 20 s apart)", "各コントロールプレーンノードで全証明書を更新し、API サーバー、controller-manager、scheduler、etcd を再起動する(マニフェストを 20 秒間退避して戻す)"), Text("the API is away for a minute per node; take an etcd snapshot first", "ノードごとに約 1 分 API が停止する。先に etcd スナップショットを取る"), "kubeadm certs renew all", "kubeadm certs check-expiration && kubectl get --raw /readyz", "disruptive"),
        Remedy("permanent", Text("renew at least yearly (kubeadm upgrade does it), alarm on the age of every certificate, kubeconfigs included", "少なくとも年 1 回更新し(kubeadm upgrade でも更新される)、kubeconfig を含む全証明書の残日数を監視する"), Text("none", "なし"), verify="kubeadm certs check-expiration", risk_level="none"),
    ),
    examples=(
        hit("kube-apiserver", 'grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379 <nil> 0 <nil>}. Err: connection error: desc = "transport: authentication handshake failed: x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z". Reconnecting...'),
        hit("shell", "apiserver-etcd-client      May 01, 2024 07:11 UTC   <invalid>       etcd-ca                 no"),
        hit("kube-scheduler", 'error retrieving resource lock kube-system/kube-scheduler: Get "https://10.1.0.10:6443/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler?timeout=5s": x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z'),
        hit("etcd", "rejected connection from \"127.0.0.1:41022\" (error \"tls: failed to verify client's certificate: x509: certificate has expired or is not yet valid\", ServerName \"\")"),
        hit("kubelet", 'Failed to list *v1.Node: Get "https://10.1.0.10:6443/api/v1/nodes": x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z'),
        hit("shell", "Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2024-05-02T09:00:00Z is after 2024-05-01T07:11:02Z"),
        hit("etcd", 'rejected connection from "127.0.0.1:41022" (error "remote error: tls: bad certificate", ServerName "")'),
        hit("shell", "Unable to connect to the server: Get https://10.1.0.5:6443/version: x509: certificate has expired or is not yet valid"),
        hit("shell", "failure loading etcd-server certificate: the certificate has expired"),
        hit("kube-apiserver", "Unable to authenticate the request due to an error: x509: certificate has expired or is not yet valid: current time 2022-02-02T22:45:43Z is after 2022-02-01T12:10:16Z"),
        near_miss("kubelet", "part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2023-03-02 07:02:33 +0000 UTC"),
        near_miss("k8s-event", 'failed calling webhook "inject.lab.example": Post "https://inject.mesh.svc:443/inject?timeout=10s": x509: certificate has expired or is not yet valid', "FailedCreate"),
        near_miss("containerd", 'Head "https://registry.lab.example/v2/web/manifests/1": x509: certificate has expired or is not yet valid'),
        near_miss("shell", "apiserver-etcd-client      May 01, 2027 07:11 UTC   364d            etcd-ca                 no"),
    ),
    versions="all; kubeadm: one year for leaf certificates, ten for the CAs",
    references=(
        "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/",
        "https://kubernetes.io/docs/setup/best-practices/certificates/",
    ),
)
