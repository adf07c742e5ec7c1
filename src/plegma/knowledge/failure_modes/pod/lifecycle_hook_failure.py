"""A postStart or preStop hook fails or does not end."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="lifecycle-hook-failure",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a lifecycle hook (postStart / preStop) fails", "ライフサイクルフック(postStart / preStop)が失敗している"),
    summary=Text(
        "A postStart hook that fails makes the kubelet kill a container that was running well (last state may even be Completed, exit 0). A preStop hook that hangs keeps the pod Terminating for the whole grace period; one that ends with 137 because the main process ended first is harmless.",
        "postStart フックが失敗すると、正常に動いていたコンテナを kubelet が終了させる(Last State が Completed・終了コード 0 のこともある)。preStop フックがハングすると猶予時間いっぱい Terminating が続く。メインプロセスが先に終了したために 137 で終わる preStop は無害である。",
    ),
    signatures=(
        Signature(r"", component="kubelet", reason=r"PostStartHookError|FailedPostStartHook", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer"),
        Signature(r"PostStartHookError: ", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"Failed to execute PostStartHook", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"^FailedPostStartHook", component="kubelet", reason=r"Killing", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"^FailedPostStartHook\s+\S", component="kubelet", proof="states", source="the event's reason and message, pasted without the other columns"),
        Signature(r"FailedPostStartHook\W.{0,80}lifecycle hook ", component="kubelet", proof="states", source="the event's reason before its message, in whatever columns"),
        Signature(r"PostStart handler: ", component="kubelet", proof="states", source="pkg/kubelet/dockertools/docker_manager.go, to 1.6"),
        Signature(r"", component="kubelet", reason=r"FailedPreStopHook", proof="suggests", source="pkg/kubelet/kuberuntime/kuberuntime_container.go executePreStopHook"),
        Signature(r"lifecycle hook .* failed - error: (command )?.{0,300}exited with (12[67]|[1-9]|[1-9]\d): ", component="kubelet", source="pkg/kubelet/lifecycle/handlers.go"),
        Signature(r"lifecycle hook .* failed - error: .*connection refused", component="kubelet", source="pkg/kubelet/lifecycle/handlers.go"),
        Signature(r"PreStop hook not completed in grace period", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"preStop hook for container .* did not complete in", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_container.go, to 1.19"),
    ),
    states=(
        StateTest("Container", {"reason": r"^PostStartHookError"}, proof="states"),
        StateTest("Pod", {"status": r"^PostStartHookError"}, proof="states"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("kubelets to 1.6 said RunContainerError when the postStart hook failed", "1.6 までの kubelet は postStart フックの失敗を RunContainerError と報告した"), strength=0.2),
        Link("crash-loop-back-off", "pod", Text("the kubelet kills the container after each failed postStart hook", "postStart フックの失敗のたびに kubelet がコンテナを終了させる"), strength=0.7),
        Link("container-restarting", "pod", Text("the container is killed and started again", "コンテナが終了・再起動される"), strength=0.7),
        Link("pod-not-ready", "pod", Text("until the hook has ended the container is not Running", "フックが終わるまでコンテナは Running にならない"), strength=0.6),
        Link("pod-stuck-terminating", "pod", Text("a preStop hook that hangs uses up the grace period", "ハングした preStop フックが猶予時間を使い切る"), strength=0.5),
        Link("exit-137", "pod", Text("after the grace period the container gets SIGKILL", "猶予時間の後、コンテナは SIGKILL される"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("FailedPostStartHook or FailedPreStopHook with the hook's command and exit code", "フックのコマンドと終了コードを含む FailedPostStartHook / FailedPreStopHook"),
            ("app-exits-nonzero", "command-completes-in-loop", "grace-period-too-short", "sandbox-kill-failing", "container-command-not-found"), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("correct or remove the hook", "フックを直すか外す"), Text("the pods are replaced; what the hook did (registration, draining) does not happen", "Pod が入れ替わる。フックが行っていた処理(登録・ドレインなど)は行われない"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get events --field-selector reason=FailedPostStartHook", "restart"),
        Remedy("permanent", Text("move start work into the entrypoint or an init container; give preStop a command that the image has and that ends well within terminationGracePeriodSeconds", "起動時の処理は entrypoint か init コンテナへ移す。preStop はイメージにあるコマンドで、terminationGracePeriodSeconds より十分短く終わるものにする"),
               Text("none", "なし"), "", "kubectl -n {namespace} get pods", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",),
    examples=(
        hit("k8s-event", 'Exec lifecycle hook ([/bin/sh -c register.sh]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/bin/sh -c register.sh\' exited with 1: , message: ""', reason="FailedPostStartHook"),
        hit("status", "command '/bin/sh -c register.sh' exited with 126: ", reason="PostStartHookError"),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"web\\" with PostStartHookError: \\"Exec lifecycle hook ([/bin/sh -c register.sh])'),
        hit("kubelet", '"Failed to execute PostStartHook" err="command \'/bin/sh -c register.sh\' exited with 1" pod="shop/web-1" containerName="web"'),
        hit("k8s-event", "FailedPostStartHook", reason="Killing"),
        hit("", 'FailedPostStartHook   Exec lifecycle hook ([/bin/sh -c register.sh]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/bin/sh -c register.sh\' exited with 137: , message: ""'),
        hit("", 'Warning | FailedPostStartHook | 4s | kubelet | Exec lifecycle hook ([/register]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/register\' exited with 1: , message: ""'),
        hit("kubelet", 'Error syncing pod, skipping: failed to "StartContainer" for "web" with RunContainerError: "PostStart handler: Error executing in Docker Container: 1"'),
        hit("k8s-event", "PreStopHook failed", reason="FailedPreStopHook"),
        hit("kubelet", 'Exec lifecycle hook ([/drain]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/drain\' exited with 127: , message: ""'),
        hit("kubelet", 'HTTP lifecycle hook (/quit) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: Get "http://10.244.3.8:9000/quit": dial tcp 10.244.3.8:9000: connect: connection refused, message: ""'),
        hit("kubelet", '"PreStop hook not completed in grace period" pod="shop/web-1" podUID="5d2f6c1e" containerName="web" containerID="containerd://4b0c" gracePeriod=30'),
        hit("kubelet", 'preStop hook for container "web" did not complete in 30 seconds'),
        near_miss("kubelet", 'Exec lifecycle hook ([/bin/sleep 20]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/bin/sleep 20\' exited with 137: , message: ""'),
        near_miss("k8s-event", "Container web failed liveness probe, will be restarted", reason="Killing"),
        near_miss("", 'Warning | FailedPreStopHook | 4s | kubelet | Exec lifecycle hook ([/drain]) for Container "web" in Pod "web-1_shop(5d2f6c1e)" failed - error: command \'/drain\' exited with 137: , message: ""'),
        near_miss("k8s-event", "Stopping container web", reason="Killing"),
        near_miss("k8s-event", "Back-off restarting failed container", reason="BackOff"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "reason": "PostStartHookError"}, True),
        StateExample("Pod", {"status": "PostStartHookError: command '/bin/sh -c register.sh' exited with 1"}, True),
        StateExample("Container", {"state": "Waiting", "reason": "CrashLoopBackOff"}, False),
        StateExample("Pod", {"status": "CrashLoopBackOff"}, False),
    ),
)
