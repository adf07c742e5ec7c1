"""The kubelet kills a container because its liveness probe fails."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="liveness-probe-kill",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the liveness probe fails and the kubelet kills the container", "liveness プローブの失敗により kubelet がコンテナを終了させている"),
    summary=Text(
        "The program starts or answers more slowly than the liveness probe allows (or the node is too busy to run the probe), so the kubelet restarts a container that may be healthy: last state Error, exit 137 or 143. An exec probe that timed out has an empty message.",
        "プログラムの起動や応答が liveness プローブの許容より遅い(またはノードが過負荷でプローブを実行できない)ため、kubelet が健全かもしれないコンテナを再起動する(Last State は Error、終了コード 137 または 143)。タイムアウトした exec プローブでは文面が空になる。",
    ),
    signatures=(
        Signature(r"failed liveness probe", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions"),
        Signature(r"is unhealthy, it will be killed and re-created", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go, to 1.12"),
        Signature(r"Liveness probe failed", component="kubelet", at_least=3, source="pkg/kubelet/prober/prober.go"),
        Signature(r"Liveness probe failed", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go"),
        Signature(r"Liveness probe for .{0,200} failed \((failure|timeout)\)", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go, to 1.20"),
        Signature(r"probeType=\\*\"?Liveness\\*\"? .{0,300}probeResult=\\*\"?failure", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go, since 1.20"),
    ),
    leads_to=(
        Link("probe-failing", "pod", Text("each failed attempt is an Unhealthy event", "失敗のたびに Unhealthy イベントが出る"), strength=0.95),
        Link("exit-137", "pod", Text("a container that does not end within the grace period gets SIGKILL", "猶予時間内に終わらないコンテナは SIGKILL される"), within=120, strength=0.6),
        Link("container-restarting", "pod", Text("the kubelet kills and starts the container again", "kubelet がコンテナを終了させ、再び起動する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("killed soon after each start, the container ends up in back-off", "起動直後に繰り返し終了させられ、バックオフに入る"), strength=0.7),
        Link("app-error-exit", "pod", Text("the program ends on SIGTERM with 143 or a code of its own", "プログラムが SIGTERM を受けて 143 などで終了する"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the pod is being deleted: its program was stopped on purpose", "Pod は削除中であり、プログラムは意図的に停止されている"), state=StateTest("Pod", {"status": r"^Terminating$"}), weight=0.8),
        Refutation(Text("the probe did not fail but could not be run: the runtime is in trouble, not the program", "プローブは失敗したのではなく実行できなかった。問題はプログラムではなくランタイムにある"), pattern=r"Liveness probe errored", component="kubelet", weight=0.6),
        Refutation(Text("the container was killed for its memory", "コンテナはメモリ超過で終了させられた"), mode="app-oomkilled", weight=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the probe's delay, timeout and threshold against the start-up time, and Killing events after Unhealthy ones", "プローブの delay・timeout・threshold と起動時間の関係、Unhealthy の後の Killing イベント"),
            ("app-oomkilled", "startup-probe-kill", "probe-wrong-target", "readiness-probe-failing", "grace-period-too-short"), evidence="pod-describe"),
        Ask("kubectl get events -A --field-selector reason=Unhealthy --sort-by=.lastTimestamp", Text("only this workload fails; if all pods of one node fail, look at the node", "このワークロードだけが失敗している。1 ノードの全 Pod ならノードを調べる"),
            ("node-memory-starvation", "disk-io-saturation", "conntrack-table-full", "kernel-bpf-jit-limit", "pid-exhaustion"), evidence="events"),
    ),
    remedies=(
        Remedy("temporary", Text("give the probe more time: larger timeoutSeconds and failureThreshold", "プローブの timeoutSeconds と failureThreshold を大きくする"),
               Text("the pods are replaced; a program that really hangs is found later", "Pod が入れ替わる。本当のハングの検知が遅くなる"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get events --field-selector reason=Killing", "restart"),
        Remedy("permanent", Text("add a startupProbe for slow starts, probe only the process itself (no dependencies), set CPU requests so that it is not starved", "起動が遅い場合は startupProbe を追加する。依存先ではなく自プロセスだけを調べ、CPU requests を設定して CPU 不足を防ぐ"),
               Text("the pods are replaced", "Pod が入れ替わる"), "", "kubectl -n {namespace} get pods -w", "restart"),
    ),
    versions="exec probes ignored timeoutSeconds up to v1.19 with dockershim (ExecProbeTimeout)",
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",),
    examples=(
        hit("k8s-event", "Container web failed liveness probe, will be restarted", reason="Killing"),
        hit("k8s-event", "Killing container with id docker://web:Container failed liveness probe.. Container will be killed and recreated.", reason="Killing"),
        hit("k8s-event", 'Killing container with id docker://web:pod "web-1_shop(5d2f6c1e)" container "web" is unhealthy, it will be killed and re-created.', reason="Killing"),
        hit("kubelet", '"Message for Container of pod" containerName="web" containerStatusID={"Type":"containerd","ID":"4b0c"} pod="shop/web-1" containerMessage="Container web failed liveness probe, will be restarted"'),
        hit("k8s-event", "Liveness probe failed: HTTP probe failed with statuscode: 500", reason="Unhealthy", count=6),
        hit("k8s-event", "Liveness probe failed: ", reason="Unhealthy"),
        hit("kubelet", 'Liveness probe for "web-1_shop(5d2f6c1e):web" failed (failure): HTTP probe failed with statuscode: 500'),
        hit("kubelet", '"Probe failed" probeType="Liveness" pod="shop/web-1" podUID="5d2f6c1e" containerName="web" probeResult="failure" output="command timed out"'),
        near_miss("k8s-event", 'Liveness probe errored: rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded: context deadline exceeded', reason="Unhealthy"),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 500", reason="Unhealthy", count=8),
        near_miss("k8s-event", "Container web failed startup probe, will be restarted", reason="Killing"),
        near_miss("k8s-event", "Stopping container web", reason="Killing"),
        near_miss("status", "", reason="OOMKilled"),
    ),
)
