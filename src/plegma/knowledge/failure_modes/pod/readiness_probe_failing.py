"""The container runs, but its readiness probe does not succeed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="readiness-probe-failing",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the readiness probe fails for good", "readiness プローブが失敗し続けている"),
    summary=Text(
        "The container runs and is not restarted, but what the readiness probe asks does not answer well: wrong port or path, a dependency that is down, an endpoint that only the leader serves. The pod stays 0/1 and gets no traffic.",
        "コンテナは動いており再起動もされないが、readiness プローブの問い合わせ先が正しく応答しない(ポートやパスの誤り、依存先の停止、リーダーしか応答しないエンドポイントなど)。Pod は 0/1 のままでトラフィックが届かない。",
    ),
    signatures=(
        Signature(r"Readiness probe failed", component="kubelet", at_least=10, source="pkg/kubelet/prober/prober.go"),
        Signature(r"Readiness probe failed", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go"),
        Signature(r"Readiness probe failed: .{0,200}(connection refused|statuscode: \d)", component="kubelet", proof="suggests", source="pkg/probe/http, pkg/probe/tcp: the pod answers, and says no"),
        Signature(r"[Rr]eadiness probe for .{0,200} failed \((failure|timeout)\)", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go, to 1.20"),
        Signature(r"probeType=\\*\"?Readiness\\*\"? .{0,300}probeResult=\\*\"?failure", component="kubelet", proof="suggests", source="pkg/kubelet/prober/prober.go, since 1.20"),
    ),
    states=(StateTest("Pod", {"status": r"^Running$", "unready": ">=1", "restarts": "<=0", "age": ">=300"}, proof="suggests"),),
    leads_to=(
        Link("probe-failing", "pod", Text("each failed attempt is an Unhealthy event", "失敗のたびに Unhealthy イベントが出る"), strength=0.95),
        Link("pod-not-ready", "pod", Text("while the probe fails the pod is not Ready", "プローブが失敗している間、Pod は Ready にならない"), strength=0.95),
        Link("service-unreachable", "cluster", Text("a service all of whose pods are unready has no endpoints", "全 Pod が Ready でない Service には Endpoint が無い"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the pod is being deleted: its program was stopped on purpose", "Pod は削除中であり、プログラムは意図的に停止されている"), state=StateTest("Pod", {"status": r"^Terminating$"}), weight=0.8),
        Refutation(Text("the container is killed and restarted: then the liveness or startup probe decides", "コンテナが再起動されている。その場合は liveness / startup プローブが原因である"), mode="liveness-probe-kill", weight=0.4),
        Refutation(Text("the probe could not be run: the runtime is in trouble", "プローブを実行できていない。ランタイム側の問題である"), pattern=r"Readiness probe errored", component="kubelet", weight=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("Running, Ready False, restart count 0, and Unhealthy events that go on", "Running・Ready False・再起動 0 で Unhealthy イベントが続いている"),
            ("liveness-probe-kill", "startup-probe-kill", "probe-wrong-target", "app-dependency-unreachable"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} exec {pod} -- wget -qO- http://127.0.0.1:PORT/PATH", Text("the program itself answers with an error, or listens on another port", "プログラム自身がエラーを返すか、別のポートで待ち受けている"), ("service-vip-unreachable", "conntrack-table-full")),
    ),
    remedies=(
        Remedy("temporary", Text("mend what the probe finds (dependency, port, path), or correct the probe", "プローブが示す問題(依存先・ポート・パス)を直す、またはプローブを修正する"),
               Text("the pods are replaced; without a probe traffic goes to pods that cannot serve", "Pod が入れ替わる。プローブを外すと応答できない Pod にトラフィックが届く"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get endpointslices", "restart"),
        Remedy("permanent", Text("probe an endpoint that this replica really serves, without asking shared dependencies", "この Pod 自身が応答するエンドポイントを、共有の依存先を含めずに調べる"),
               Text("none", "なし"), "", "kubectl -n {namespace} get pods", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe",),
    examples=(
        hit("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=240),
        hit("k8s-event", 'Readiness probe failed: Get "http://10.244.3.8:8080/ready": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', reason="Unhealthy"),
        hit("kubelet", 'Readiness probe for "web-1_shop(5d2f6c1e):web" failed (failure): dial tcp 10.244.3.8:8080: connect: connection refused'),
        hit("kubelet", '"Probe failed" probeType="Readiness" pod="shop/web-1" podUID="5d2f6c1e" containerName="web" probeResult="failure" output="HTTP probe failed with statuscode: 503"'),
        near_miss("k8s-event", "Readiness probe errored: rpc error: code = Unknown desc = failed to exec in container: errno 524", reason="Unhealthy", count=40),
        near_miss("k8s-event", "Liveness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=12),
        near_miss("k8s-event", "Container web failed liveness probe, will be restarted", reason="Killing"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Running", "ready": 0, "containers": 1, "unready": 1, "restarts": 0, "age": 1800.0}, True),
        StateExample("Pod", {"status": "Running", "ready": 0, "containers": 1, "unready": 1, "restarts": 0, "age": 12.0}, False),
        StateExample("Pod", {"status": "Running", "ready": 0, "containers": 1, "unready": 1, "restarts": 14, "age": 1800.0}, False),
        StateExample("Pod", {"status": "Running", "ready": 1, "containers": 1, "unready": 0, "restarts": 0, "age": 1800.0}, False),
    ),
)
