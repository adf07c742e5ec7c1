"""The program cannot listen because its port is taken."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="port-already-in-use",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the port that the program listens on is already in use", "プログラムが待ち受けるポートが既に使われている"),
    summary=Text(
        "bind() says 'address already in use': two containers of one pod share the network and want the same port, a hostNetwork pod meets a program of the node (or another pod), or an old process did not end.",
        "bind() が「address already in use」で失敗している。同じ Pod の 2 つのコンテナが同じポートを使う、hostNetwork の Pod がノードのプログラム(または別の Pod)と衝突する、古いプロセスが残っている、などが原因。",
    ),
    signatures=(
        Signature(r"bind: address already in use", component="app", proof="states", source="net package of Go"),
        Signature(r"failed to create listener: failed to listen on \S+: listen tcp\S* \S+: bind: address already in use", proof="states", source="k8s.io/apiserver pkg/server/options/serving.go: API server, controller manager, scheduler"),
        Signature(r"listen tcp\S* \S*:(?:6443|2379|2380|10257|10259|10251|10252): bind: address already in use", proof="states", source="the same, and etcd: ports of the control plane"),
        Signature(r"EADDRINUSE", component="app", proof="states", source="node"),
        Signature(r"\[Errno 98\] (Address already in use|error while attempting to bind)", component="app", proof="states", source="CPython"),
        Signature(r"BindException: Address already in use", component="app", proof="states", source="java.net"),
        Signature(r"bind\(\) to \S+ failed \(98: Address (already )?in use\)", component="app", proof="states", source="nginx"),
        Signature(r"[Aa]ddress already in use", component="app", source="strerror(EADDRINUSE)"),
        Signature(r"Bind for \S+ failed: port is already allocated", component="runtime", proof="states", source="moby/moby libnetwork portallocator"),
        Signature(r"Web server failed to start\. Port \d+ was already in use", component="app", proof="states", source="Spring Boot"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("a server that cannot listen ends", "待ち受けできないサーバーが終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("the port stays taken, so each start fails", "ポートが空かないため起動のたびに失敗する"), strength=0.8),
        Link("control-plane-crash-loop", "cluster", Text("a second copy of a static pod, or an old process, holds the control plane's port", "static Pod の二重起動や古いプロセスがコントロールプレーンのポートを占有している"), strength=0.7),
        Link("container-cannot-run", "pod", Text("docker cannot publish the host port", "docker がホストポートを公開できない"), strength=0.2),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
    ),
    asks=(
        Ask("ss -ltnp | grep :PORT  # on {node}, or in the pod's network namespace", Text("another process listens on the port", "別のプロセスがそのポートで待ち受けている"), ("host-port-conflict", "privileged-port-denied", "app-exits-nonzero", "kube-router-failing", "nodelocal-dns-down")),
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.hostNetwork} {.spec.containers[*].ports}'", Text("hostNetwork: true, or two containers with one port", "hostNetwork: true、または同じポートのコンテナが 2 つある"), ("host-port-conflict",)),
    ),
    remedies=(
        Remedy("temporary", Text("change the port of one of the two, or end the process that holds it", "どちらかのポートを変える、または占有しているプロセスを終了する"),
               Text("ending a process of the node may stop a service that is needed", "ノードのプロセスを終了すると必要なサービスが止まることがある"), "", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("avoid hostNetwork and hostPort; declare hostPort where it is needed so that the scheduler keeps two such pods apart; use maxSurge: 0 for hostNetwork Deployments", "hostNetwork / hostPort を避ける。必要なら hostPort を宣言してスケジューラーに同居を避けさせ、hostNetwork の Deployment では maxSurge: 0 とする"),
               Text("maxSurge 0 means fewer replicas during a roll-out", "maxSurge: 0 では展開中にレプリカが減る"), "", "kubectl -n {namespace} rollout status deployment/NAME", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/configuration/overview/",),
    examples=(
        hit("pod-log", "listen tcp :8080: bind: address already in use"),
        hit("kube-apiserver", "Error: failed to create listener: failed to listen on 0.0.0.0:8443: listen tcp 0.0.0.0:8443: bind: address already in use"),
        hit("etcd", "listen tcp 10.0.0.9:2380: bind: address already in use"),
        hit("", "the scheduler says: listen tcp 127.0.0.1:10259: bind: address already in use"),
        hit("pod-log", "Error: listen EADDRINUSE: address already in use :::3000"),
        hit("pod-log", "OSError: [Errno 98] Address already in use"),
        hit("pod-log", "java.net.BindException: Address already in use"),
        hit("pod-log", "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)"),
        hit("pod-log", "Could not create server TCP listening socket *:6379: bind: Address already in use"),
        hit("k8s-event", 'Error: failed to start container "web": Error response from daemon: driver failed programming external connectivity on endpoint k8s_POD_web: Bind for 0.0.0.0:80 failed: port is already allocated', reason="Failed"),
        hit("pod-log", "Web server failed to start. Port 8080 was already in use."),
        near_miss("pod-log", "listen tcp :80: bind: permission denied"),
        near_miss("kubelet", "listen tcp 127.0.0.1:10248: bind: address already in use"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.", reason="FailedScheduling"),
        near_miss("pod-log", "listen tcp 10.0.0.9:8080: bind: cannot assign requested address"),
    ),
)
