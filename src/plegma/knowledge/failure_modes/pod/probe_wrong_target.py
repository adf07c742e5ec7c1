"""A probe asks a port, path or scheme that the program does not serve."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="probe-wrong-target",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the probe asks the wrong port, path or scheme", "プローブのポート・パス・スキームが誤っている"),
    summary=Text(
        "The program is well, but the probe goes elsewhere: a port name that no container port has, http where the program speaks https (or the reverse), a path that it does not know, or a port on which nothing listens.",
        "プログラムは正常だが、プローブの宛先が違う。containerPort に無いポート名、http と https の取り違え、存在しないパス、何も待ち受けていないポートなど。",
    ),
    signatures=(
        Signature(r"probe errored.{0,60}: strconv\.(Atoi|ParseInt): parsing ", component="kubelet", proof="states", source="pkg/probe/util.go ResolveContainerPort: the port name is not among the container's ports"),
        Signature(r"probe errored.{0,60}: invalid port number: ", component="kubelet", proof="states", source="pkg/probe/util.go"),
        Signature(r"probe failed: .*server gave HTTP response to HTTPS client", component="kubelet", proof="states", source="net/http of Go"),
        Signature(r"probe failed: .*malformed HTTP response \\*\"\\", component="kubelet", proof="states", source="net/http of Go: a TLS answer to plain http"),
        Signature(r"probe failed: HTTP probe failed with statuscode: (404|400|405)", component="kubelet", proof="suggests", source="pkg/probe/http/http.go"),
        Signature(r"probe failed: (Get .{0,200}: )?dial tcp \S+: (connect: |getsockopt: )?connection refused", component="kubelet", proof="suggests", at_least=10, source="pkg/probe/tcp/tcp.go"),
    ),
    leads_to=(
        Link("readiness-probe-failing", "pod", Text("a readiness probe to the wrong place can never succeed", "宛先の誤った readiness プローブは成功しない"), strength=0.8),
        Link("liveness-probe-kill", "pod", Text("a liveness probe to the wrong place makes the kubelet kill a healthy container", "宛先の誤った liveness プローブにより、健全なコンテナが終了させられる"), strength=0.6),
        Link("startup-probe-kill", "pod", Text("a startup probe to the wrong place never lets the container come up", "宛先の誤った startup プローブではコンテナが起動完了と見なされない"), strength=0.4),
        Link("probe-failing", "pod", Text("each failed attempt is an Unhealthy event", "失敗のたびに Unhealthy イベントが出る"), strength=0.9),
    ),
    refutes=(
        Refutation(Text("the pod is being deleted: its program was stopped on purpose", "Pod は削除中であり、プログラムは意図的に停止されている"), state=StateTest("Pod", {"status": r"^Terminating$"}), weight=0.8),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.containers[*].ports} {.spec.containers[*].livenessProbe} {.spec.containers[*].readinessProbe}'",
            Text("the probe's port, path or scheme is not what the program's log says that it serves", "プローブのポート・パス・スキームが、プログラムのログにある待ち受け先と違う"),
            ("readiness-probe-failing", "liveness-probe-kill", "startup-probe-kill")),
        Ask("kubectl -n {namespace} logs {pod} --all-containers", Text("'listening on' another port, or requests of kube-probe answered with 404", "別のポートで listening、または kube-probe への 404 応答"), ("app-dependency-unreachable",), evidence="pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("correct port, path and scheme of the probe", "プローブのポート・パス・スキームを直す"), Text("the pods are replaced", "Pod が入れ替わる"),
               "kubectl -n {namespace} edit deployment NAME", "kubectl -n {namespace} get events --field-selector reason=Unhealthy", "restart"),
        Remedy("permanent", Text("name the container port once and refer to it by name in probes and Services; test the probe's URL in CI", "containerPort に名前を付け、プローブと Service では名前で参照する。プローブの URL を CI で試す"),
               Text("none", "なし"), "", "kubectl -n {namespace} get pods", "none"),
    ),
    references=("https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",),
    examples=(
        hit("k8s-event", 'Readiness probe errored: strconv.Atoi: parsing "web-http": invalid syntax', reason="Unhealthy"),
        hit("k8s-event", 'Liveness probe errored and resulted in unknown state: strconv.Atoi: parsing "web-http": invalid syntax', reason="Unhealthy"),
        hit("k8s-event", "Liveness probe errored: invalid port number: 0", reason="Unhealthy"),
        hit("k8s-event", 'Readiness probe failed: Get "https://10.244.3.8:8080/ready": http: server gave HTTP response to HTTPS client', reason="Unhealthy"),
        hit("k8s-event", 'Readiness probe failed: Get "http://10.244.3.8:8443/ready": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"', reason="Unhealthy"),
        hit("k8s-event", "Liveness probe failed: HTTP probe failed with statuscode: 404", reason="Unhealthy"),
        hit("k8s-event", "Readiness probe failed: dial tcp 10.244.3.8:8081: connect: connection refused", reason="Unhealthy", count=90),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=90),
        near_miss("k8s-event", "Readiness probe failed: dial tcp 10.244.3.8:8080: connect: connection refused", reason="Unhealthy", count=2),
        near_miss("k8s-event", "Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container", reason="Unhealthy"),
        near_miss("k8s-event", 'Readiness probe failed: Get "http://10.244.3.8:8080/ready": context deadline exceeded', reason="Unhealthy"),
    ),
)
