"""A program that is not root may not listen on a port below 1024."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="privileged-port-denied",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the program may not listen on a port below 1024", "1024 未満のポートで待ち受ける権限が無い"),
    summary=Text(
        "The container runs as a user other than root, or without the capability NET_BIND_SERVICE, and the program wants port 80, 443 or the like: bind() says 'permission denied'.",
        "コンテナが root 以外で動く、または NET_BIND_SERVICE ケーパビリティが外されているのに、プログラムが 80 や 443 などを使おうとして bind() が「permission denied」で失敗している。",
    ),
    signatures=(
        Signature(r"listen (tcp|udp)\S* \S*:\d{1,3}: bind: permission denied", component="app", proof="states", source="net package of Go"),
        Signature(r"bind\(\) to \S+:\d{1,3} failed \(13: Permission denied\)", component="app", proof="states", source="nginx"),
        Signature(r"listen EACCES: permission denied", component="app", proof="states", source="node"),
        Signature(r"AH00072: make_sock: could not bind", component="app", source="Apache httpd"),
        Signature(r"SocketException: Permission denied", component="app", source="java.net"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("a server that cannot listen ends", "待ち受けできないサーバーが終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("each start fails at the same bind", "起動のたびに同じ bind で失敗する"), strength=0.85),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.securityContext} {.spec.containers[*].securityContext}'", Text("runAsUser other than 0, or capabilities dropped", "runAsUser が 0 以外、または capabilities が drop されている"), ("port-already-in-use", "volume-permission-denied", "app-exits-nonzero")),
    ),
    remedies=(
        Remedy("temporary", Text("let the program listen on a high port (8080) and map it in the Service, or allow the low port with the safe sysctl net.ipv4.ip_unprivileged_port_start=0", "8080 などの高いポートで待ち受け、Service で対応付ける。または安全な sysctl net.ipv4.ip_unprivileged_port_start=0 を設定する"),
               Text("the pods are replaced; probes and Services must follow the new port", "Pod が入れ替わる。プローブと Service も新ポートに合わせる"), "", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("use the unprivileged variant of the image, or add only NET_BIND_SERVICE", "非特権版のイメージを使う、または NET_BIND_SERVICE だけを追加する"), Text("none", "なし"), "", "kubectl -n {namespace} get pods", "restart"),
    ),
    versions="containerd since 1.6 with enable_unprivileged_ports, docker since 20.10: low ports are allowed in the container",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"),
    examples=(
        hit("pod-log", "listen tcp :80: bind: permission denied"),
        hit("pod-log", "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"),
        hit("pod-log", "Error: listen EACCES: permission denied 0.0.0.0:443"),
        hit("pod-log", "(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80"),
        hit("pod-log", "java.net.SocketException: Permission denied"),
        near_miss("pod-log", "listen tcp :8080: bind: address already in use"),
        near_miss("pod-log", "mkdir: cannot create directory '/data/index': Permission denied"),
        near_miss("pod-log", "open /data/index.db: permission denied"),
    ),
)
