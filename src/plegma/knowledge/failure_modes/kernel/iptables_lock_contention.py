"""Programs that write iptables rules cannot get the xtables lock in time."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="iptables-lock-contention",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the xtables lock is held too long: iptables rules are not written", "xtables ロックが長く保持され、iptables ルールが書き込まれない"),
    summary=Text(
        "Only one program at a time may change iptables. When an iptables process hangs in the kernel, or too many writers with large rule sets compete, kube-proxy, the kubelet, the CNI's portmap plugin and policy agents give up waiting. Single lines of this kind are harmless on a busy node; repeated ones leave stale Service and policy rules.",
        "iptables を変更できるのは同時に 1 プロセスだけ。iptables プロセスがカーネル内で固まる、または大きなルールを書くプロセスが競合すると、kube-proxy・kubelet・CNI の portmap・ポリシーエージェントが待ちきれずに失敗する。忙しいノードで単発なら無害だが、繰り返す場合は Service やポリシーのルールが古いままになる。",
    ),
    signatures=(
        Signature(r"Another app is currently holding the xtables lock", at_least=3, source="iptables/xshared.c"),
        Signature(r"Another app is currently holding the xtables lock", proof="suggests", source="iptables/xshared.c"),
        Signature(r"(?:etworkPlugin cni|CNI request|set up network|setup network|destroy network|tear ?down|PodSandbox).{0,400}holding the xtables lock", component="cni", source="a plugin that gave up because of it"),
        Signature(r"[Tt]imed out waiting for the (xtables|iptables) lock", source="felix iptables/table.go"),
        Signature(r"(could not|failed to) acquire (new |old )?iptables.{0,12} lock", source="pkg/util/iptables/iptables_linux.go"),
        Signature(r"failed to open iptables lock /run/xtables\.lock", proof="suggests", source="pkg/util/iptables/iptables_linux.go"),
        Signature(r"Can't lock /run/xtables\.lock: Resource temporarily unavailable", proof="suggests", source="iptables/xshared.c"),
        Signature(r"Could not check for iptables canary.{0,80}exit status 4", component="network", proof="suggests", source="pkg/util/iptables monitor"),
        Signature(r"[Ff]ailed to execute iptables(-legacy|-nft)?-restore: exit status 4(?: \([^i]|$)", at_least=3, source="pkg/util/iptables, exit status 4 is the resource problem; iptables-nft ends with it for any refusal of the kernel, and names itself then"),
    ),
    leads_to=(
        Link("service-vip-unreachable", "node", Text("kube-proxy's rules on the node stay as they were while Services change", "Service が変わっても、ノード上の kube-proxy のルールが更新されない"), strength=0.5),
        Link("service-unreachable", "node", Text("Services on that node point to endpoints that are gone", "そのノードの Service が存在しない Endpoint を指す"), strength=0.4),
        Link("cni-plugin-hang-or-lock", "node", Text("the portmap plugin waits for the lock within ADD", "portmap プラグインが ADD の中でロックを待つ"), strength=0.4),
        Link("cni-del-error-loop", "node", Text("a CNI plugin that removes its iptables rules fails", "iptables ルールを削除する CNI プラグインが失敗する"), strength=0.4),
        Link("sandbox-creation-failing", "node", Text("a CNI plugin that writes iptables rules fails", "iptables ルールを書く CNI プラグインが失敗する"), strength=0.4),
    ),
    asks=(
        Ask("fuser -v /run/xtables.lock; ps -eo pid,etime,stat,wchan:32,args | grep -E '[i]ptables|[x]tables'; iptables-save | wc -l  # on {node}",
            Text("one holder that has stood for minutes (D state: kernel), or many writers and tens of thousands of rules", "何分も保持し続けるプロセス(D 状態ならカーネル側)、または多数の書き込みプロセスと数万行のルール"),
            ("service-rules-explosion", "cni-plugin-hang-or-lock", "service-vip-unreachable", "kernel-netdev-refcount-leak"), evidence="processes"),
        Ask("iptables -V; ls -l /etc/alternatives/iptables; iptables-nft-save | wc -l; iptables-legacy-save | wc -l  # on {node}", Text("rules in both back ends: mixed nft and legacy, which is not a lock problem", "nft と legacy の両方にルールがある場合はロックではなく混在の問題"), ("service-vip-unreachable",)),
    ),
    remedies=(
        Remedy("temporary", Text("end the hanging holder; if it is in D state, drain and reboot", "ロックを保持し続けるプロセスを終了する。D 状態なら drain して再起動する"), Text("its own rule change is lost and must be repeated", "そのプロセスの変更は失われ、再実行が必要になる"),
               "fuser -k -TERM /run/xtables.lock  # on {node}, after a look at who holds it", "iptables -w 5 -L -n >/dev/null && echo ok  # on {node}", "restart"),
        Remedy("permanent", Text("versions that wait for the lock (-w), fewer writers, a larger minSyncPeriod, IPVS or nftables mode, fixed kernel", "ロックを待つ(-w)版、書き込みプロセスの削減、minSyncPeriod の拡大、IPVS・nftables モード、修正済みカーネル"),
               Text("a change of kube-proxy's mode interrupts Service traffic on each node for a moment", "kube-proxy のモード変更時、各ノードで Service 通信が一瞬途切れる"), "kubectl -n kube-system edit configmap kube-proxy", "kubectl -n kube-system logs -l k8s-app=kube-proxy --tail=200 | grep -c xtables", "restart"),
    ),
    versions="all with iptables-legacy; iptables-nft has no such lock",
    references=("https://github.com/kubernetes/kubernetes/issues/57428", "https://github.com/cloudnativelabs/kube-router/issues/1057"),
    examples=(
        hit("kubelet", 'failed to "KillPodSandbox" with KillPodSandboxError: "NetworkPlugin cni failed to teardown pod web-1_shop network: Failed to execute iptables-restore: exit status 4 (Another app is currently holding the xtables lock. Perhaps you want to use the -w option?'),
        near_miss("kubelet", "NetworkPlugin cni failed to teardown pod web-1_shop network: Failed to execute iptables-restore: exit status 1 (iptables-restore: line 12 failed)"),
        hit("kube-proxy", 'Failed to execute iptables-restore: exit status 4 (Another app is currently holding the xtables lock. Perhaps you want to use the -w option?', count=4),
        hit("kube-proxy", 'Failed to execute iptables-restore: exit status 4 (Another app is currently holding the xtables lock; still 3s 0us time ahead to have a chance to grab the lock...'),
        hit("kubelet", "Failed to ensure that nat chain KUBE-MARK-DROP exists: error creating chain: exit status 4: Another app is currently holding the xtables lock. Stopped waiting after 5s."),
        hit("calico-node", "timed out waiting for the xtables lock"),
        hit("kube-proxy", "Failed to execute iptables-restore: failed to acquire old iptables lock: timed out waiting for the condition"),
        hit("kube-proxy", "failed to open iptables lock /run/xtables.lock: open /run/xtables.lock: permission denied"),
        hit("kube-proxy", "Can't lock /run/xtables.lock: Resource temporarily unavailable"),
        hit("kube-proxy", '"Could not check for iptables canary" err="exit status 4" table="mangle" chain="KUBE-PROXY-CANARY"'),
        near_miss("kube-proxy", "Failed to execute iptables-restore: exit status 2 (iptables-restore v1.8.4: Couldn't load match `comment')"),
        near_miss("kubelet", "can't initialize iptables table `nat': Table does not exist (do you need to insmod?)"),
        near_miss("kube-proxy", "Failed to execute iptables-restore: exit status 4 (iptables-restore v1.8.5 (nf_tables): line 9: RULE_INSERT failed (No such file or directory): rule in chain PREROUTING", count=9),
        near_miss("kube-proxy", 'Sync failed, retry after 30s'),
    ),
)
