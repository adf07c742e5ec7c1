"""One address is used twice."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-ip-conflict",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("an IP address is used twice", "IP アドレスが重複している"),
    summary=Text(
        "Two pods, or a pod and a host, have the same address: the IPAM lost its state (etcd restored from a backup, re-installed CNI, deleted reservation files), pod CIDRs overlap with each other or with the network outside, or static addresses collide. Connections reach the wrong end or flap; Calico refuses the route.",
        "2 つの Pod、または Pod とホストが同じアドレスを持つ。IPAM の状態喪失(etcd のリストア、CNI の再導入、予約ファイルの削除)、Pod CIDR 同士や外部ネットワークとの重複、静的アドレスの衝突が原因。通信が別の相手に届く、または不安定になる。Calico は経路の追加を拒否する。",
    ),
    signatures=(
        Signature(r"error adding host side routes for interface: .{0,200}already exists for an interface other than", component="cni", source="calico cni-plugin dataplane/linux"),
        Signature(r"IPv6 duplicate address (?:[0-9a-e:]|f[0-9a-d]).{1,80}detected", component="kernel", proof="states", source="kernel net/ipv6/addrconf.c; a link-local one (fe80) only says that a veth has a MAC again that was used before"),
        Signature(r"with own address as source address", component="kernel", proof="suggests", source="kernel bridge: duplicate MAC or a loop"),
        Signature(r"conflict detected for IP address", proof="states", source="NetworkManager"),
    ),
    states=(StateTest("DoubledAddress", {"address": r"."}),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("Calico refuses a route that belongs to another interface", "別インターフェースの経路があり Calico が追加を拒否する"), strength=0.5),
        Link("service-unreachable", "node", Text("connections reach the wrong pod or none", "通信が別の Pod に届く、またはどこにも届かない"), strength=0.6),
        Link("probe-failing", "node", Text("probes reach the other owner of the address", "probe が同じアドレスの別の所有者に届く"), strength=0.4),
    ),
    asks=(
        Ask("kubectl get pods -A -o wide --no-headers | awk '$6 != \"None\" {{ print $7 }}' | sort | uniq -d; ip neigh; ip route get POD_IP",
            Text("an address twice in the list (apart from hostNetwork pods), or a route to an interface whose pod is gone", "一覧に同じアドレスが 2 回出る(hostNetwork を除く)、または消えた Pod のインターフェースへの経路が残っている"),
            ("cni-interface-name-conflict", "host-local-ipam-exhausted", "pod-cidr-mismatch-config", "network-policy-denies"), "pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete one of the two pods; remove the stale interface or route whose pod is gone.", "どちらかの Pod を削除する。Pod のないインターフェースや経路を消す。"), Text("the deleted pod restarts", "削除した Pod は再起動する"),
               command="kubectl -n {namespace} delete pod {pod}", verify="kubectl get pods -A -o wide"),
        Remedy("permanent", Text("Reconcile the IPAM (calicoctl ipam check; compare files with sandboxes), drain nodes before a CNI is re-installed, ranges that overlap with nothing.",
                                 "IPAM を整合させ(calicoctl ipam check、ファイルと PodSandbox の照合)、CNI 再導入前にノードを drain し、重複しない範囲にする。"),
               Text("none", "なし"), verify="calicoctl ipam check", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="calico" failed (add): error adding host side routes for interface: cali0a1b2c3d4e5, error: route (Ifindex: 436, Dst: 10.80.1.62/32, Scope: link) already exists for an interface other than \'cali0a1b2c3d4e5\'', reason="FailedCreatePodSandBox"),
        hit("kernel", "IPv6: eth0: IPv6 duplicate address fd00:10:244:1::7 used by 5e:11:22:33:44:55 detected!"),
        hit("kernel", "cni0: received packet on veth1f2e3d4c with own address as source address (addr:5e:11:22:33:44:55, vlan:0)"),
        hit("NetworkManager", "<warn> [1700000000.1] device (eth0): IPv4: conflict detected for IP address 10.1.0.12 with host 5E:11:22:33:44:55"),
        near_miss("k8s-event", "10.244.1.7 has been allocated to 88aa, duplicate allocation is not allowed", reason="FailedCreatePodSandBox"),
        near_miss("kernel", "IPv6: eth0: IPv6 duplicate address fe80::42:acff:fe11:7 detected!"),
        near_miss("kernel", "IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready"),
    ),
    state_examples=(
        StateExample("DoubledAddress", {"address": "10.244.0.7"}, True),
        StateExample("AddressRange", {"network": "podnet", "reserved": 9}, False),
    ),
    versions="all",
    references=("https://github.com/projectcalico/calico/issues/3940", "https://github.com/projectcalico/calico/issues/11755"),
)
