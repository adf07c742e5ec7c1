"""The kubelet has no serving certificate: its CSR waits for approval."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-serving-cert-not-approved",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet serving certificate missing: CSR not approved", "kubelet のサーバー証明書がない(CSR 未承認)"),
    summary=Text(
        "serverTLSBootstrap is on, and nobody approves CSRs of kubernetes.io/kubelet-serving (kube-controller-manager never does). Pods run, but kubectl logs/exec and metrics-server fail with `tls: internal error`.",
        "serverTLSBootstrap が有効だが、kubernetes.io/kubelet-serving の CSR を承認する主体がない(kube-controller-manager は自動承認しない)。Pod は動くが、kubectl logs / exec や metrics-server が `tls: internal error` で失敗する。",
    ),
    signatures=(
        Signature(r"no serving certificate available for the kubelet", "kubelet", "states", source="pkg/kubelet/kubelet.go"),
        Signature(r":10250/\S*: remote error: tls: internal error", "any", "states", source="crypto/tls: the server has no certificate to present"),
        Signature(r"kubernetes\.io/kubelet-serving .*Pending", "any", "states", source="kubectl get csr"),
    ),
    leads_to=(
        Link("kubelet-api-call-failing", "node", Text("TLS handshakes with port 10250 fail", "10250 番ポートへの TLS ハンドシェイクが失敗する"), strength=0.95),
        Link("aggregated-api-unavailable", "cluster", Text("metrics-server scrapes nothing and is not ready", "metrics-server が収集できず Ready にならない"), strength=0.4),
    ),
    asks=(Ask("kubectl get csr | grep kubelet-serving", Text("Pending requests of system:node:{node}", "system:node:{node} の Pending な要求がある"), ("kubelet-csr-not-approved", "kubelet-api-access-forbidden")),),
    remedies=(
        Remedy("temporary", Text("approve the pending CSRs after checking requestor and addresses", "要求者とアドレスを確認して保留中の CSR を承認する"), Text("approving blindly would let a node impersonate another", "無確認の承認はノードのなりすましを許す"), "kubectl get csr -o name | xargs kubectl certificate approve", "kubectl get --raw /api/v1/nodes/{node}/proxy/healthz", "none"),
        Remedy("permanent", Text("run an approver for kubelet-serving CSRs, or turn serverTLSBootstrap off", "kubelet-serving 用の承認コントローラーを動かすか、serverTLSBootstrap を無効にする"), Text("self-signed certificates are not verified by clients", "自己署名証明書はクライアントで検証されない"), verify="kubectl get csr | grep -c Pending"),
    ),
    examples=(
        hit("kubelet", "http: TLS handshake error from 10.244.0.44:45274: no serving certificate available for the kubelet"),
        hit("shell", 'Error from server: Get "https://10.9.0.4:10250/containerLogs/shop/cart-7c/cart": remote error: tls: internal error'),
        hit("shell", "csr-4xq8d   11m   kubernetes.io/kubelet-serving   system:node:wk-2   <none>   Pending"),
        near_miss("shell", "csr-4xq8d   11m   kubernetes.io/kubelet-serving   system:node:wk-2   <none>   Approved,Issued"),
        near_miss("kubelet", "http: TLS handshake error from 10.9.0.1:51202: EOF"),
        near_miss("pod-log", 'Get "https://10.9.0.4:10250/metrics/resource": x509: cannot validate certificate for 10.9.0.4 because it doesn\'t contain any IP SANs'),
    ),
    versions="serverTLSBootstrap; EKS, AKS, OpenShift and Talos have approvers of their own",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation", "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs"),
)
