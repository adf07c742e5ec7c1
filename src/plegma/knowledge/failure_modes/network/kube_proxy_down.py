"""kube-proxy does not run on the node, or cannot write its rules."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kube-proxy-down",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("kube-proxy is down on the node", "ノードの kube-proxy が停止している"),
    summary=Text(
        "Service addresses work only where kube-proxy keeps the rules. If it crashes (configuration, kernel, permissions, wrong node name) or was never deployed, services do not work from this node, or go to endpoints that are gone. What was programmed before stays, so the failure creeps in.",
        "Service のアドレスは kube-proxy がルールを維持しているノードでしか働かない。設定、カーネル、権限、ノード名の誤りでクラッシュしている、または配置されていない場合、そのノードから Service に届かないか、消えた Endpoint に送られる。以前のルールは残るため、障害は徐々に現れる。",
    ),
    signatures=(
        Signature(r"Error running ProxyServer", component="network", proof="states", source="cmd/kube-proxy"),
        Signature(r"[Uu]nable to create proxier", component="network", proof="states", source="cmd/kube-proxy"),
        Signature(r"Failed to ensure that (?:nat |filter )?chain KUBE-", component="network", source="kube-proxy before 1.17"),
        Signature(r"Failed to execute iptables-restore", component="network", source="pkg/proxy/iptables; a single line under lock contention is harmless", at_least=3),
        Signature(r"Failed to execute iptables-restore.{0,60}exit status [123]\b", component="network", proof="suggests", source="the same; only 4 is a lock or a resource (include/xtables.h), the others come back at each sync"),
        Signature(r"open /proc/sys/net/netfilter/nf_conntrack_\w+: (?:permission denied|read-only file system|no such file or directory)", component="network", source="cmd/kube-proxy/app/conntrack.go: ends kube-proxy at its start"),
        Signature(r"open /sys/module/nf_conntrack/parameters/hashsize: (?:permission denied|read-only file system)", component="network", proof="suggests", source="the same; ended kube-proxy to 1.2, from 1.3 only an event"),
        Signature(r":10256/healthz.{0,120}(?:connection refused|statuscode: 503)", source="probe of kube-proxy's health port"),
        Signature(r"[Bb]ack-off (?:[0-9ms.]+ )?restarting failed container[= ]\"?kube-proxy", source="kubelet pod_workers"),
    ),
    states=(
        StateTest("Pod", {"pod": r"^kube-proxy-", "status": r"CrashLoopBackOff|^Error|Unknown|OOMKilled|Evicted"}),
        StateTest("Pod", {"pod": r"^kube-proxy-", "status": r"ImagePullBackOff|ErrImagePull|Init:|CreateContainer"}, "suggests"),
        StateTest("Container", {"image": r"kube-proxy", "reason": r"CrashLoopBackOff|OOMKilled|Error|ImagePullBackOff"}),
    ),
    leads_to=(
        Link("service-unreachable", "node", Text("no or stale rules for services", "Service のルールがない、または古い"), strength=0.9),
        Link("dns-failing", "node", Text("the DNS service is a service too", "DNS も Service である"), strength=0.7),
        Link("app-dependency-unreachable", "node", Text("programs on the node cannot reach services", "ノード上のプログラムが Service に到達できない"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("the container exits at each start", "コンテナが起動のたびに終了する"), strength=0.6),
    ),
    refutes=(
        Refutation(Text("another program holds the xtables lock: kube-proxy itself runs", "別のプログラムが xtables のロックを保持している。kube-proxy 自体は動いている"), mode="iptables-lock-contention", weight=0.6),
        Refutation(Text("another program holds the xtables lock: kube-proxy itself runs", "別のプログラムが xtables のロックを保持している。kube-proxy 自体は動いている"), pattern=r"holding the xtables lock", weight=0.6),
        Refutation(Text("etcd and the control plane restart just as often: it is not this pod alone", "etcd やコントロールプレーンも同じように再起動しており、この Pod だけの問題ではない"),
                   mode="cgroup-driver-mismatch-cgroupv2", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide --field-selector spec.nodeName={node}; kubectl -n kube-system logs -l k8s-app=kube-proxy --prefix --tail=30; iptables -t nat -S KUBE-SERVICES | wc -l; ipvsadm -Ln | head",
            Text("not Running on that node, or errors at each sync, or no KUBE chains", "そのノードで Running でない、同期のたびにエラーが出る、または KUBE チェーンがない"),
            ("service-vip-unreachable", "iptables-lock-contention", "iptables-backend-mismatch", "ipvs-modules-missing", "kernel-module-missing", "service-without-endpoints", "host-firewall-blocks-pods", "volume-permission-denied"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart kube-proxy on the node after reading its log.", "ログを確認のうえ、そのノードの kube-proxy を再起動する。"), Text("rules are written anew; connections go on", "ルールが書き直される。既存の接続は続く"),
               command="kubectl -n kube-system delete pod -l k8s-app=kube-proxy --field-selector spec.nodeName={node}", verify="curl -s 127.0.0.1:10256/healthz"),
        Remedy("permanent", Text("Correct its configuration (mode, clusterCIDR, hostnameOverride), give it system-node-critical priority, alarm on kubeproxy_sync_proxy_rules_last_timestamp.",
                                 "設定(mode、clusterCIDR、hostnameOverride)を直し、system-node-critical を付け、kubeproxy_sync_proxy_rules_last_timestamp を監視する。"), Text("rolling restart", "ローリング再起動"),
               verify="kubectl -n kube-system rollout status ds/kube-proxy"),
    ),
    examples=(
        hit("pod-log", '"Error running ProxyServer" err="open /proc/sys/net/netfilter/nf_conntrack_max: permission denied"'),
        hit("pod-log", "unable to create proxier: can't set sysctl net/ipv4/conf/all/route_localnet to 1: open /proc/sys/net/ipv4/conf/all/route_localnet: read-only file system"),
        hit("pod-log", 'Failed to ensure that nat chain KUBE-SERVICES exists: error creating chain "KUBE-SERVICES": exit status 3'),
        hit("pod-log", '"Failed to execute iptables-restore" err="exit status 2"', count=12),
        hit("pod-log", "F0604 09:12:40.000000       1 server.go:495] open /proc/sys/net/netfilter/nf_conntrack_max: permission denied"),
        hit("pod-log", "open /sys/module/nf_conntrack/parameters/hashsize: permission denied"),
        hit("k8s-event", 'Readiness probe failed: Get "http://10.1.0.12:10256/healthz": dial tcp 10.1.0.12:10256: connect: connection refused', reason="Unhealthy"),
        hit("k8s-event", "Back-off restarting failed container kube-proxy in pod kube-proxy-9zz9z_kube-system(0b6d)", reason="BackOff"),
        near_miss("pod-log", '"Failed to execute iptables-restore" err="exit status 4 (Another app is currently holding the xtables lock.)"'),
        hit("pod-log", "Failed to execute iptables-restore: exit status 1 (iptables-restore: line 44 failed"),
        near_miss("pod-log", "Set sysctl 'net/netfilter/nf_conntrack_max' to 131072"),
        near_miss("pod-log", '"Using iptables Proxier"'),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "kube-proxy-9zz9z", "status": "CrashLoopBackOff"}, True),
        StateExample("Container", {"image": "registry.k8s.io/kube-proxy:v1.27.4", "reason": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "kube-proxy-9zz9z", "status": "Running"}, False),
    ),
    versions="all clusters that run kube-proxy; Cilium, Calico eBPF, kube-router and OVN can replace it",
    references=("https://kubernetes.io/docs/reference/networking/virtual-ips/", "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#is-the-kube-proxy-working"),
)
