"""runAsNonRoot is set, but the image runs as root or as a user known only by name."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="run-as-non-root-violation",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("runAsNonRoot forbids the image's user", "runAsNonRoot によりイメージの実行ユーザーが拒否された"),
    summary=Text(
        "The security context demands a user other than root, and the image has no USER, USER root, or a USER by name (the kubelet can only judge a number). The container is not created: CreateContainerConfigError.",
        "securityContext が root 以外を要求しているのに、イメージに USER が無い、USER が root、または USER が名前で書かれている(kubelet は数値でしか判定できない)。コンテナは作成されず CreateContainerConfigError になる。",
    ),
    signatures=(
        Signature(r"container has runAsNonRoot and image will run as root", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot"),
        Signature(r"container has runAsNonRoot and image has non-numeric user", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot"),
        Signature(r"runAsUser breaks non-root policy", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot"),
    ),
    states=(StateTest("Container", {"reason": r"^CreateContainerConfigError$", "message": r"runAsNonRoot|non-root policy"}, proof="states"),),
    leads_to=(
        Link("container-config-error", "pod", Text("the kubelet refuses to build a container that would break the policy", "ポリシーに反するコンテナの作成を kubelet が拒否する"), strength=0.95),
        Link("pod-not-ready", "pod", Text("the container is never created", "コンテナが作成されない"), strength=0.8),
    ),
    asks=(
        Ask("docker image inspect {image} --format '{{.Config.User}}'", Text("empty, root, 0, or a name", "空、root、0、または名前"), ("configmap-or-secret-missing", "admission-policy-denied", "subpath-mount-failure")),
    ),
    remedies=(
        Remedy("temporary", Text("set runAsUser to a number that the image's files allow", "イメージのファイルに合う数値の runAsUser を設定する"),
               Text("files owned by root in the image may then be unreadable", "イメージ内の root 所有ファイルが読めなくなることがある"),
               "kubectl -n {namespace} patch deployment NAME -p '{\"spec\":{\"template\":{\"spec\":{\"securityContext\":{\"runAsUser\":10001}}}}}'", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("build the image with a numeric USER and files owned by it", "イメージを数値の USER で作り、ファイルの所有者も合わせる"), Text("none", "なし"), "", "docker image inspect {image} --format '{{.Config.User}}'", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
    examples=(
        hit("k8s-event", 'Error: container has runAsNonRoot and image will run as root (pod: "api-0_shop(5d2f6c1e)", container: api)', reason="Failed"),
        hit("status", "container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root", reason="CreateContainerConfigError"),
        hit("kubelet", "\"Error syncing pod, skipping\" err=\"failed to \\\"StartContainer\\\" for \\\"api\\\" with CreateContainerConfigError: \\\"container's runAsUser breaks non-root policy (pod: \\\\\\\"api-0_shop(5d2f6c1e)\\\\\\\", container: api)\\\"\""),
        near_miss("status", 'secret "db-login" not found', reason="CreateContainerConfigError"),
        near_miss("k8s-event", 'Error creating: pods "api-" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true (pod or container "api" must set securityContext.runAsNonRoot=true)', reason="FailedCreate"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "reason": "CreateContainerConfigError", "message": "container has runAsNonRoot and image will run as root"}, True),
        StateExample("Container", {"state": "Waiting", "reason": "CreateContainerConfigError", "message": 'secret "db-login" not found'}, False),
    ),
)
