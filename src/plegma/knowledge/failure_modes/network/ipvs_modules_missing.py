"""kube-proxy's IPVS mode lacks kernel modules or ipset."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ipvs-modules-missing",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("IPVS modules or ipset are missing on the node", "ノードに IPVS のモジュールまたは ipset がない"),
    summary=Text(
        "kube-proxy was told to use IPVS, but ip_vs, its schedulers, conntrack or ipset cannot be used on this kernel. Old versions fall back to iptables silently (with other behaviour), newer ones exit, so services do not work on the node.",
        "kube-proxy は IPVS モードだが、ip_vs、スケジューラー、conntrack、ipset がこのカーネルで使えない。古い版は黙って iptables に切り替わり(挙動が変わる)、新しい版は終了するため、そのノードで Service が働かない。",
    ),
    signatures=(
        Signature(r"IPVS proxier will not be used because", component="network", proof="states", source="pkg/proxy/ipvs"),
        Signature(r"[Cc]an't use (?:the )?(?:ipvs|IPVS) proxier", component="network", proof="states", source="cmd/kube-proxy"),
        Signature(r"[Cc]ould not get ipvs family information from the kernel", component="network", proof="suggests", source="moby/ipvs: kube-proxy writes it in iptables mode, too"),
        Signature(r"Failed to add IPVS service\b.{0,160}no such file or directory", component="network", proof="states", source="pkg/proxy/ipvs/proxier.go; ENOENT: the kernel has not the scheduler asked for"),
        Signature(r"ipset v[0-9.]+: (?:Cannot open session to kernel|Kernel error received)", component="network", source="ipset"),
        Signature(r"error getting ipset version", component="network", proof="states", source="cmd/kube-proxy"),
    ),
    leads_to=(
        Link("kube-proxy-down", "node", Text("kube-proxy exits, or does not run in the mode asked for", "kube-proxy が終了する、または指定したモードで動かない"), strength=0.7),
        Link("service-vip-unreachable", "node", Text("services are not programmed", "Service のルールが設定されない"), strength=0.6),
        Link("service-unreachable", "node", Text("services are not programmed", "Service のルールが設定されない"), strength=0.6),
    ),
    asks=(
        Ask("lsmod | grep -E 'ip_vs|nf_conntrack|ip_set'; modprobe ip_vs_rr; kubectl -n kube-system get cm kube-proxy -o yaml | grep mode",
            Text("mode: ipvs and modules that do not load", "mode: ipvs だがモジュールを読み込めない"), ("kernel-module-missing", "iptables-backend-mismatch", "kube-proxy-down"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Load the modules on the node and restart kube-proxy.", "ノードでモジュールを読み込み、kube-proxy を再起動する。"), Text("none", "なし"),
               command="modprobe -a ip_vs ip_vs_rr ip_vs_wrr ip_vs_sh nf_conntrack", verify="ipvsadm -Ln | head", risk_level="restart"),
        Remedy("permanent", Text("/etc/modules-load.d for ip_vs*, ipset in the image, or mode iptables (nftables from 1.33 on).", "/etc/modules-load.d に ip_vs* を書き、イメージに ipset を入れる。または mode を iptables(1.33 以降は nftables)にする。"),
               Text("a change of mode needs a clean-up of old rules (reboot)", "モード変更には古いルールの掃除(再起動)が必要"), verify="lsmod | grep ip_vs", risk_level="disruptive"),
    ),
    examples=(
        hit("pod-log", "\"Can't use the IPVS proxier\" err=\"IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_rr ip_vs_wrr ip_vs_sh]\""),
        hit("pod-log", "Can't use ipvs proxier, trying iptables proxier"),
        hit("pod-log", "Could not get ipvs family information from the kernel. It is possible that ipvs is not enabled in your kernel."),
        hit("pod-log", "error creating ipset KUBE-CLUSTER-IP: exit status 1, ipset v7.6: Cannot open session to kernel."),
        hit("pod-log", "can't determine whether to use ipvs proxy: error getting ipset version, error: executable file not found in $PATH"),
        hit("pod-log", 'Failed to add IPVS service "shop/web:http": no such file or directory'),
        hit("pod-log", '"Failed to add IPVS service" err="no such file or directory" serviceName="shop/web:http"'),
        near_miss("pod-log", 'Failed to add IPVS service "shop/web:http": file exists'),
        near_miss("pod-log", "The IPVS proxier may not be used because the following required kernel modules are not loaded: [ip_vs_sh]"),
        near_miss("pod-log", '"Using ipvs Proxier"'),
    ),
    versions="kube-proxy in ipvs mode; exit instead of fall-back from 1.23 on",
    references=("https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-ipvs", "https://github.com/kubernetes/kubernetes/issues/55864", "https://github.com/rancher/rke2/issues/3710"),
)
