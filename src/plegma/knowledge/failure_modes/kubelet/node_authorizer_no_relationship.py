"""The node authorizer refuses an object that the node's pods do not (yet) refer to."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-authorizer-no-relationship",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("node authorizer: no relationship between the node and this object", "Node authorizer によるオブジェクト参照の拒否"),
    summary=Text(
        "A kubelet may read only Secrets, ConfigMaps, claims and volumes of pods that are bound to it. The refusal appears for a moment after scheduling (the authorizer's graph lags), for good if the object or the pod is gone, or if static pods refer to such objects.",
        "kubelet は自ノードに割り当てられた Pod の Secret、ConfigMap、PVC、PV しか読めない。スケジュール直後は authorizer の情報が遅れて一時的に拒否されることがあり、オブジェクトや Pod が消えている場合や static Pod から参照した場合は恒久的に拒否される。",
    ),
    signatures=(
        Signature(r"(?:secrets|configmaps|persistentvolumeclaims|persistentvolumes) \\*\"[^\"]+\" is forbidden.{0,240}no relationship found between node", "kubelet", "shows", at_least=3, source="plugin/pkg/auth/authorizer/node: again and again"),
        Signature(r"(?:secrets|configmaps|persistentvolumeclaims|persistentvolumes) \\*\"[^\"]+\" is forbidden.{0,240}no relationship found between node", "kubelet", "shows", reason="FailedMount", source="plugin/pkg/auth/authorizer/node: a volume of a pod that is there"),
        Signature(r"no relationship found between node \\*\"", "kubelet", "suggests", source="plugin/pkg/auth/authorizer/node (old wording)"),
        Signature(r"no relationship found between node '(?P<node>[^']+)' and this object", "kubelet", "suggests", source="plugin/pkg/auth/authorizer/node; for pods it is routine after a deletion"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("the Secret, ConfigMap or claim cannot be read", "Secret / ConfigMap / PVC を読めない"), strength=0.7),
        Link("container-config-error", "pod", Text("environment variables cannot be built", "環境変数を構築できない"), strength=0.4),
    ),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o wide; kubectl -n {namespace} get secret,configmap,pvc", Text("the object exists and the pod is bound to this node: it should pass at the next try", "オブジェクトが存在し Pod がこのノードにあれば、次の試行で成功するはず"), ("configmap-or-secret-missing", "node-name-mismatch", "rbac-forbidden"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("wait for the retry; if it stays, delete the pod so that it is bound anew", "再試行を待つ。解消しなければ Pod を削除して再割り当てさせる"), Text("the pod is created anew", "Pod が作り直される"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("correct the reference; no Secrets or ConfigMaps in static pods", "参照を修正する。static Pod では Secret / ConfigMap を参照しない"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'no relationship found'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "tls" : secrets "tls" is forbidden: User "system:node:wk-2" cannot get resource "secrets" in API group "" in the namespace "shop": no relationship found between node \'wk-2\' and this object', "FailedMount"),
        hit("kubelet", 'persistentvolumeclaims "data" is forbidden: User "system:node:wk-2" cannot get persistentvolumeclaims in the namespace "shop": no relationship found between node "wk-2" and this object', count=7),
        near_miss("kubelet", 'secrets "tls" not found'),
        near_miss("kubelet", 'leases.coordination.k8s.io "wk-3" is forbidden: User "system:node:wk-2" cannot get resource "leases": can only access node lease with the same name as the requesting node'),
    ),
    versions="clusters with the Node authorizer",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/node/",),
)
