"""Another process holds one of the kubelet's ports."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-port-in-use",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("a kubelet port (10250, 10248, 10255) is taken by another process", "kubelet のポート(10250 / 10248 / 10255)が他プロセスに使われている"),
    summary=Text(
        "The kubelet cannot listen: a second kubelet (snap, k3s, microk8s, a container) or some other program has the port. It logs the failure and exits or serves nothing.",
        "別の kubelet(snap、k3s、microk8s、コンテナ内など)や他のプログラムがポートを占有しており、listen できない。kubelet は失敗を記録して終了するか、何も提供できない。",
    ),
    signatures=(
        Signature(r"listen tcp \S*:102(?:50|48|55): bind: address already in use", "kubelet", "states", source="net.Listen in pkg/kubelet/server"),
        Signature(r"\[ERROR Port-10250\]: Port 10250 is in use", "shell", "states", source="kubeadm preflight"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the server cannot listen, the process exits", "listen できずプロセスが終了する"), strength=0.8),
        Link("kubelet-api-call-failing", "node", Text("another process answers on the port", "別のプロセスがそのポートで応答する"), strength=0.3),
    ),
    asks=(Ask("ss -ltnp '( sport = :10250 or sport = :10248 or sport = :10255 )'; ps -ef | grep [k]ubelet", Text("a process that is not this kubelet", "この kubelet 以外のプロセスが表示される"), ("kubelet-stopped", "kubelet-config-invalid"), "processes"),),
    remedies=(
        Remedy("temporary", Text("stop the other process, then start the kubelet", "占有しているプロセスを停止し、kubelet を起動する"), Text("the other process may be another Kubernetes on this machine", "別の Kubernetes の一部である可能性がある"), "ss -ltnp 'sport = :10250'", "systemctl is-active kubelet", "disruptive"),
        Remedy("permanent", Text("one Kubernetes distribution per machine; reserve the ports (net.ipv4.ip_local_reserved_ports)", "1 台に 1 ディストリビューションとし、ポートを予約する(net.ipv4.ip_local_reserved_ports)"), Text("none", "なし"), verify="ss -ltnp | grep -c :10250", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"'),
        hit("kubelet", '"Failed to start healthz server" err="listen tcp 127.0.0.1:10248: bind: address already in use"'),
        hit("shell", "\t[ERROR Port-10250]: Port 10250 is in use"),
        near_miss("pod-log", "listen tcp :8080: bind: address already in use"),
        near_miss("kubelet", "Get http://localhost:10248/healthz: dial tcp 127.0.0.1:10248: connect: connection refused"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/networking/ports-and-protocols/",),
)
