"""The kubelet is not running: somebody or something stopped it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-stopped",
    layer="kubelet",
    role="cause",
    subject="Node",
    abductive=True,
    title=Text("the kubelet was stopped", "kubelet が停止している"),
    summary=Text(
        "The kubelet's process is gone (systemctl stop, masked or disabled unit, SIGKILL, package removal). Its log ends at one moment with no error; the lease is no longer renewed, and after the grace (40 s, 50 s from v1.32) every condition of the node says Unknown, `Kubelet stopped posting node status`. Containers go on running until the node is tainted and pods are evicted elsewhere.",
        "kubelet のプロセスがない(systemctl stop、ユニットの mask/disable、SIGKILL、パッケージ削除など)。ログはある時点でエラーなしに途切れ、Lease が更新されなくなり、猶予(40 秒、v1.32 以降 50 秒)の後に全 Condition が Unknown「Kubelet stopped posting node status」になる。コンテナ自体は動き続け、その後 taint により Pod が退避される。",
    ),
    signatures=(
        Signature(r"Stopping [Kk]ubelet", "systemd", "shows", source="systemd, on a manual stop (an automatic restart has no such line)"),
        Signature(r"Stopping (?:kubelet\.service|Kubernetes Kubelet)", "systemd", "shows", source="systemd, on a manual stop (an automatic restart has no such line)"),
        Signature(r"kubelet\.service: (?:Deactivated successfully|Succeeded)", "systemd", "shows", source="systemd: the process ended as asked"),
        Signature(r"kubelet\.service: [Mm]ain process exited, code=killed, (?:status|signal)=(?:9|15|6)?/?(?:KILL|TERM)", "systemd", "shows", source="systemd: killed from outside"),
        Signature(r"Stopped (?:kubelet|Kubernetes Kubelet)", "systemd", "suggests", source="systemd; also written between automatic restarts"),
        Signature(r"Active: inactive \(dead\)", "shell", "suggests", source="systemctl status kubelet"),
        Signature(r"Unit kubelet\.service (?:is masked|could not be found)", "any", "shows", source="systemctl"),
        Signature(r"kubelet\.service; (?:masked|disabled)", "any", "shows", source="systemctl"),
        Signature(r"seems like the kubelet isn't running or healthy", "any", "suggests", source="kubeadm, kubelet-check; a kubelet that ends at each start looks the same"),
        Signature(r"(?:localhost|127\.0\.0\.1):10248(?:/healthz)?.{0,80}connection refused", "any", "suggests", source="kubeadm, curl: nobody listens on the kubelet's health port"),
    ),
    states=(
        StateTest("Unit", {"name": r"^(?:snap\.)?kubelet(?:\.service)?$", "active": r"^inactive"}, "states"),
        StateTest("Unit", {"name": r"^kubelet(?:\.service)?$", "load": r"masked|not-found"}, "states"),
    ),
    leads_to=(
        Link("node-status-unknown", "node", Text("nobody renews the lease or posts the status", "Lease の更新も status の送信も行われない"), within=120, strength=0.95),
        Link("node-not-ready", "node", Text("the node controller sets Ready=Unknown after its grace", "node controller が猶予後に Ready=Unknown とする"), within=120, strength=0.95),
        Link("pod-stuck-terminating", "node", Text("evicted pods are never ended: nobody does the work", "退避された Pod を終了処理する kubelet がいない"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the kubelet renews its lease or writes its log: it runs", "kubelet が Lease を更新しログも出している。動作中である"), mode="container-runtime-down", weight=0.4),
        Refutation(Text("the node is listed as Ready: its kubelet posts its status", "ノードは Ready と表示されており、kubelet は状態を送信している"), state=StateTest("Node", {"status": "^Ready"}), weight=0.6),
        Refutation(Text("the unit ends by itself and systemd restarts it", "ユニットは自ら終了し systemd が再起動している"), pattern=r"(?:[Mm]ain process exited, code=exited|Scheduled restart job|holdoff time over)", component="systemd", weight=0.7),
        Refutation(Text("it could not be started: a unit that it requires failed", "依存するユニットが失敗したため起動できなかった"), pattern=r"(?:A dependency job|Dependency failed) for (?:kubelet\.service|[Kk]ubelet|Kubernetes Kubelet)", weight=0.5),
        Refutation(Text("it does not stay stopped: it crashes and is restarted", "停止したままではなく、クラッシュと再起動を繰り返している"), mode="kubelet-crash-loop", weight=0.6),
        Refutation(Text("it runs but cannot reach the API server", "動作しているが API サーバーに到達できない"), mode="kubelet-apiserver-unreachable", weight=0.6),
    ),
    asks=(
        Ask("systemctl status kubelet --no-pager; systemctl is-enabled kubelet; journalctl -u kubelet -n 5 --no-pager", Text("inactive (dead), the last line at the minute in which the node went Unknown", "inactive (dead) で、最後のログがノードの Unknown 化と同時刻である"), ("kubelet-apiserver-unreachable", "node-shutdown", "kubelet-oom-killed", "kubelet-panic", "kubelet-stale-http2-connection", "cloud-node-deleted"), "kubelet-log"),
        Ask("kubectl -n kube-node-lease get lease {node} -o jsonpath='{.spec.renewTime}'", Text("renewTime does not move", "renewTime が進まない"), ("pleg-unhealthy", "container-runtime-down")),
    ),
    remedies=(
        Remedy("temporary", Text("start the kubelet (unmask and enable it first if need be)", "kubelet を起動する(必要なら unmask と enable を先に行う)"), Text("pods that were evicted meanwhile are removed from the node", "停止中に退避扱いになった Pod はノードから削除される"), "systemctl unmask kubelet; systemctl enable --now kubelet", "kubectl wait node/{node} --for=condition=Ready --timeout=120s"),
        Remedy("permanent", Text("find who stopped it (audit log, configuration management, package upgrade, out-of-memory killer), set Restart=always, alarm on the unit's state", "停止させた主体(監査ログ、構成管理、パッケージ更新、OOM killer)を特定し、Restart=always を設定し、ユニット状態を監視する"), Text("none", "なし"), verify="systemctl show kubelet -p Restart -p ActiveState", risk_level="none"),
    ),
    examples=(
        hit("shell", "Unit kubelet.service could not be found."),
        hit("systemd", "Stopping kubelet: The Kubernetes Node Agent..."),
        hit("systemd", "Stopping kubelet.service - kubelet: The Kubernetes Node Agent..."),
        hit("systemd", "kubelet.service: Deactivated successfully."),
        hit("systemd", "kubelet.service: Main process exited, code=killed, status=9/KILL"),
        hit("systemd", "Stopped kubelet: The Kubernetes Node Agent."),
        hit("shell", "   Active: inactive (dead) since Tue 2024-06-04 09:12:40 UTC; 3min ago"),
        hit("shell", "     Loaded: loaded (/lib/systemd/system/kubelet.service; disabled; vendor preset: enabled)"),
        hit("shell", "[kubelet-check] It seems like the kubelet isn't running or healthy."),
        hit("shell", "Get \"http://localhost:10248/healthz\": dial tcp 127.0.0.1:10248: connect: connection refused"),
        near_miss("systemd", "kubelet.service: Main process exited, code=exited, status=255/EXCEPTION"),
        near_miss("systemd", "kubelet.service: Scheduled restart job, restart counter is at 41."),
        near_miss("systemd", "Started kubelet: The Kubernetes Node Agent."),
        near_miss("kubelet", '"Killing container with a grace period" pod="shop/cart-7c" containerName="cart" gracePeriod=30'),
    ),
    state_examples=(
        StateExample("Unit", {"name": "kubelet.service", "load": "loaded", "active": "inactive", "sub": "dead"}, True),
        StateExample("Unit", {"name": "kubelet.service", "load": "masked", "active": "active"}, True),
        StateExample("Unit", {"name": "kubelet.service", "load": "loaded", "active": "activating", "sub": "auto-restart"}, False),
        StateExample("Unit", {"name": "containerd.service", "active": "inactive"}, False),
    ),
    versions="all; the grace is 40 s to v1.31, 50 s from v1.32",
    references=(
        "https://kubernetes.io/docs/concepts/architecture/nodes/#node-heartbeats",
        "https://kubernetes.io/docs/reference/labels-annotations-taints/#node-kubernetes-io-unreachable",
    ),
)
