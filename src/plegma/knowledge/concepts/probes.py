"""How the kubelet asks a container whether it is well."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="probes",
    title=Text("probes (startup, liveness, readiness)", "プローブ(startup・liveness・readiness)"),
    what=Text(
        "The kubelet itself runs the probes, from the node: an HTTP request or TCP connection to the pod's IP, a gRPC health call, or a command inside the container. startup holds the other two back until it has succeeded once; its failure kills the container. liveness kills and restarts. readiness only takes the pod out of its Services' endpoints. After the failure threshold liveness and startup give the events Unhealthy and Killing.",
        "プローブはノード上の kubelet が実行する。Pod の IP への HTTP か TCP、gRPC のヘルスチェック、コンテナ内でのコマンドのいずれかである。startup は一度成功するまで他の 2 つを止め、失敗すればコンテナを終わらせる。liveness の失敗は終了と再起動、readiness の失敗は Service の Endpoint から外すだけである。failureThreshold に達すると liveness と startup は Unhealthy と Killing を出す。",
    ),
    fails=Text(
        "'Liveness probe failed: ...' is the application's answer or its silence: wrong port or path, slow start, a timeout of 1 s, a check that depends on something else. 'probe errored: rpc error ...' is not: there the command could not even be run, by a fault of the runtime, a process limit or seccomp. Probes of many pods on one node that time out together mean the node: CPU, disk, conntrack, CNI. An overloaded application that is killed by its liveness probe only gets slower.",
        "「Liveness probe failed: ...」はアプリケーションの応答か沈黙である。ポートやパスの誤り、遅い起動、1 秒のタイムアウト、他サービスに依存した確認が原因になる。「probe errored: rpc error ...」は別で、コマンドを実行することすらできていない(ランタイムの異常、プロセス数の上限、seccomp)。1 台のノードで多くの Pod のプローブが同時にタイムアウトするなら、ノード(CPU・ディスク・conntrack・CNI)を疑う。過負荷のアプリケーションを liveness で再起動しても、さらに遅くなるだけである。",
    ),
    look=(
        Look("kubectl -n {namespace} describe pod {pod}", Text("the probes with all defaults, and Unhealthy with its count", "既定値込みのプローブ設定と、Unhealthy の回数")),
        Look("kubectl -n {namespace} exec {pod} -c {container} -- wget -qO- http://127.0.0.1:PORT/PATH", Text("the same question from inside", "同じ問い合わせをコンテナ内から行う")),
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/metrics/probes", Text("successes and failures by probe", "プローブごとの成功・失敗の数")),
    ),
    numbers=(
        Number(Text("periodSeconds, timeoutSeconds, failureThreshold, successThreshold, initialDelaySeconds", "periodSeconds、timeoutSeconds、failureThreshold、successThreshold、initialDelaySeconds"), "10 s, 1 s, 3, 1, 0 s", "pkg/apis/core/v1/defaults.go"),
        Number(Text("from a failing liveness probe to SIGKILL by default", "liveness の失敗から SIGKILL まで(既定値)"), "20–30 s + 30 s", "pkg/apis/core/v1/defaults.go"),
        Number(Text("timeout of an exec probe is enforced from", "exec プローブのタイムアウトが有効になった版"), "v1.20", "keps/sig-node/1972-kubelet-exec-probe-timeouts (kubernetes/enhancements)"),
    ),
    see=("crash-loop-back-off", "container-states", "shim", "kube-proxy"),
    modes=("probe-failing", "liveness-probe-kill", "startup-probe-kill", "readiness-probe-failing", "probe-wrong-target", "pod-not-ready", "node-cpu-starvation"),
    aliases=("probe", "liveness", "readiness", "startup probe", "livenessProbe", "readinessProbe"),
    references=("https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",),
)
