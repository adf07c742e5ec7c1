"""The pod names a pull secret that is not in its namespace."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-pull-secret-missing",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("an image pull secret that the pod names does not exist in its namespace", "Pod が参照する imagePullSecrets が Namespace に存在しない"),
    summary=Text(
        "The kubelet goes on without it, so the pull is anonymous: harmless for a public image or one that is on the node already, a refused pull for a private one. Seen alone, it is a hint and no more.",
        "kubelet はそのまま匿名で取得を続ける。公開イメージや取得済みのイメージなら無害だが、非公開イメージでは拒否される。これだけでは手掛かりに過ぎない。",
    ),
    signatures=(
        Signature(r"Unable to retrieve some image pull secrets", component="kubelet", proof="suggests", source="pkg/kubelet/kubelet_pods.go"),
        Signature(r"Unable to retrieve pull secret", component="kubelet", proof="suggests", source="pkg/kubelet/kubelet_pods.go"),
    ),
    leads_to=(
        Link("image-pull-auth", "pod", Text("without the secret the registry is asked anonymously", "Secret が無いため匿名でレジストリに問い合わせる"), strength=0.7),
        Link("image-pull-back-off", "pod", Text("the registry refuses the anonymous pull", "匿名の取得をレジストリが拒否する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the pod's containers were started: its images are there", "コンテナが起動しており、イメージは揃っている"), state=StateTest("Pod", {"status": r"^(Running|Completed|Succeeded|CrashLoopBackOff|Error|OOMKilled|Terminating)$"}), weight=0.95),
    ),
    asks=(Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -A3 imagePullSecrets; kubectl -n {namespace} get secrets", Text("a name under imagePullSecrets that is not in the list", "imagePullSecrets の名前が一覧に無い"), ("image-pull-auth", "image-not-found", "configmap-or-secret-missing")),),
    remedies=(
        Remedy("temporary", Text("create the secret in the pod's namespace (secrets are not shared between namespaces)", "Pod と同じ Namespace に Secret を作成する(Namespace 間で共有されない)"), Text("none", "なし"), "kubectl -n {namespace} create secret docker-registry regcred --docker-server=REGISTRY --docker-username=USER --docker-password-stdin", "kubectl -n {namespace} get events --field-selector reason=FailedToRetrieveImagePullSecret", "none"),
        Remedy("permanent", Text("hand the secret out to all namespaces automatically, or use a credential provider on the nodes", "Secret を全 Namespace に自動配布するか、ノードの credential provider を使う"), Text("none", "なし"), "", "kubectl get secrets -A --field-selector type=kubernetes.io/dockerconfigjson", "none"),
    ),
    versions="the event from 1.26, the log line before",
    references=("https://kubernetes.io/docs/concepts/containers/images/#specifying-imagepullsecrets-on-a-pod",),
    examples=(
        hit("k8s-event", "Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.", reason="FailedToRetrieveImagePullSecret"),
        hit("kubelet", 'Unable to retrieve pull secret pay/regcred for pay/api-0 due to secret "regcred" not found.  The image pull may not succeed.'),
        near_miss("k8s-event", 'secret "db-password" not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/pay/api:2": rpc error: code = Unknown desc = Error response from daemon: unauthorized: authentication required', reason="Failed"),
    ),
)
