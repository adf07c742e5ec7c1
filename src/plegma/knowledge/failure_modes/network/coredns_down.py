"""CoreDNS does not run or is not ready."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="coredns-down",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("CoreDNS is down", "CoreDNS が停止している"),
    summary=Text(
        "No CoreDNS (kube-dns) pod is ready, so the DNS service has no endpoint: queries from pods are refused or time out. CoreDNS is usually the victim of something else (forwarding loop, API VIP, CNI, memory limit, both replicas on one lost node).",
        "Ready な CoreDNS(kube-dns)の Pod がなく、DNS Service に Endpoint がない。Pod からの問い合わせは拒否されるかタイムアウトする。多くは別の原因(転送ループ、API の VIP、CNI、メモリ上限、2 レプリカが失われた 1 ノードに集中)の結果である。",
    ),
    signatures=(
        Signature(r"[Bb]ack-off (?:[0-9ms.]+ )?restarting failed container[= ]\"?coredns", source="kubelet pod_workers"),
        Signature(r"lookup .{1,200} on (?:10|172|192|198)\.[0-9.]+:53: .{0,80}read: connection refused", component="network", source="Go resolver; kube-proxy rejects a service without endpoints"),
        Signature(r"plugin/ready: (?:Still waiting on|Plugins not ready): \\*\"kubernetes", component="network", at_least=5, source="coredns plugin/ready"),
        Signature(r"plugin/ready: (?:Still waiting on|Plugins not ready): \\*\"kubernetes", component="network", proof="suggests", at_least=2, source="coredns plugin/ready; once at a start is ordinary"),
        Signature(r"Waiting for services and endpoints to be initialized from apiserver", component="network", at_least=5, source="kube-dns pkg/dns/dns.go: every half second until it has listed them"),
        Signature(r"plugin/kubernetes: Kubernetes API connection failure", component="network", source="coredns plugin/kubernetes"),
    ),
    states=(
        StateTest("Pod", {"pod": r"^(?:coredns|kube-dns|rke2-coredns-rke2-coredns)-[a-z0-9]+-", "status": r"CrashLoopBackOff|^Error|Unknown|OOMKilled|Evicted"}),
        StateTest("Pod", {"pod": r"^(?:coredns|kube-dns|rke2-coredns-rke2-coredns)-[a-z0-9]+-", "status": r"ImagePullBackOff|ErrImagePull|Init:|CreateContainer"}, "suggests"),
        StateTest("Container", {"image": r"coredns/coredns|/coredns:", "reason": r"CrashLoopBackOff|OOMKilled|Error|ImagePullBackOff"}),
    ),
    leads_to=(
        Link("dns-failing", "cluster", Text("the DNS service has no endpoint", "DNS Service に Endpoint がない"), strength=0.95),
        Link("app-dns-lookup-failure", "cluster", Text("applications report the names that they cannot resolve", "アプリケーションが解決できない名前を報告する"), strength=0.6),
        Link("app-dependency-unreachable", "cluster", Text("applications cannot reach what they know by name", "名前で指定した依存先に到達できない"), strength=0.4),
        Link("service-unreachable", "cluster", Text("services cannot be reached by name", "Service に名前で到達できない"), strength=0.5),
        Link("nodelocal-dns-down", "cluster", Text("the node cache gets no answer for cluster names", "ノードキャッシュがクラスター内の名前の応答を得られない"), strength=0.3),
        Link("app-error-exit", "cluster", Text("applications exit when they cannot resolve their dependencies", "依存先を名前解決できないアプリケーションが終了する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the runtime does not start its container: what keeps it from that is the cause", "ランタイムが CoreDNS のコンテナを起動できていない。それを妨げているものが原因である"),
                   pattern=r"failed to (?:start|create) container \\*\"coredns\b", weight=0.5),
        Refutation(Text("etcd and the control plane restart just as often: it is not this pod alone", "etcd やコントロールプレーンも同じように再起動しており、この Pod だけの問題ではない"),
                   mode="cgroup-driver-mismatch-cgroupv2", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=kube-dns -o wide; kubectl -n kube-system logs -l k8s-app=kube-dns --previous --tail=30; kubectl -n kube-system get endpointslices -l k8s-app=kube-dns",
            Text("no ready endpoint; the previous log or the pod's events name the deeper cause", "Ready な Endpoint がなく、前回のログか Pod のイベントに本当の原因がある"),
            ("coredns-forwarding-loop", "upstream-dns-failing", "service-vip-unreachable", "kube-proxy-down", "nodelocal-dns-down", "dns-conntrack-race", "network-policy-denies"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Mend the deeper cause, then restart CoreDNS; scale it up or move it to a healthy node.", "本当の原因を直し、CoreDNS を再起動する。必要なら増やすか正常なノードへ移す。"), Text("a short DNS gap", "DNS が一時的に途切れる"),
               command="kubectl -n kube-system rollout restart deployment/coredns", verify="kubectl -n kube-system get endpointslices -l k8s-app=kube-dns"),
        Remedy("permanent", Text("At least two replicas spread over nodes (topologySpread, PodDisruptionBudget), memory for the cluster's size, alarm on its health.",
                                 "2 レプリカ以上をノードに分散(topologySpread、PodDisruptionBudget)し、クラスター規模に合うメモリを与え、死活を監視する。"), Text("none", "なし"),
               verify="kubectl -n kube-system get deploy coredns", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Back-off restarting failed container coredns in pod coredns-5d78c9869d-x1x1x_kube-system(0b6d)", reason="BackOff"),
        hit("kubelet", 'Error syncing pod: failed to "StartContainer" for "coredns" with CrashLoopBackOff: "back-off 2m40s restarting failed container=coredns pod=coredns-5d78c9869d-x1x1x_kube-system(0b6d)"'),
        hit("pod-log", "dial tcp: lookup db.data.svc.cluster.local on 10.96.0.10:53: read udp 10.244.2.9:41000->10.96.0.10:53: read: connection refused"),
        hit("pod-log", '[INFO] plugin/ready: Still waiting on: "kubernetes"', count=40),
        hit("pod-log", '[INFO] plugin/ready: Plugins not ready: "kubernetes"', count=3),
        hit("pod-log", "Waiting for services and endpoints to be initialized from apiserver...", count=9),
        near_miss("pod-log", "Waiting for services and endpoints to be initialized from apiserver..."),
        near_miss("pod-log", '[INFO] plugin/ready: Still waiting on: "kubernetes"'),
        hit("pod-log", "[WARNING] plugin/kubernetes: Kubernetes API connection failure: Get \"https://10.96.0.1:443/version\": dial tcp 10.96.0.1:443: i/o timeout"),
        near_miss("k8s-event", "Back-off restarting failed container web in pod web-0_shop(0b6d)", reason="BackOff"),
        near_miss("pod-log", "[ERROR] plugin/errors: 2 example.com. A: read udp 10.244.0.4:45000->10.0.0.2:53: i/o timeout"),
        near_miss("pod-log", "dial tcp: lookup db.data.svc.cluster.local on 10.96.0.10:53: no such host"),
        near_miss("status", 'failed to resolve reference "registry.example.com/team/app:1": dial tcp: lookup registry.example.com on 10.0.0.2:53: read udp 10.0.0.7:4000->10.0.0.2:53: read: connection refused', reason="ErrImagePull"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "coredns-5d78c9869d-x1x1x", "status": "CrashLoopBackOff"}, True),
        StateExample("Container", {"image": "registry.k8s.io/coredns/coredns:v1.10.1", "reason": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "coredns-5d78c9869d-x1x1x", "status": "Pending"}, False),
        StateExample("Pod", {"pod": "coredns-5d78c9869d-x1x1x", "status": "ContainerCreating"}, False),
        StateExample("Pod", {"pod": "coredns-5d78c9869d-x1x1x", "status": "Running"}, False),
        StateExample("Pod", {"pod": "web-5d78c9869d-x1x1x", "status": "Pending"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/", "https://coredns.io/plugins/ready/"),
)
