"""The container's command is done (exit 0), but its controller wants it to run for ever."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="command-completes-in-loop",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the container's command finishes with success, and is started again for ever", "コンテナのコマンドが正常終了し、そのたびに再起動されている"),
    summary=Text(
        "The command ends with exit 0 (a one-off task, a shell without a terminal, a daemon that goes to the background), but restartPolicy Always of a Deployment, DaemonSet or StatefulSet starts it again: Completed, then CrashLoopBackOff without any error.",
        "コマンドが終了コード 0 で終わる(単発の処理、端末の無いシェル、バックグラウンドへ移るデーモンなど)のに、Deployment・DaemonSet・StatefulSet の restartPolicy: Always により再起動される。エラーが無いまま Completed と CrashLoopBackOff を繰り返す。",
    ),
    states=(
        StateTest("Container", {"last_reason": r"^Completed$", "last_exit_code": r"^0$", "restarts": ">=2", "reason": r"^(CrashLoopBackOff|Completed)$"}),
        StateTest("Container", {"last_reason": r"^Completed$", "last_exit_code": r"^0$", "restarts": ">=3"}, proof="suggests"),
        StateTest("Pod", {"status": r"^Completed$", "restarts": ">=2"}),
    ),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text("any end counts, success as well: the kubelet backs off", "正常終了でも終了として数えられ、kubelet がバックオフに入る"), strength=0.9),
        Link("container-restarting", "pod", Text("each end is followed by a restart", "終了のたびに再起動される"), strength=0.95),
        Link("pod-not-ready", "pod", Text("between two runs the container is not ready", "次の起動までコンテナは Ready でない"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the sandbox was re-created: the program was told to end, and ended well", "PodSandbox が作り直されており、プログラムは終了を指示されて正常終了しただけである"), mode="sandbox-changed-loop", weight=0.6),
        Refutation(Text("a hook failed and the kubelet stopped the container", "フックの失敗により kubelet が停止した"), mode="lifecycle-hook-failure", weight=0.6),
        Refutation(Text("the kubelet stopped it after failed probes", "プローブの失敗により kubelet が停止した"), mode="liveness-probe-kill", weight=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("last state Completed, exit code 0, and no Killing event before", "Last State が Completed・終了コード 0 で、直前に Killing イベントが無い"),
            ("lifecycle-hook-failure", "liveness-probe-kill", "sandbox-changed-loop", "cgroup-driver-mismatch-cgroupv2", "app-exits-nonzero"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.metadata.ownerReferences[*].kind} {.spec.restartPolicy} {.spec.containers[*].command} {.spec.containers[*].args}'", Text("a one-off command under a Deployment with restartPolicy Always", "restartPolicy: Always の Deployment の下で単発コマンドが動いている"), (), evidence="workloads"),
    ),
    remedies=(
        Remedy("temporary", Text("give the container a command that stays in the foreground", "フォアグラウンドで動き続けるコマンドを指定する"), Text("'sleep infinity' only hides the fault", "「sleep infinity」は問題を隠すだけである"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("run one-off work as a Job or CronJob; run daemons in the foreground (nginx -g 'daemon off;')", "単発処理は Job / CronJob にする。デーモンはフォアグラウンドで動かす(nginx -g 'daemon off;' など)"), Text("none", "なし"), "", "kubectl -n {namespace} get jobs", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy", "https://kubernetes.io/docs/concepts/workloads/controllers/job/"),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "reason": "CrashLoopBackOff", "last_reason": "Completed", "last_exit_code": 0, "restarts": 7}, True),
        StateExample("Container", {"state": "Running", "last_reason": "Completed", "last_exit_code": 0, "restarts": 7}, True),
        StateExample("Pod", {"status": "Completed", "ready": 0, "containers": 1, "restarts": 5}, True),
        StateExample("Pod", {"status": "Completed", "ready": 0, "containers": 1, "restarts": 0}, False),
        StateExample("Container", {"state": "Terminated", "reason": "Completed", "exit_code": 0, "restarts": 0}, False),
        StateExample("Container", {"reason": "CrashLoopBackOff", "last_reason": "Error", "last_exit_code": 1, "restarts": 7}, False),
    ),
)
