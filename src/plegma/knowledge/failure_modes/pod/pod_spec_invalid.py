"""The API or the kubelet refuses the pod's specification as invalid."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-spec-invalid",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the pod's specification is invalid", "Pod の仕様が不正である"),
    summary=Text(
        "Validation refuses the pod: a wrong field or value, a volumeMount without volume, a security context that contradicts itself, or a sysctl that the node does not allow.",
        "検証で Pod が拒否されている。フィールドや値の誤り、対応するボリュームの無い volumeMount、矛盾した securityContext、ノードが許可しない sysctl など。",
    ),
    signatures=(
        Signature(r"Pod \\*\"[^\"]*\" is invalid: ", proof="states", source="k8s.io/apimachinery errors.NewInvalid"),
        Signature(r"^The [A-Z]\w+ \"[^\"]*\" is invalid: ", component="shell", proof="states", source="kubectl"),
        Signature(r"error validating data: ", component="shell", proof="states", source="kubectl"),
        Signature(r" in version \"[^\"]+\" cannot be handled as a ", component="shell", proof="states", source="k8s.io/apiserver endpoints/handlers/create.go"),
        Signature(r"forbidden sysctl: ", component="kubelet", proof="states", source="pkg/kubelet/sysctl/allowlist.go"),
        Signature(r"", component="kubelet", reason=r"SysctlForbidden", proof="states", source="pkg/kubelet/sysctl/allowlist.go"),
    ),
    leads_to=(
        Link("pod-not-created", "pod", Text("the API refuses the object", "API がオブジェクトを拒否する"), strength=0.8),
        Link("pod-rejected", "pod", Text("the kubelet refuses the pod on the node", "kubelet がノード上で Pod を拒否する"), strength=0.3),
    ),
    asks=(
        Ask("kubectl apply --dry-run=server -f MANIFEST", Text("the path of the field and what is wrong with it", "フィールドのパスと誤りの内容"), ("admission-policy-denied", "resource-quota-exceeded", "env-var-invalid", "app-config-error")),
    ),
    remedies=(
        Remedy("temporary", Text("correct the named field", "指摘されたフィールドを直す"), Text("none", "なし"), "kubectl explain pod.spec", "kubectl -n {namespace} get events --field-selector reason=FailedCreate", "none"),
        Remedy("permanent", Text("validate manifests in CI against the cluster's version (server-side dry run, kubeconform)", "CI でクラスターの版に対してマニフェストを検証する(server-side dry run、kubeconform)"), Text("none", "なし"), "", "kubectl apply --dry-run=server -f MANIFEST", "none"),
    ),
    references=("https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/", "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/"),
    examples=(
        hit("k8s-event", 'Error creating: Pod "web-5d8f9-x7k2p" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "cfg"', reason="FailedCreate"),
        hit("shell", 'The Deployment "web" is invalid: spec.template.spec.containers[0].securityContext: Invalid value: cannot set `allowPrivilegeEscalation` to false and `privileged` to true'),
        hit("shell", 'error: error validating "web.yaml": error validating data: ValidationError(Deployment.spec): unknown field "replica"'),
        hit("shell", 'Error from server (BadRequest): Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'),
        hit("status", 'forbidden sysctl: "net.core.somaxconn" not allowlisted', reason="SysctlForbidden"),
        near_miss("k8s-event", 'Error creating: pods "web-5d8f9-" is forbidden: violates PodSecurity "restricted:latest"', reason="FailedCreate"),
        near_miss("pod-log", "yaml: line 14: did not find expected key"),
        near_miss("kubelet", '"Unable to read config path" err="path does not exist, ignoring" path="/etc/kubernetes/manifests"'),
    ),
)
