"""The environment that is made of all Services is too large for exec."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-env-too-large",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the container's environment or arguments are too large (\"argument list too long\")", "コンテナの環境変数・引数が大きすぎる(\"argument list too long\")"),
    summary=Text(
        "The kernel limits the size of arguments plus environment of a new process. The kubelet adds several variables for every Service of the namespace (enableServiceLinks): with thousands of Services no container of that namespace can start, or scripts in it cannot start programs. A huge variable from a ConfigMap does the same.",
        "カーネルは新しいプロセスの引数と環境変数の合計サイズを制限する。kubelet は名前空間の Service ごとに複数の変数を追加する(enableServiceLinks)ため、Service が数千あるとコンテナを起動できない、または内部のスクリプトがプログラムを起動できない。ConfigMap 由来の巨大な変数でも起きる。",
    ),
    signatures=(
        Signature(r"exec \S+: argument list too long", component="runtime", proof="states", source="runc, Go os/exec: E2BIG"),
        Signature(r"exec (user )?process (caused:?|failed).{0,6}argument list too long", component="runtime", proof="states", source="runc standard_init_linux.go"),
        Signature(r"standard_init_linux\.go:\d+: exec user process caused.{0,6}argument list too long", component="app", proof="states", source="runc standard_init_linux.go"),
        Signature(r"^exec \S+: argument list too long", component="app", proof="states", source="runc 1.1 and later, written by runc init into the container's output"),
        Signature(r": /\S+: Argument list too long", component="app", source="shell: E2BIG"),
        Signature(r"fork/exec [^\s:]+: argument list too long", component="app", source="Go os/exec"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("runc cannot exec the process", "runc がプロセスを exec できない"), strength=0.8),
        Link("crash-loop-back-off", "pod", Text("it fails at each start", "起動のたびに失敗する"), strength=0.8),
        Link("app-error-exit", "pod", Text("a start script that cannot run its program exits", "プログラムを実行できない起動スクリプトが終了する"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} get services --no-headers | wc -l; kubectl -n {namespace} get pod {pod} -o jsonpath='{{.spec.enableServiceLinks}}'", Text("thousands of Services and enableServiceLinks not false", "Service が数千あり、enableServiceLinks が false でない"), ("container-command-not-found", "systemd-unit-leak", "image-arch-mismatch")),
    ),
    remedies=(
        Remedy("temporary", Text("switch the variables off for this workload", "このワークロードで Service の環境変数を無効にする"), Text("programs that read SERVICE_HOST variables must use DNS", "SERVICE_HOST 変数を読むプログラムは DNS を使う必要がある"), "kubectl -n {namespace} patch deployment NAME -p '{{\"spec\":{{\"template\":{{\"spec\":{{\"enableServiceLinks\":false}}}}}}}}'", "kubectl -n {namespace} get pods", "restart"),
        Remedy("permanent", Text("enableServiceLinks: false as the rule, fewer Services in one namespace, large data as files instead of variables", "enableServiceLinks: false を標準にし、1 名前空間の Service 数を減らし、大きなデータは変数ではなくファイルで渡す"), Text("none", "なし"), "", "kubectl -n {namespace} get pods", "none"),
    ),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec /docker-entrypoint.sh: argument list too long: unknown', reason="Failed"),
        hit("dockerd", 'starting container process caused "exec user process caused \\"argument list too long\\""'),
        hit("pod-log", "exec /app/server: argument list too long"),
        hit("pod-log", 'standard_init_linux.go:228: exec user process caused: argument list too long'),
        hit("pod-log", "/start.sh: line 14: /usr/bin/java: Argument list too long"),
        hit("pod-log", "fork/exec /bin/git: argument list too long"),
        near_miss("kubelet", "Output: Failed to start transient scope unit: Argument list too long"),
        near_miss("pod-log", "exec /app/server: no such file or directory"),
        near_miss("pod-log", "exec /app/server: exec format error"),
    ),
    versions="all; enableServiceLinks from Kubernetes 1.13 on",
    references=("https://kubernetes.io/docs/tutorials/services/connect-applications-service/#accessing-the-service", "https://github.com/kubernetes/kubernetes/issues/84539", "https://github.com/kubernetes/kubernetes/issues/92615"),
)
