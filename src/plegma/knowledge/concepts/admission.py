"""What may change or refuse an object before it is stored."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="admission",
    title=Text("admission (webhooks, quota, policies)", "アドミッション(Webhook・quota・ポリシー)"),
    what=Text(
        "After authentication and authorization each write passes admission: built-in plugins (ResourceQuota, LimitRanger, ServiceAccount, PodSecurity, ...), mutating webhooks, schema validation, then validating webhooks and ValidatingAdmissionPolicies. A webhook is an HTTPS call of the API server to a Service, mostly a pod of this same cluster. failurePolicy says what happens when it does not answer: Fail refuses, Ignore lets pass.\n"
        "The kubelet has a second, smaller admission: it may reject a pod that was bound to it (OutOfcpu, NodeAffinity, SysctlForbidden, UnexpectedAdmissionError). Such a pod exists and is Failed.",
        "認証と認可の後、書き込みはアドミッションを通る。内蔵プラグイン(ResourceQuota・LimitRanger・ServiceAccount・PodSecurity など)、mutating webhook、スキーマ検証、validating webhook と ValidatingAdmissionPolicy の順である。webhook は API サーバーから Service への HTTPS 呼び出しで、相手の多くは同じクラスターの Pod である。応答がないときは failurePolicy に従い、Fail なら拒否、Ignore なら通す。\n"
        "kubelet にも小さなアドミッションがあり、割り当てられた Pod を拒むことがある(OutOfcpu・NodeAffinity・SysctlForbidden・UnexpectedAdmissionError)。その場合、Pod は存在して Failed になる。",
    ),
    fails=Text(
        "A refused pod does not exist: no describe, no event on it. The message stands at its owner (ReplicaSet, DaemonSet, Job) as FailedCreate, or in the answer to kubectl. 'failed calling webhook' with 'context deadline exceeded', 'connection refused' or 'no endpoints available': the webhook's pod or the way from the API server to it. With 'x509': its certificate, or the caBundle. 'denied the request' or 'exceeded quota': working as told. A webhook that covers the pods it is made of, or kube-system, locks the cluster out of its own repair. Slow webhooks add their timeout to every write.",
        "拒否された Pod は存在しない。describe もイベントも残らず、メッセージは所有者(ReplicaSet・DaemonSet・Job)の FailedCreate か、kubectl への応答にある。「failed calling webhook」に「context deadline exceeded」「connection refused」「no endpoints available」が続けば、webhook の Pod か API サーバーからの経路の問題、「x509」なら証明書か caBundle の問題である。「denied the request」「exceeded quota」は設定どおりの動作である。自分自身の Pod や kube-system まで対象にした webhook は、クラスターを修復不能にする。遅い webhook は、書き込みのたびにタイムアウト分だけ待たせる。",
    ),
    look=(
        Look("kubectl -n {namespace} get events --field-selector reason=FailedCreate", Text("who was refused, in the words of the one who refused", "拒否の内容")),
        Look("kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations -o custom-columns=NAME:.metadata.name,POLICY:.webhooks[*].failurePolicy,TIMEOUT:.webhooks[*].timeoutSeconds,SERVICE:.webhooks[*].clientConfig.service.name", Text("which webhooks there are, and what they do when down", "webhook の一覧と、停止時の動作")),
        Look("kubectl -n {namespace} describe resourcequota,limitrange", Text("what is used up", "使い切った quota")),
    ),
    numbers=(
        Number(Text("timeout of a webhook: default, longest", "webhook のタイムアウト: 既定、最長"), "10 s, 30 s", "pkg/apis/admissionregistration/v1/defaults.go, pkg/apis/admissionregistration/validation/validation.go"),
    ),
    see=("api-server", "rbac", "controller-manager", "certificates"),
    modes=(
        "admission-webhook-unavailable", "webhook-cert-invalid", "admission-policy-denied", "resource-quota-exceeded", "pod-not-created", "pod-spec-invalid",
        "service-account-missing", "conversion-webhook-failing", "pod-rejected", "kubelet-admission-out-of-resources", "crd-missing",
        "limit-range-violation", "priority-class-missing",
    ),
    aliases=("webhook", "admission webhook", "quota", "FailedCreate"),
    references=("https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",),
)
