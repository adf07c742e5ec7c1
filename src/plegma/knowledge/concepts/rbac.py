"""Who may do what: service accounts, roles, node authorizer."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="rbac",
    title=Text("service accounts, RBAC and the node authorizer", "ServiceAccount・RBAC・node authorizer"),
    what=Text(
        "A pod speaks to the API as its ServiceAccount, with a token that the kubelet mounts and renews (/var/run/secrets/kubernetes.io/serviceaccount/token). RBAC grants: a Role or ClusterRole lists verbs and resources, a binding gives it to a subject; what is not granted is forbidden. Kubelets are an exception: the node authorizer lets a node read only what its own pods refer to. First comes authentication (401 if it fails), then authorization (403).",
        "Pod は ServiceAccount として API と話す。トークンは kubelet がマウントし更新する(/var/run/secrets/kubernetes.io/serviceaccount/token)。RBAC は許可の積み上げで、Role / ClusterRole が操作とリソースを並べ、Binding が対象に与える。与えられていないものは禁止である。kubelet は例外で、node authorizer により、そのノードの Pod が参照するものだけを読める。先に認証(失敗は 401)、次に認可(失敗は 403)が行われる。",
    ),
    fails=Text(
        "403 '... is forbidden: User \"system:serviceaccount:NS:NAME\" cannot VERB resource': the sentence holds all that a Role needs. A program that may list but not watch seems to work, then goes stale. 401 'Unauthorized' for a pod that worked before: it read its token once and never again, the signing key changed, or the issuer differs. 'no relationship found between node and this object': the pod is not (yet, or any more) on that node, or the kubelet has another name. Agents that copy their token into a kubeconfig on the node (CNI plugins) fail when the copy gets old.",
        "403 の「... is forbidden: User \"system:serviceaccount:NS:NAME\" cannot VERB resource」には、Role に必要な情報がすべて入っている。list はできても watch ができないプログラムは、動いているように見えて古い情報のままになる。以前は動いていた Pod の 401(Unauthorized)は、トークンを一度しか読まない、署名鍵が変わった、issuer が異なる、のいずれかである。「no relationship found between node and this object」は、Pod がまだ(またはもう)そのノードにないか、kubelet の名前が違う。トークンをノード上の kubeconfig に写すエージェント(CNI プラグイン)は、写しが古くなると失敗する。",
    ),
    look=(
        Look("kubectl auth can-i --list --as=system:serviceaccount:{namespace}:NAME", Text("what the account may do", "その ServiceAccount に許された操作")),
        Look("kubectl -n {namespace} exec {pod} -- cut -d. -f2 /var/run/secrets/kubernetes.io/serviceaccount/token | base64 -d", Text("iss, aud, exp and the pod that it is bound to", "iss・aud・exp と、紐付いた Pod")),
    ),
    numbers=(
        Number(Text("mounted token: life asked for, renewed by the kubelet at, in fact accepted for (--service-account-extend-token-expiration)", "マウントされたトークン: 要求する有効期間、kubelet が更新する時期、実際に受け付けられる期間(--service-account-extend-token-expiration)"), "3607 s, 80 %, 1 y", "pkg/serviceaccount/claims.go, pkg/kubelet/token/token_manager.go"),
    ),
    see=("api-server", "admission", "certificates", "cni"),
    modes=(
        "rbac-forbidden", "service-account-key-mismatch", "service-account-missing", "node-authorizer-no-relationship", "kubelet-api-access-forbidden",
        "kubelet-node-label-forbidden", "calico-cni-rbac-missing", "calico-cni-token-unauthorized", "multus-token-unauthorized", "aws-ipamd-permission-denied",
    ),
    aliases=("service account", "ServiceAccount", "authorization", "forbidden", "unauthorized", "403", "401", "node authorizer"),
    references=("https://kubernetes.io/docs/reference/access-authn-authz/rbac/", "https://kubernetes.io/docs/reference/access-authn-authz/node/"),
)
