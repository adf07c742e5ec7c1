"""The address that a program is to listen on is not one of the machine's (or pod's) own."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="listen-address-not-local",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the address that the program listens on does not exist on this machine", "待ち受けアドレスがこのマシンに存在しない"),
    summary=Text(
        "bind() says 'cannot assign requested address': the configured address belongs to no interface. The node got another address (DHCP, a copied disk), its network was not up yet at boot, the address is the outer one of a NAT, or it is another machine's. With etcd or the API server it takes the control plane down after a reboot.",
        "bind() が「cannot assign requested address」で失敗している。設定されたアドレスがどのインターフェースにもない(DHCP やディスク複製でノードのアドレスが変わった、起動時にネットワークが未準備、NAT の外側のアドレス、別マシンのアドレス)。etcd や API サーバーでは再起動後にコントロールプレーンが停止する。",
    ),
    signatures=(
        Signature(r"listen (?:tcp|udp)\S* \d[0-9.]+:\d+: bind: cannot assign requested address", proof="states", source="Go net: EADDRNOTAVAIL"),
        Signature(r"bind\(\) to \d[0-9.]+:\d+ failed \(99: (?:Cannot assign requested address|Address not available)\)", component="app", proof="states", source="nginx"),
        Signature(r"cannot bind socket.{0,40}(?:Cannot assign requested address|Address not available)", component="app", proof="states", source="haproxy src/proto_tcp.c"),
        Signature(r"could not bind IPv4 (?:socket|address \"[0-9.]+\"): Cannot assign requested address", component="app", proof="states", source="PostgreSQL src/backend/libpq/pqcomm.c"),
        Signature(r"error while attempting to bind on address \('\d[0-9.]+', \d+\): (?:\[errno 99\] )?cannot assign requested address", component="app", proof="states", source="CPython asyncio/base_events.py"),
        Signature(r"BindException: Cannot assign requested address", component="app", proof="states", source="java.net"),
        Signature(r"Could not create server TCP listening socket \d[0-9.]+:\d+: bind: Cannot assign requested address", component="app", proof="states", source="redis src/anet.c"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("a server that cannot listen ends", "待ち受けできないサーバーが終了する"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("the address does not come, so each start fails", "アドレスが現れないため起動のたびに失敗する"), strength=0.8),
        Link("app-exits-nonzero", "pod", Text("seen from outside, the application just ends with an error", "外からは、アプリケーションがエラーで終了しているだけに見える"), strength=0.6),
        Link("control-plane-crash-loop", "cluster", Text("etcd and the API server of that node do not start", "そのノードの etcd と API サーバーが起動しない"), strength=0.6),
        Link("apiserver-etcd-unreachable", "cluster", Text("the API server finds no etcd", "API サーバーから etcd に接続できない"), strength=0.6),
    ),
    asks=(
        Ask("ip -brief address; grep -rhoE '(listen|advertise|bind)[-a-z]*=\\S+' /etc/kubernetes/manifests  # on {node}", Text("the address of the line is on no interface", "行にあるアドレスがどのインターフェースにもない"), ("port-already-in-use", "privileged-port-denied", "ipv6-disabled", "ephemeral-port-exhaustion", "etcd-member-mismatch", "app-exits-nonzero")),
    ),
    remedies=(
        Remedy("temporary", Text("give the node its old address back, or let the program listen on 0.0.0.0", "ノードのアドレスを元に戻す、またはプログラムを 0.0.0.0 で待ち受けさせる"), Text("listening on all addresses opens the port to more networks", "全アドレスで待ち受けるとより多くのネットワークに公開される"), "ip address add ADDRESS/PREFIX dev INTERFACE  # on {node}", "ss -ltn  # on {node}", "disruptive"),
        Remedy("permanent", Text("static addresses (or reservations) for control-plane nodes; start after network-online.target; the pod's own address by the downward API", "コントロールプレーンのノードには固定アドレス(または予約)を割り当て、network-online.target の後に起動し、Pod では downward API で自身のアドレスを渡す"), Text("none", "なし"), verify="kubectl get nodes -o wide", risk_level="none"),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man2/bind.2.html", "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-upgrade/"),
    examples=(
        hit("etcd", "listen tcp 10.0.0.9:2380: bind: cannot assign requested address"),
        hit("pod-log", "listen tcp 10.2.0.9:8080: bind: cannot assign requested address"),
        hit("pod-log", "nginx: [emerg] bind() to 10.0.0.9:80 failed (99: Cannot assign requested address)"),
        hit("pod-log", "[ALERT] Starting frontend api: cannot bind socket (Cannot assign requested address) [10.0.0.9:6443]"),
        hit("pod-log", 'LOG:  could not bind IPv4 address "10.0.0.9": Cannot assign requested address'),
        hit("pod-log", "OSError: [Errno 99] error while attempting to bind on address ('10.0.0.9', 8080): cannot assign requested address"),
        hit("pod-log", "java.net.BindException: Cannot assign requested address (Bind failed)"),
        hit("pod-log", "Could not create server TCP listening socket 10.0.0.9:6379: bind: Cannot assign requested address"),
        near_miss("pod-log", "listen tcp [::1]:8080: bind: cannot assign requested address"),
        near_miss("pod-log", "dial tcp 10.96.4.2:5432: connect: cannot assign requested address"),
        near_miss("pod-log", "listen tcp 10.2.0.9:8080: bind: address already in use"),
        near_miss("pod-log", "java.net.ConnectException: Cannot assign requested address"),
    ),
)
