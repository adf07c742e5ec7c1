"""The kubelet cannot put together the container's configuration."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-config-error",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("container configuration cannot be built (CreateContainerConfigError)", "コンテナの設定を組み立てられない(CreateContainerConfigError)"),
    summary=Text(
        "Something that the container's environment, security context or volumes refer to is absent or wrong; the kubelet tries again every few seconds.",
        "コンテナの環境変数・securityContext・ボリュームが参照するものが存在しないか不正である。kubelet は数秒ごとに再試行する。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"CreateContainerConfigError"),
        Signature(r"with CreateContainerConfigError: ", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
    ),
    states=(StateTest("Pod", {"status": r"CreateContainerConfigError"}), StateTest("Container", {"reason": r"^CreateContainerConfigError$"})),
    leads_to=(Link("pod-not-ready", "pod", Text("the container is never created", "コンテナが作成されない"), strength=0.8),),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("which object or key is named in the Failed event", "Failed イベントに出るオブジェクト名・キー名"), evidence="pod-describe"),),
    examples=(
        hit("status", 'secret "db-login" not found', reason="CreateContainerConfigError"),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"api\\" with CreateContainerConfigError: \\"configmap \\\\\\"api-env\\\\\\" not found\\""'),
        near_miss("status", "failed to reserve container name", reason="CreateContainerError"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "CreateContainerConfigError"}, True),
        StateExample("Pod", {"status": "CreateContainerError"}, False),
        StateExample("Container", {"reason": "CreateContainerConfigError"}, True),
    ),
    generic=True,
)
