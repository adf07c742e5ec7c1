"""CoreDNS forwards to itself and stops on purpose."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="coredns-forwarding-loop",
    layer="network",
    role="cause",
    subject="Cluster",
    title=Text("CoreDNS found a forwarding loop and exits", "CoreDNS が転送ループを検出して終了する"),
    summary=Text(
        "CoreDNS inherits the node's resolv.conf, which points to a local stub (127.0.0.53 of systemd-resolved, 127.0.0.1 of dnsmasq) or back to the cluster's DNS. Inside the pod that address is CoreDNS itself; its loop plugin sees its own query come back and exits, so the cluster has no DNS.",
        "CoreDNS はノードの resolv.conf を引き継ぐが、それがローカルスタブ(systemd-resolved の 127.0.0.53、dnsmasq の 127.0.0.1)やクラスター DNS 自身を指している。Pod 内ではそのアドレスは CoreDNS 自身であり、loop プラグインが自分の問い合わせを検出して終了するため、クラスターの DNS が失われる。",
    ),
    signatures=(
        Signature(r"plugin/loop: Loop \(", proof="states", source="coredns plugin/loop"),
        Signature(r"HINFO IN .{1,120} more than twice, loop detected", proof="states", source="coredns plugin/loop before 1.3"),
        Signature(r"plugin/loop: (?:Seen|Forwarding loop detected)", proof="states", source="coredns plugin/loop before 1.3"),
    ),
    leads_to=(
        Link("coredns-down", "cluster", Text("CoreDNS exits at each start", "CoreDNS が起動のたびに終了する"), strength=0.95),
        Link("nodelocal-dns-down", "cluster", Text("node-local-dns finds the same loop", "node-local-dns でも同じループが起きる"), strength=0.4),
        Link("crash-loop-back-off", "cluster", Text("the container exits on purpose (FATAL)", "コンテナが意図的に終了する(FATAL)"), strength=0.95),
        Link("dns-failing", "cluster", Text("nobody answers the cluster's DNS address", "クラスター DNS のアドレスに応答するものがない"), strength=0.8),
    ),
    asks=(
        Ask("kubectl -n kube-system get cm coredns -o yaml | grep -A3 forward; cat /etc/resolv.conf /run/systemd/resolve/resolv.conf; grep resolvConf /var/lib/kubelet/config.yaml",
            Text("forward . /etc/resolv.conf, and that file names 127.x or the cluster's DNS address", "forward . /etc/resolv.conf で、そのファイルが 127.x またはクラスター DNS のアドレスを指す"),
            ("coredns-down", "upstream-dns-failing", "service-vip-unreachable"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Name real upstream servers in the Corefile (forward . 10.0.0.2) and restart CoreDNS.", "Corefile に実際の上流サーバーを書き(forward . 10.0.0.2)、CoreDNS を再起動する。"),
               Text("removing the loop plugin instead only hides it: memory and CPU then run away", "loop プラグインを外すのは隠蔽でしかなく、メモリと CPU が暴走する"), command="kubectl -n kube-system rollout restart deployment/coredns",
               verify="kubectl -n kube-system logs -l k8s-app=kube-dns --tail=5"),
        Remedy("permanent", Text("kubelet resolvConf: /run/systemd/resolve/resolv.conf on nodes with systemd-resolved (kubeadm sets it when it sees the service), then re-create the CoreDNS pods.",
                                 "systemd-resolved のノードでは kubelet の resolvConf を /run/systemd/resolve/resolv.conf にし(kubeadm はサービスを検出すると設定する)、CoreDNS の Pod を作り直す。"),
               Text("kubelet restart", "kubelet の再起動が必要"), verify="kubectl -n kube-system get pods -l k8s-app=kube-dns"),
    ),
    examples=(
        hit("pod-log", '[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :1053) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."'),
        hit("pod-log", 'plugin/loop: Seen "HINFO IN 6900627972087569316.7905576541070882081." more than twice, loop detected'),
        hit("pod-log", 'plugin/loop: Forwarding loop detected in "." zone. Exiting. Probe query: "HINFO 1.2.".'),
        near_miss("pod-log", '[ERROR] plugin/errors: 2 4547991504243258144.3688648895315093531. HINFO: read udp 10.244.0.4:45000->10.0.0.2:53: i/o timeout'),
        near_miss("pod-log", "plugin/reload: Running configuration SHA512 = 591c"),
    ),
    versions="CoreDNS 1.2.1 and later (loop plugin in kubeadm's Corefile from 1.12 on)",
    references=("https://coredns.io/plugins/loop/#troubleshooting",),
)
