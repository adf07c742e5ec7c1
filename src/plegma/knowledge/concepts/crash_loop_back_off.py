"""The kubelet's growing pause between restarts."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="crash-loop-back-off",
    title=Text("CrashLoopBackOff", "CrashLoopBackOff"),
    what=Text(
        "CrashLoopBackOff is not an error but a waiting state: the container ended, its restart policy says restart, and the kubelet waits before the next start. The wait begins at 10 s, doubles with each restart up to 5 minutes, and starts over once a container has run for 10 minutes. Each container has its own. A Completed container (exit 0) of a pod with restartPolicy Always gets it just the same.\n"
        "While it waits the state is Waiting; why the container ended stands in lastState.terminated: reason, exit code, started and finished times. That, and the log of the previous run, is the evidence.",
        "CrashLoopBackOff はエラーではなく待ち状態である。コンテナが終了し、restartPolicy により再起動すべきだが、kubelet が次の起動を待っている。待ち時間は 10 秒から始まり、再起動のたびに倍になって最大 5 分、コンテナが 10 分動き続けると最初に戻る。コンテナごとに数えられる。restartPolicy: Always なら、正常終了(exit 0、Completed)でも同じ状態になる。\n"
        "待っている間の state は Waiting で、終了した理由は lastState.terminated(reason・exitCode・開始と終了の時刻)にある。これと前回のログが証拠になる。",
    ),
    fails=Text(
        "The state itself says nothing about the cause. Read in this order: exit code and reason of the last run (OOMKilled, Error, Completed, StartError), how long it ran (finished minus started: under a second points to the command or configuration, a constant number of seconds to a timeout or a liveness probe), the log with --previous, then Killing and Unhealthy events. If all containers of the pod restart together the sandbox is being re-made; if many pods of one node do, look at the node.",
        "この状態自体は原因を語らない。読む順序は次のとおり。前回の exitCode と reason(OOMKilled・Error・Completed・StartError)、動いていた時間(終了 − 開始。1 秒未満ならコマンドや設定、毎回同じ秒数ならタイムアウトや liveness プローブを疑う)、--previous のログ、Killing と Unhealthy のイベント。Pod の全コンテナが同時に再起動しているなら sandbox が作り直されており、同じノードの多くの Pod で起きているならノードを調べる。",
    ),
    look=(
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{.status.containerStatuses[*].lastState.terminated}'", Text("reason, exit code, start and end of the last run", "前回の reason・exitCode・開始・終了")),
        Look("kubectl -n {namespace} logs {pod} -c {container} --previous", Text("the last words before it ended", "終了直前の出力")),
        Look("kubectl -n {namespace} describe pod {pod}", Text("Unhealthy and Killing: then the kubelet ended it", "Unhealthy と Killing があれば、kubelet が終わらせている")),
    ),
    numbers=(
        Number(Text("first wait, longest wait", "最初の待ち、最長の待ち"), "10 s, 300 s", "pkg/kubelet/kubelet.go"),
        Number(Text("the longest wait can be set (crashLoopBackOff.maxContainerRestartPeriod, feature gate KubeletCrashLoopBackOffMax, from v1.32)", "最長の待ちの設定範囲(crashLoopBackOff.maxContainerRestartPeriod、feature gate KubeletCrashLoopBackOffMax、v1.32 以降)"), "1–300 s", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("starts over after the container has run for", "待ちが最初に戻るまでの稼働時間"), "10 m", "pkg/kubelet/kubelet.go"),
    ),
    see=("container-states", "exit-codes", "probes", "pod-lifecycle"),
    modes=(
        "crash-loop-back-off", "container-restarting", "app-exits-nonzero", "app-error-exit", "command-completes-in-loop", "app-config-error",
        "app-dependency-unreachable", "app-dns-lookup-failure", "env-var-invalid", "port-already-in-use", "privileged-port-denied",
        "read-only-root-filesystem-write", "app-fd-limit", "dev-shm-too-small", "lifecycle-hook-failure", "ipv6-disabled", "entropy-starvation",
        "vm-max-map-count-low", "hugepages-exhausted", "init-container-failure", "cpu-instruction-missing", "page-size-unsupported", "kernel-too-old",
    ),
    aliases=("back-off", "backoff", "restart back-off"),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy",),
)
