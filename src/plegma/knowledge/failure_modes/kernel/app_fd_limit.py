"""A container's process has reached its limit of open files."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="app-fd-limit",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("the application has reached its limit of open files", "アプリケーションがオープンファイル数の上限に達している"),
    summary=Text(
        "A process in the container got EMFILE: it holds as many descriptors as its nofile limit allows. Either it leaks (connections, files that are never closed), or the limit is low: a runtime whose unit says LimitNOFILE=1024 hands that limit to its containers.",
        "コンテナ内のプロセスが nofile 上限までディスクリプタを保持し、EMFILE を受け取った。接続やファイルの閉じ忘れによるリークか、上限が低い(ランタイムの unit の LimitNOFILE=1024 などがコンテナに引き継がれる)。",
    ),
    signatures=(
        Signature(r"accept4?: too many open files", component="app", proof="states", source="Go net"),
        Signature(r"\bsocket: too many open files", component="app", proof="states", source="Go net"),
        Signature(r"(open|openat|pipe2?|fork/exec|opendir) ?\S*: too many open files\s*($|[\"';,)\\])", component="app", proof="states", source="Go os"),
        Signature(r"\(24: Too many open files\)", component="app", proof="states", source="nginx"),
        Signature(r"\[Errno 24\] Too many open files", component="app", proof="states", source="CPython"),
        Signature(r"\(Too many open files\)", component="app", proof="states", source="OpenJDK FileNotFoundException"),
        Signature(r"java\.(io\.IOException|net\.SocketException): Too many open files", component="app", source="OpenJDK"),
        Signature(r"EMFILE: too many open files, (open|scandir|mkdir|stat|uv_\w+|socket|connect)", component="app", proof="states", source="node.js"),
        Signature(r"Too many open files \(os error 24\)", component="app", source="Rust std"),
        Signature(r"worker_connections? .{0,30}exceed open file resource limit", component="app", proof="suggests", source="nginx"),
    ),
    leads_to=(
        Link("readiness-probe-failing", "pod", Text("the probe's connection is not accepted", "probe の接続が受け付けられない"), strength=0.5),
        Link("probe-failing", "pod", Text("new connections are not accepted", "新しい接続が受け付けられない"), strength=0.6),
        Link("liveness-probe-kill", "pod", Text("the liveness probe kills the container, which hides the leak until the next time", "liveness probe がコンテナを強制終了し、次回までリークが隠れる"), strength=0.4),
        Link("app-error-exit", "pod", Text("the application exits on the error", "エラーによりアプリケーションが終了する"), strength=0.5),
        Link("crash-loop-back-off", "pod", Text("with a limit that is too low it fails at each start", "上限が低すぎると起動のたびに失敗する"), strength=0.3),
        Link("service-unreachable", "cluster", Text("its callers get no connection", "呼び出し側が接続できない"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} exec {pod} -- sh -c 'grep files /proc/1/limits; ls /proc/1/fd | wc -l'", Text("the count near the soft limit; a soft limit of 1024 is the runtime's", "使用数が soft limit に近い。1024 ならランタイムから引き継いだ値"), ("fd-exhaustion", "inotify-limit", "ephemeral-port-exhaustion")),
    ),
    remedies=(
        Remedy("temporary", Text("restart the pod", "Pod を再起動する"), Text("a leak comes back", "リークは再発する"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} logs {pod} --since=10m", "restart"),
        Remedy("permanent", Text("close what is opened (pools, timeouts), raise the soft limit at the application's start (ulimit -n), or LimitNOFILE of the runtime's unit", "閉じ忘れを修正する(プール・タイムアウト)。起動時に soft limit を上げる(ulimit -n)、またはランタイムの unit の LimitNOFILE を上げる"),
               Text("containers must be made anew to get a new limit", "新しい上限はコンテナの再作成後に有効になる"), "systemctl edit containerd  # [Service] LimitNOFILE=1048576", "kubectl -n {namespace} exec {pod} -- grep files /proc/1/limits", "restart"),
    ),
    examples=(
        hit("pod-log", "http: Accept error: accept tcp [::]:8080: accept4: too many open files; retrying in 1s"),
        hit("pod-log", "dial tcp 10.96.4.2:5432: socket: too many open files"),
        hit("pod-log", "open /data/segments/00012.log: too many open files"),
        hit("pod-log", "2024/03/01 10:00:00 [crit] 31#31: accept4() failed (24: Too many open files)"),
        hit("pod-log", "OSError: [Errno 24] Too many open files: '/tmp/x'"),
        hit("pod-log", "java.io.FileNotFoundException: /data/idx/_a.cfs (Too many open files)"),
        hit("pod-log", "java.net.SocketException: Too many open files"),
        hit("pod-log", "Error: EMFILE: too many open files, open '/app/views/a.html'"),
        hit("pod-log", "Os { code: 24, kind: Uncategorized, message: \"Too many open files\" }: Too many open files (os error 24)"),
        hit("pod-log", "[warn] 4096 worker_connections exceed open file resource limit: 1024"),
        near_miss("pod-log", "open /etc/resolv.conf: too many open files in system"),
        near_miss("pod-log", "Error: EMFILE: too many open files, watch '/app'"),
        near_miss("pod-log", "failed to create fsnotify watcher: too many open files"),
        near_miss("kubelet", "http: Accept error: accept tcp [::]:10250: accept4: too many open files; retrying in 1s"),
        near_miss("pod-log", "OSError: [Errno 24] inotify instance limit reached"),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man2/getrlimit.2.html",),
)
