"""The runtime refused to create or to start the container."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-cannot-run",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("the runtime cannot start the container", "ランタイムがコンテナを起動できない"),
    summary=Text(
        "The container was created or started and the OCI runtime answered with an error (exit 128, 127 or 126): its process never ran.",
        "コンテナの作成または起動時に OCI ランタイムがエラーを返した(終了コード 128・127・126)。プロセスは一度も動いていない。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"ContainerCannotRun|RunContainerError|StartError|CreateContainerError|ContainerCannotRun"),
        Signature(r"OCI runtime create failed", component="runtime", source="moby/moby daemon/start.go"),
        Signature(r"oci runtime error: ", component="runtime", source="moby/moby before 17.12"),
        Signature(r"failed to create containerd task: ", component="runtime", source="containerd pkg/cri/server/container_start.go"),
        Signature(r"failed to start container \\*\"", component="runtime", source="containerd pkg/cri; pkg/kubelet/kuberuntime"),
        Signature(r"with (RunContainerError|CreateContainerError): ", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
    ),
    states=(
        StateTest("Pod", {"status": r"(RunContainerError|ContainerCannotRun|StartError|CreateContainerError)$"}),
        StateTest("Container", {"last_reason": r"^(ContainerCannotRun|StartError|RunContainerError)$"}),
        StateTest("Container", {"reason": r"^(RunContainerError|CreateContainerError|StartError|ContainerCannotRun)$"}),
    ),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text("each start fails at once, so the kubelet backs off", "起動のたびに直ちに失敗するため、kubelet がバックオフに入る"), strength=0.9),
        Link("pod-not-ready", "pod", Text("the container never runs, so the pod is never Ready", "コンテナが動かないため Pod は Ready にならない"), strength=0.7),
        Link("container-restarting", "pod", Text("every failed start counts as a restart", "起動失敗のたびに再起動として数えられる"), strength=0.8),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the message of the last state: the runtime's own words", "Last State の Message(ランタイム自身のエラー文)"), evidence="pod-describe"),
    ),
    examples=(
        hit("status", "OCI runtime create failed: container_linux.go:349: starting container process caused \"exec: \\\"serve\\\": executable file not found in $PATH\": unknown", reason="ContainerCannotRun"),
        hit("k8s-event", 'Error: failed to start container "app": Error response from daemon: OCI runtime create failed: runc create failed', reason="Failed"),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"app\\" with RunContainerError: \\"failed to create containerd task: failed to create shim task: OCI runtime create failed"'),
        hit("dockerd", "Handler for POST /v1.24/containers/ab12/start returned error: oci runtime error: exec failed: no such file or directory"),
        near_miss("status", "The container could not be located when the pod was terminated", reason="ContainerStatusUnknown"),
        near_miss("kubelet", 'failed to "StartContainer" for "app" with ImagePullBackOff: "Back-off pulling image"'),
    ),
    state_examples=(
        StateExample("Pod", {"status": "RunContainerError"}, True),
        StateExample("Pod", {"status": "ContainerCreating"}, False),
        StateExample("Container", {"last_reason": "ContainerCannotRun", "last_exit_code": 128}, True),
        StateExample("Container", {"reason": "CreateContainerError"}, True),
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 1}, False),
    ),
    generic=True,
)
