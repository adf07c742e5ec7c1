"""An admission policy refuses the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="admission-policy-denied",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("an admission policy refuses the pod", "admission ポリシーが Pod を拒否している"),
    summary=Text(
        "PodSecurity, a PodSecurityPolicy, an OpenShift SCC, a LimitRange or a policy webhook (Gatekeeper, Kyverno) forbids what the pod asks for: root, privileged, hostPath, missing limits, an image source. The API refuses the create, so there is no pod; the owner's events say which rule.",
        "PodSecurity、PodSecurityPolicy、OpenShift の SCC、LimitRange、ポリシー用 webhook(Gatekeeper、Kyverno)が Pod の要求(root、privileged、hostPath、limits 未指定、イメージの取得元など)を禁じている。API が作成を拒否するため Pod は存在せず、どの規則かは所有者のイベントに書かれる。",
    ),
    signatures=(
        Signature(r"is forbidden: violates PodSecurity", proof="states", source="k8s.io/pod-security-admission admission"),
        Signature(r"unable to validate against any pod security policy", proof="states", source="PodSecurityPolicy, to v1.24"),
        Signature(r"no providers available to validate pod request", proof="states", source="PodSecurityPolicy: no policy that the creator may use, to v1.24"),
        Signature(r"unable to validate against any security context constraint", proof="states", source="openshift apiserver-library-go securitycontextconstraints"),
        Signature(r"[Aa]dmission webhook \\*\"[^\"]+\" denied (?:the )?request", proof="states", source="k8s.io/apiserver admission/plugin/webhook"),
        Signature(r"ValidatingAdmissionPolicy .{0,200}denied request", proof="states", source="k8s.io/apiserver admission/plugin/policy/validating"),
        Signature(r"is forbidden: \[?(maximum|minimum) (cpu|memory|ephemeral-storage|storage) usage per (Container|Pod|PersistentVolumeClaim) is", proof="states", source="plugin/pkg/admission/limitranger"),
        Signature(r"is forbidden: (?:pod\.Spec\.)?SecurityContext\.\w+ is forbidden", proof="states", source="plugin/pkg/admission/securitycontext/scdeny (SecurityContextDeny), to v1.29"),
        Signature(r"would violate PodSecurity", proof="suggests", source="k8s.io/pod-security-admission: a warning on the workload"),
    ),
    leads_to=(Link("pod-not-created", "pod", Text("every create by the controller is refused", "コントローラーによる作成がすべて拒否される"), strength=0.95),),
    asks=(
        Ask("kubectl get events -A --field-selector reason=FailedCreate", Text("the rule and the field that it objects to", "規則名と問題のフィールド"),
            ("admission-webhook-unavailable", "resource-quota-exceeded", "service-account-missing", "pod-spec-invalid", "run-as-non-root-violation"), evidence="events"),
        Ask("kubectl get namespace {namespace} --show-labels", Text("pod-security.kubernetes.io/enforce stricter than the pod", "pod-security.kubernetes.io/enforce が Pod より厳しい"), ()),
    ),
    remedies=(
        Remedy("temporary", Text("change the pod's specification so that it keeps the rule; only if it truly needs more rights, relax the namespace's level", "規則に合うよう Pod の仕様を直す。本当に権限が必要な場合に限り namespace のレベルを緩める"),
               Text("a lower level allows every pod of that namespace more", "レベルを下げると namespace の全 Pod に効く"),
               "kubectl label namespace {namespace} pod-security.kubernetes.io/enforce=baseline --overwrite", "kubectl -n {namespace} get events --field-selector reason=FailedCreate", "disruptive"),
        Remedy("permanent", Text("check manifests against the policy in CI and use warn/audit modes before enforce", "CI でマニフェストをポリシーに照らして検査し、enforce の前に warn / audit を使う"),
               Text("none", "なし"), "", "kubectl apply --dry-run=server -f MANIFEST", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-admission/", "https://kubernetes.io/docs/concepts/policy/limit-range/"),
    examples=(
        hit("k8s-event", 'Error creating: pods "web-5d8f9-x7k2p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false)', reason="FailedCreate"),
        hit("k8s-event", 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: unable to validate against any pod security policy: []', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: no providers available to validate pod request', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: unable to validate against any security context constraint: [provider "restricted-v2": Forbidden]', reason="FailedCreate"),
        hit("k8s-event", 'Error creating: admission webhook "validation.policy.example" denied the request: [required-labels] missing label team', reason="FailedCreate"),
        hit("shell", 'The deployments "web" is invalid: ValidatingAdmissionPolicy \'replicas\' with binding \'replicas-all\' denied request: at most 5 replicas'),
        hit("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: maximum memory usage per Container is 1Gi, but limit is 4Gi', reason="FailedCreate"),
        hit("shell", 'Warning: would violate PodSecurity "restricted:latest": unrestricted capabilities'),
        hit("k8s-event", 'Admission webhook "validation.gatekeeper.sh" denied request: [Namespace:  Kind: Namespace Name: shop] by constraint owner-label you must provide labels: {"owner"}', reason="FailedAdmission"),
        hit("k8s-event", 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: SecurityContext.FSGroup is forbidden', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: Internal error occurred: failed calling webhook "validation.policy.example": context deadline exceeded', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: exceeded quota: compute', reason="FailedCreate"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: error looking up service account shop/web: serviceaccount "web" not found', reason="FailedCreate"),
        near_miss("status", "container has runAsNonRoot and image will run as root", reason="CreateContainerConfigError"),
    ),
)
