"""The kubelet kills a container because its startup probe never succeeded in time."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="startup-probe-kill",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the startup probe does not succeed in time and the kubelet kills the container", "startup プローブが時間内に成功せず、kubelet がコンテナを終了させている"),
    summary=Text(
        "failureThreshold times periodSeconds is shorter than the program's start (or the probe asks the wrong port or path), so the kubelet restarts the container before it is ever up.",
        "failureThreshold × periodSeconds がプログラムの起動時間より短い(またはポートやパスが誤っている)ため、起動し終える前に kubelet が再起動してしまう。",
    ),
    signatures=(
        Signature(r"failed startup probe, will be restarted", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions"),
        Signature(r"Startup probe failed", component="kubelet", at_least=10, source="pkg/kubelet/prober/prober.go"),
        Signature(r"Startup probe failed", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go"),
        Signature(r"probeType=\\*\"?Startup\\*\"? .{0,300}probeResult=\\*\"?failure", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go"),
    ),
    leads_to=(
        Link("probe-failing", "pod", Text("each failed attempt is an Unhealthy event", "失敗のたびに Unhealthy イベントが出る"), strength=0.95),
        Link("exit-137", "pod", Text("a container that does not end within the grace period gets SIGKILL", "猶予時間内に終わらないコンテナは SIGKILL される"), within=120, strength=0.6),
        Link("container-restarting", "pod", Text("the kubelet kills and starts the container again", "kubelet がコンテナを終了させ、再び起動する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("killed before each start is done, the container ends up in back-off", "起動完了前に繰り返し終了させられ、バックオフに入る"), strength=0.8),
        Link("pod-not-ready", "pod", Text("readiness is not even probed before the startup probe succeeds", "startup プローブが成功するまで readiness は判定されない"), strength=0.8),
    ),
    refutes=(Refutation(Text("the probe could not be run: the runtime is in trouble", "プローブを実行できていない。ランタイム側の問題である"), pattern=r"Startup probe errored", component="kubelet", weight=0.6),),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("period and failure threshold of the startup probe against the time until the program says that it is up", "startup プローブの period・failure と、プログラムの起動完了までの時間の関係"),
            ("liveness-probe-kill", "probe-wrong-target", "app-dependency-unreachable"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("the program was still starting when it was killed", "終了させられた時点でまだ起動処理中だった"), ("app-exits-nonzero",), evidence="pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("raise the startup probe's failureThreshold so that failureThreshold x periodSeconds covers the slowest start", "最も遅い起動時間を覆うように startupProbe の failureThreshold を大きくする"),
               Text("the pods are replaced; a start that hangs is found later", "Pod が入れ替わる。起動時のハングの検知が遅くなる"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("make the start faster or give it CPU (no tight CPU limit at start), and measure the start-up time", "起動を速くするか CPU を与え(起動時の CPU limit を厳しくしない)、起動時間を計測する"),
               Text("more CPU is reserved", "CPU の確保量が増える"), "", "kubectl -n {namespace} get events --field-selector reason=Unhealthy", "restart"),
    ),
    versions="startup probes: alpha in v1.16, on by default since v1.18",
    references=("https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#startup-probe",),
    examples=(
        hit("k8s-event", "Container indexer failed startup probe, will be restarted", reason="Killing"),
        hit("k8s-event", 'Startup probe failed: Get "http://10.244.3.8:8080/healthz": dial tcp 10.244.3.8:8080: connect: connection refused', reason="Unhealthy", count=30),
        hit("k8s-event", "Startup probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=2),
        hit("kubelet", '"Probe failed" probeType="Startup" pod="shop/indexer-0" podUID="5d2f6c1e" containerName="indexer" probeResult="failure" output="HTTP probe failed with statuscode: 503"'),
        near_miss("k8s-event", "Container web failed liveness probe, will be restarted", reason="Killing"),
        near_miss("k8s-event", "Startup probe errored: rpc error: code = Unknown desc = failed to exec in container", reason="Unhealthy", count=12),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=30),
    ),
)
