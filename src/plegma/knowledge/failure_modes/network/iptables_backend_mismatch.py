"""iptables-legacy and iptables-nft (or two incompatible versions) write rules on one node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="iptables-backend-mismatch",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("iptables legacy and nft are mixed on the node", "ノードで iptables の legacy と nft が混在している"),
    summary=Text(
        "Host, kubelet, kube-proxy and CNI containers bring their own iptables; if some write the legacy tables and some the nft ones, or one version cannot read what another wrote, rules are evaluated twice, in unexpected order, or are mangled (a DROP that lost its mark match cuts everything).",
        "ホスト、kubelet、kube-proxy、CNI のコンテナがそれぞれ自分の iptables を使う。legacy と nft の両方に書かれる、または別の版が書いたルールを読めないと、ルールが二重に評価される、順序が変わる、壊れる(mark 条件を失った DROP が全通信を遮断する)。",
    ),
    signatures=(
        Signature(r"is incompatible, use 'nft' tool", proof="states", source="iptables-nft: a chain that it cannot translate"),
        Signature(r"Warning: iptables-legacy tables present, use iptables-legacy", source="iptables-nft"),
        Signature(r"Could not fetch rule set generation id", source="iptables-nft: kernel or permission"),
        Signature(r"(?:RULE|CHAIN|TABLE|SET)_[A-Z_]{3,12} failed \(", source="iptables/nft.c mnl_append_error: an error from nf_tables"),
        Signature(r"unknown option \\*\"--xor-mark", proof="states", source="iptables: the mark extension is not usable by this version"),
    ),
    leads_to=(
        Link("kube-proxy-down", "node", Text("kube-proxy cannot write its rules", "kube-proxy がルールを書けない"), strength=0.6),
        Link("service-vip-unreachable", "node", Text("rules in the other tables win, or rules are mangled", "別テーブルのルールが優先される、またはルールが壊れる"), strength=0.6),
        Link("service-unreachable", "node", Text("service rules do not take effect", "Service のルールが有効にならない"), strength=0.6),
        Link("dns-failing", "node", Text("the DNS service is hit too", "DNS の Service も影響を受ける"), strength=0.4),
        Link("calico-node-not-ready", "node", Text("Felix fights with rules that it cannot see", "Felix が見えないルールと競合する"), strength=0.3),
    ),
    asks=(
        Ask("iptables --version; iptables-legacy-save | grep -c KUBE; iptables-nft-save | grep -c KUBE; kubectl -n kube-system exec ds/kube-proxy -- iptables --version",
            Text("KUBE chains in both tables, or different versions inside and outside of the containers", "KUBE チェーンが両方のテーブルにある、またはコンテナ内外で版が異なる"),
            ("kernel-module-missing", "iptables-lock-contention", "ipvs-modules-missing", "host-firewall-blocks-pods"), "pod-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Choose one backend on the host, flush the other's tables, restart kube-proxy and the CNI agent (a reboot does all).",
                                 "ホストで一方のバックエンドに統一し、他方のテーブルを消して、kube-proxy と CNI エージェントを再起動する(再起動が確実)。"),
               Text("flushing rules interrupts traffic for seconds", "ルール消去中は数秒間通信が途切れる"), command="update-alternatives --set iptables /usr/sbin/iptables-nft", verify="iptables-legacy-save | grep -c KUBE", risk_level="disruptive"),
        Remedy("permanent", Text("Images whose iptables wrapper detects the host's backend (kube-proxy 1.17+, current CNIs), same iptables version line, no direct nft rules in iptables' tables.",
                                 "ホストのバックエンドを検出するラッパーを持つイメージ(kube-proxy 1.17 以降、現行の CNI)と揃った版の iptables を使い、iptables のテーブルに nft で直接書かない。"),
               Text("image upgrades", "イメージ更新が必要"), verify="iptables --version"),
    ),
    examples=(
        hit("pod-log", "iptables v1.8.7 (nf_tables): chain `POSTROUTING' in table `nat' is incompatible, use 'nft' tool."),
        hit("shell", "# Warning: iptables-legacy tables present, use iptables-legacy to see them"),
        hit("pod-log", "iptables v1.8.4 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)"),
        hit("pod-log", "iptables-restore v1.8.4 (nf_tables): line 27: RULE_APPEND failed (Invalid argument): rule in chain KUBE-POSTROUTING"),
        hit("pod-log", 'ip6tables-restore v1.8.7 (nf_tables): unknown option "--xor-mark"'),
        hit("pod-log", "iptables-restore v1.8.2 (nf_tables): line 86: CHAIN_USER_DEL failed (Device or resource busy): chain KUBE-SEP-AAAA"),
        near_miss("pod-log", "iptables v1.6.0: can't initialize iptables table `nat': Table does not exist (do you need to insmod?)"),
        near_miss("pod-log", "Another app is currently holding the xtables lock; still 3s 0us time ahead to have a chance to grab the lock"),
    ),
    versions="hosts with iptables 1.8 and later; kube-proxy image before 1.17 is legacy only; 1.8.8 against 1.8.7 mangles mark rules",
    references=("https://github.com/kubernetes/kubernetes/issues/71305", "https://github.com/kubernetes/kubernetes/issues/112477", "https://github.com/kubernetes-sigs/iptables-wrappers"),
)
