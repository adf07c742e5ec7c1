"""An init container ends with an error again and again, so the pod is never initialised."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="init-container-failure",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("an init container fails", "init コンテナが失敗している"),
    summary=Text(
        "An init container ends with an error (Init:Error, Init:CrashLoopBackOff); the main containers stay in PodInitializing. The pod looks stuck, but its sandbox and node are fine.",
        "init コンテナがエラーで終了している(Init:Error、Init:CrashLoopBackOff)。メインコンテナは PodInitializing のままになる。止まって見えるが、PodSandbox とノードは正常である。",
    ),
    signatures=(
        Signature(r"RunInitContainerError: \\*\"init container .{0,100}exited with [1-9]", component="kubelet", source="pkg/kubelet/dockertools/docker_manager.go, to 1.6"),
        Signature(r"containers with incomplete status: \[", component="kubelet", proof="suggests", source="pkg/kubelet/status/generate.go"),
    ),
    states=(
        StateTest("Pod", {"status": r"^Init:(CrashLoopBackOff|Error|ExitCode:[1-9]\d*|RunContainerError|StartError|OOMKilled|Signal:\d+)$"}),
        StateTest("Container", {"init": r"^true$", "exit_code": r"^[1-9]\d*$", "reason": r"^(Error|ContainerCannotRun|StartError|OOMKilled)$"}),
        StateTest("Container", {"init": r"^true$", "last_exit_code": r"^[1-9]\d*$", "last_reason": r"^(Error|ContainerCannotRun|StartError|OOMKilled)$"}),
        StateTest("Container", {"init": r"^true$", "reason": r"^CrashLoopBackOff$"}),
    ),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text("the failed init container is restarted with a growing back-off", "失敗した init コンテナがバックオフを伸ばしながら再起動される"), strength=0.8),
        Link("pod-stuck-creating", "pod", Text("the main containers wait in PodInitializing", "メインコンテナは PodInitializing で待ち続ける"), strength=0.7),
        Link("pod-not-ready", "pod", Text("a pod that is not initialised is not Ready", "初期化されない Pod は Ready にならない"), strength=0.8),
        Link("app-error-exit", "pod", Text("the init container's process ends with an error", "init コンテナのプロセスがエラーで終了する"), strength=0.8),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} logs {pod} -c INIT_CONTAINER --previous", Text("the last words of the init container", "init コンテナの最後の出力"),
            ("init-container-waiting", "volume-permission-denied", "app-dependency-unreachable", "app-dns-lookup-failure", "image-arch-mismatch"), evidence="pod-log"),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("which init container is Terminated, with which exit code and message", "どの init コンテナがどの終了コード・Message で Terminated か"), ("sandbox-creation-failing",), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("mend what its log names (rights, migration, dependency) and delete the pod to skip the back-off", "ログが示す原因(権限、マイグレーション、依存先)を直し、Pod を削除してバックオフを待たずに再試行する"),
               Text("an init job that is not idempotent may run twice", "冪等でない init 処理は二重実行になることがある"),
               "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("make the init step idempotent, let it say plainly what it lacks (terminationMessagePolicy: FallbackToLogsOnError), and test it with the image", "init 処理を冪等にし、何が足りないかを明示させ(terminationMessagePolicy: FallbackToLogsOnError)、イメージと一緒にテストする"),
               Text("none", "なし"), "", "kubectl -n {namespace} describe pod {pod}", "none"),
    ),
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/",),
    examples=(
        hit("kubelet", 'Error syncing pod, skipping: failed to "InitContainer" for "prepare" with RunInitContainerError: "init container \\"prepare\\" exited with 2"'),
        hit("status", "containers with incomplete status: [migrate]", reason="ContainersNotInitialized"),
        near_miss("status", "containers with unready status: [api]", reason="ContainersNotReady"),
        near_miss("k8s-event", "Started container migrate", reason="Started"),
        near_miss("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Init:CrashLoopBackOff", "ready": 0, "containers": 1}, True),
        StateExample("Pod", {"status": "Init:Error", "ready": 0, "containers": 1}, True),
        StateExample("Pod", {"status": "Init:0/2", "ready": 0, "containers": 1}, False),
        StateExample("Pod", {"status": "Init:ImagePullBackOff", "ready": 0, "containers": 1}, False),
        StateExample("Container", {"init": True, "state": "Terminated", "reason": "Error", "exit_code": 1}, True),
        StateExample("Container", {"init": True, "state": "Waiting", "reason": "CrashLoopBackOff", "last_reason": "Error", "last_exit_code": 2}, True),
        StateExample("Container", {"init": True, "state": "Waiting", "reason": "CrashLoopBackOff"}, True),
        StateExample("Container", {"init": True, "state": "Terminated", "reason": "Completed", "exit_code": 0}, False),
        StateExample("Container", {"init": False, "state": "Terminated", "reason": "Error", "exit_code": 1}, False),
    ),
)
