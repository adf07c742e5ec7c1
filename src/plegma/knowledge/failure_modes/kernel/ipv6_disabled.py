"""A program listens on or connects to IPv6, which the node or pod does not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ipv6-disabled",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("the program wants IPv6, which is off on the node", "プログラムが IPv6 を使おうとするが、ノードでは無効になっている"),
    summary=Text(
        "The kernel was booted with ipv6.disable=1 (no IPv6 sockets at all) or IPv6 is off by sysctl (no ::1 address). Programs whose configuration listens on [::], or that resolve localhost to ::1, fail at start or in their probes.",
        "カーネルが ipv6.disable=1 で起動している(IPv6 ソケット自体がない)、または sysctl で無効(::1 がない)。[::] で待ち受ける設定のプログラムや、localhost を ::1 に解決するプログラムが起動時や probe で失敗する。",
    ),
    signatures=(
        Signature(r"\(97: (Address family not supported by protocol|Unknown error)\)", component="app", proof="states", source="nginx: EAFNOSUPPORT"),
        Signature(r"socket: address family not supported by protocol", proof="shows", source="Go net"),
        Signature(r"listen tcp6? \[\S*\]:\d+: socket: address family not supported", proof="states", source="Go net"),
        Signature(r"Address family not supported by protocol", component="app", proof="suggests", source="strerror(EAFNOSUPPORT)"),
        Signature(r"dial tcp \[::1\]:\d+: connect: cannot assign requested address", proof="shows", source="Go net: no ::1 on lo"),
        Signature(r"(?:could not add IP address|failed to add (?:IP|IPv6|host) addr\w*)\b.{0,160}: permission denied", component="cni", proof="states", source="containernetworking/plugins bridge.go and ipam_linux.go, ovn-kubernetes; net/ipv6/addrconf.c answers EACCES where disable_ipv6 is set"),
        Signature(r"listen EAFNOSUPPORT", component="app", proof="states", source="node.js"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program cannot open its listening socket", "待ち受けソケットを開けず終了する"), strength=0.8),
        Link("sandbox-creation-failing", "node", Text("the CNI plugin cannot give the pod its IPv6 address", "CNI プラグインが Pod に IPv6 アドレスを付けられない"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("it fails at each start on that node", "そのノードでは起動のたびに失敗する"), strength=0.7),
        Link("readiness-probe-failing", "pod", Text("a probe of localhost goes to ::1", "localhost への probe が ::1 に向かう"), strength=0.4),
    ),
    asks=(
        Ask("cat /proc/cmdline; sysctl net.ipv6.conf.all.disable_ipv6 net.ipv6.conf.lo.disable_ipv6; ip -6 addr show lo  # on {node}", Text("ipv6.disable=1, disable_ipv6 = 1 or no ::1", "ipv6.disable=1、disable_ipv6 = 1、または ::1 がない"), ("ephemeral-port-exhaustion", "readiness-probe-failing", "probe-wrong-target")),
    ),
    remedies=(
        Remedy("temporary", Text("take the [::] line out of the program's configuration, use 127.0.0.1 instead of localhost", "プログラムの設定から [::] を外す、localhost の代わりに 127.0.0.1 を使う"), Text("none", "なし"), "", "kubectl -n {namespace} logs {pod}", "restart"),
        Remedy("permanent", Text("boot without ipv6.disable=1 (switch IPv6 off by sysctl instead, where it must be off, and keep it on lo)", "ipv6.disable=1 を外して起動する(無効化が必要なら sysctl で行い、lo では有効のままにする)"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "ip -6 addr show lo  # on {node}", "disruptive"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9f01": plugin type="bridge" failed (add): could not add IP address to "cni0": permission denied', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "9f01": plugin type="ptp" failed (add): failed to add IP addr {fd00:9::4/64 eth0 0 0 <nil> <nil> 0 0} to "eth0": permission denied', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'plugin type="bridge" failed (add): could not add IP address to "cni0": file exists', reason="FailedCreatePodSandBox"),
        hit("pod-log", "nginx: [emerg] socket() [::]:8080 failed (97: Address family not supported by protocol)"),
        hit("pod-log", "listen tcp [::]:9090: socket: address family not supported by protocol"),
        hit("pod-log", "bind: Address family not supported by protocol"),
        hit("pod-log", "dial tcp [::1]:2379: connect: cannot assign requested address"),
        hit("pod-log", "Error: listen EAFNOSUPPORT: address family not supported :::3000"),
        near_miss("pod-log", "listen tcp :8080: bind: address already in use"),
        near_miss("pod-log", "dial tcp 10.96.0.10:53: connect: cannot assign requested address"),
    ),
    versions="all",
    references=("https://docs.kernel.org/networking/ipv6.html",),
)
