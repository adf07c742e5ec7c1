"""The node's bridge keeps an address of another subnet."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-bridge-address-mismatch",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the bridge has an address of another subnet", "ブリッジに別サブネットのアドレスが残っている"),
    summary=Text(
        "The bridge plugin wants the first address of the node's current pod CIDR on cni0 (or cbr0), but the bridge still has one of an earlier CIDR: kubeadm reset and re-join, a new lease after the node object was deleted, another CNI before. Every ADD on the node fails.",
        "bridge プラグインは現在の Pod CIDR の先頭アドレスを cni0(または cbr0)に付けようとするが、以前の CIDR のアドレスが残っている。kubeadm reset 後の再参加、ノードオブジェクト削除後の新しいリース、別の CNI の残骸が原因。そのノードの ADD がすべて失敗する。",
    ),
    signatures=(
        Signature(r"already has an IP address different from", component="cni", proof="states", source="containernetworking/plugins bridge ensureAddr"),
        Signature(r"already exists but is not a bridge", component="cni", proof="states", source="containernetworking/plugins bridge bridgeByName"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the bridge plugin refuses to give the bridge a second address", "bridge プラグインが 2 つ目のアドレスを拒否する"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.6),
        Link("host-local-ipam-exhausted", "node", Text("each failed ADD may leave a reservation", "失敗した ADD の予約が残ることがある"), strength=0.2),
    ),
    asks=(
        Ask("ip -br addr show cni0; cat /run/flannel/subnet.env; kubectl get node {node} -o yaml | grep podCIDR",
            Text("the bridge's address is not in the node's podCIDR", "ブリッジのアドレスがノードの podCIDR に含まれない"), ("pod-cidr-mismatch-config", "cni-config-conflict", "cni-interface-name-conflict"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete the bridge; the next ADD makes it anew. Drain first: pods on the bridge lose their network.",
                                 "ブリッジを削除する。次の ADD で作り直される。接続中の Pod は通信できなくなるため先に drain する。"),
               Text("pods on the node lose their network until they are re-created", "ノードの Pod は作り直すまで通信できない"), command="ip link set cni0 down && ip link delete cni0",
               verify="ip -br addr show cni0", risk_level="disruptive"),
        Remedy("permanent", Text("Reboot or clean up (bridge, /var/lib/cni, flannel.1) when a node leaves or gets a new CIDR; forceAddress for the bridge where it may be re-addressed.",
                                 "ノードの離脱や CIDR 変更時に再起動または後片付け(ブリッジ、/var/lib/cni、flannel.1)を行う。付け替えてよい場合は forceAddress を使う。"),
               Text("none", "なし"), verify="ip -br link", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'failed to setup network for sandbox "20": plugin type="flannel" failed (add): failed to delegate add: failed to set bridge addr: "cni0" already has an IP address different from 10.244.3.1/24', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'NetworkPlugin cni failed to set up pod "web-0_shop" network: "cni0" already exists but is not a bridge'),
        near_miss("pod-log", "Current network or subnet (10.244.0.0/16, 10.244.3.0/24) is not equal to previous one (10.32.0.0/16, 10.32.3.0/24)"),
        near_miss("k8s-event", "container veth name provided (eth0) already exists", reason="FailedCreatePodSandBox"),
    ),
    versions="bridge plugin, all versions (flannel, kubenet, kube-router, cri-o default network)",
    references=("https://github.com/containernetworking/plugins/blob/main/plugins/main/bridge/bridge.go", "https://github.com/kubernetes/kubernetes/issues/39557"),
)
