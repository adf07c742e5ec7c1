"""The kubelet's certificate request is not signed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-csr-not-approved",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet's CSR is not approved or not signed", "kubelet の CSR が承認・署名されない"),
    summary=Text(
        "The kubelet created a certificate signing request (at the join or for rotation), but nobody approved it, or the controller manager cannot sign (no CA key, controllers off). The node joins late or not at all, or its certificate runs out.",
        "kubelet は参加時またはローテーションのために CSR を作成したが、承認されないか、controller-manager が署名できない(CA 鍵なし、コントローラー停止)。ノードの参加が遅れる・できない、または証明書が期限切れになる。",
    ),
    signatures=(
        Signature(r"ertificate request was not signed", "kubelet", "states", source="k8s.io/client-go/util/certificate"),
        Signature(r"Reached backoff limit, still unable to rotate certs", "kubelet", "states", source="k8s.io/client-go/util/certificate"),
        Signature(r"kubernetes\.io/kube-apiserver-client-kubelet .*Pending", "any", "states", source="kubectl get csr"),
        Signature(r"\b(?:system:bootstrap:\w+|kubelet-bootstrap|\S+:node-bootstrapper)\s+Pending", "any", "states", source="kubectl get csr to v1.17, which does not show the signer"),
        Signature(r"certificate signing request is (?:not approved|denied)", "kubelet", "states", source="k8s.io/client-go/util/certificate/csr"),
    ),
    leads_to=(
        Link("kubelet-client-cert-expired", "node", Text("without rotation the certificate runs out", "更新されないまま証明書が期限切れになる"), strength=0.5),
        Link("kubelet-serving-cert-not-approved", "node", Text("it may be the serving certificate that waits", "待っているのがサーバー証明書である場合がある"), strength=0.5),
        Link("kubelet-crash-loop", "node", Text("at a join the kubelet waits for the certificate and ends", "参加時は証明書を待った末に終了する"), strength=0.3),
    ),
    asks=(Ask("kubectl get csr --sort-by=.metadata.creationTimestamp | tail; kubectl -n kube-system logs -l component=kube-controller-manager | grep -i csr", Text("Pending: no approver; Approved without Issued: no signer", "Pending なら承認者不在、Approved で Issued がなければ署名者不在"), ("kubelet-bootstrap-auth-failure", "controller-manager-down"), "controller-log"),),
    remedies=(
        Remedy("temporary", Text("approve the node's CSR", "該当ノードの CSR を承認する"), Text("check that the requestor is that node", "要求者が本当にそのノードか確認する"), "kubectl certificate approve <csr>", "kubectl get csr; kubectl get node {node}", "none"),
        Remedy("permanent", Text("bind the groups to the auto-approval roles (selfnodeclient, nodeclient) and keep --cluster-signing-cert-file/-key-file right", "自動承認ロール(selfnodeclient、nodeclient)への binding を整え、--cluster-signing-cert-file / -key-file を正しく保つ"), Text("none", "なし"), verify="kubectl get csr | grep -c Pending", risk_level="none"),
    ),
    examples=(
        hit("shell", "node-csr-q1w2e3   4m   system:bootstrap:q1w2e3   Pending"),
        near_miss("shell", "node-csr-q1w2e3   4m   system:bootstrap:q1w2e3   Approved,Issued"),
        near_miss("shell", "csr-7k2lp   4m   system:node:wk-1   Pending"),
        hit("kubelet", '"Certificate request was not signed" err="timed out waiting for the condition"'),
        hit("kubelet", "Reached backoff limit, still unable to rotate certs: timed out waiting for the condition"),
        hit("shell", "csr-9m2lp   4m   kubernetes.io/kube-apiserver-client-kubelet   system:bootstrap:q1w2e3   <none>   Pending"),
        hit("kubelet", "failed to run Kubelet: certificate signing request is not approved, timeout"),
        near_miss("kubelet", "failed to run Kubelet: cannot create certificate signing request: Unauthorized"),
        near_miss("kubelet", '"Rotating certificates"'),
    ),
    versions="all with TLS bootstrap",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/",),
)
