"""Service account tokens are not accepted: key or issuer changed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-account-key-mismatch",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("service account tokens rejected: signing key or issuer mismatch", "サービスアカウントトークンが拒否される(署名鍵・issuer の不一致)"),
    summary=Text(
        "The API servers verify tokens with another key or issuer than the one that signed them: sa.key replaced, control-plane nodes with different sa.pub, --service-account-issuer changed. Every in-cluster client gets 401.",
        "API サーバーが検証に使う鍵や issuer が署名時と異なる(sa.key の差し替え、コントロールプレーン間の sa.pub 不一致、--service-account-issuer の変更)。クラスター内の全クライアントが 401 になる。",
    ),
    signatures=(
        Signature(r"error in cryptographic primitive", "any", "states", source="go-jose in kube-apiserver"),
        Signature(r"invalid bearer token, .{0,60}(?:issuer|signature|iss)", "any", "shows", source="kube-apiserver authentication"),
        Signature(r"invalid bearer token", "apiserver", "suggests", at_least=3, source="kube-apiserver authentication"),
        Signature(r"[Ss]ervice [Aa]ccount token has (?:been invalidated|expired)", "any", "suggests", at_least=3, source="kube-apiserver authentication; a pod that was deleted a moment ago says it once"),
    ),
    leads_to=(
        Link("app-error-exit", "cluster", Text("in-cluster clients get Unauthorized", "クラスター内クライアントが Unauthorized になる"), strength=0.6),
        Link("calico-cni-token-unauthorized", "cluster", Text("tokens written for the CNI are refused too", "CNI 用に書かれたトークンも拒否される"), strength=0.3),
        Link("pod-not-ready", "cluster", Text("controllers never sync", "コントローラーが同期しない"), strength=0.4),
    ),
    asks=(Ask("for n in <control planes>; do ssh $n sha256sum /etc/kubernetes/pki/sa.pub; done; grep service-account /etc/kubernetes/manifests/kube-apiserver.yaml", Text("different sums or issuers", "ハッシュや issuer が異なる"), ("calico-cni-token-unauthorized", "rbac-forbidden", "clock-skew", "multus-token-unauthorized"), "apiserver-log"),),
    remedies=(
        Remedy("temporary", Text("give all control-plane nodes the same sa.key/sa.pub (several --service-account-key-file may be listed), then restart the affected pods", "全コントロールプレーンに同じ sa.key / sa.pub を配布し(--service-account-key-file は複数指定可)、影響を受けた Pod を再起動する"), Text("restarts the API server", "API サーバーの再起動を伴う"), "kubectl -n kube-system rollout restart ds,deploy", "kubectl get --raw /readyz", "disruptive"),
        Remedy("permanent", Text("rotate keys by adding the new one first; never change the issuer without keeping the old as second", "鍵は新旧併用で更新し、issuer 変更時も旧値を 2 番目に残す"), Text("none", "なし"), verify="kubectl get --raw /.well-known/openid-configuration", risk_level="none"),
    ),
    examples=(
        hit("kube-apiserver", '"Unable to authenticate the request" err="[invalid bearer token, square/go-jose: error in cryptographic primitive]"'),
        hit("kube-apiserver", '"Unable to authenticate the request" err="[invalid bearer token, invalid issuer]"'),
        hit("kube-apiserver", '"Unable to authenticate the request" err="invalid bearer token"', count=40),
        hit("kube-apiserver", '"Unable to authenticate the request" err="[invalid bearer token, service account token has expired]"', count=40),
        near_miss("kube-apiserver", '"Unable to authenticate the request" err="[invalid bearer token, service account token has been invalidated]"'),
        near_miss("kube-apiserver", '"Unable to authenticate the request" err="[x509: certificate has expired or is not yet valid]"'),
        near_miss("cni", "error getting ClusterInformation: connection is unauthorized: Unauthorized"),
    ),
    versions="bound tokens since v1.21",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/",),
)
