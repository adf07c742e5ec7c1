"""The kubelet's node IP is not an address of the machine."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-node-ip-invalid",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("node IP invalid or not found on the host", "ノード IP がホスト上に存在しない"),
    summary=Text(
        "--node-ip names an address that no interface has (any more), or the kubelet finds no default route to choose one from. It cannot report node addresses: registration fails or the node stays NotReady.",
        "--node-ip のアドレスがどのインターフェースにもない(変わった)、またはデフォルトルートがなく選択できない。ノードのアドレスを報告できず、登録に失敗するか NotReady のままになる。",
    ),
    signatures=(
        Signature(r"not found in the host's network interfaces", "kubelet", "states", source="pkg/kubelet/kubelet_node_status.go validateNodeIP"),
        Signature(r"failed to validate nodeIP", "kubelet", "states", source="pkg/kubelet/nodestatus/setters.go"),
        Signature(r"can't get ip address of node", "kubelet", "states", source="pkg/kubelet/nodestatus/setters.go"),
        Signature(r"no default routes found in \\*\"?/proc/net", "kubelet", "shows", source="apimachinery/pkg/util/net"),
        Signature(r"unable to select an IP from default routes", "any", "shows", source="apimachinery/pkg/util/net (kubeadm, apiserver)"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("the node's addresses cannot be set", "ノードのアドレスを設定できない"), strength=0.7),
        Link("kubelet-crash-loop", "node", Text("some versions exit at start", "版によっては起動時に終了する"), strength=0.3),
    ),
    asks=(Ask("ip -br addr; ip route; ps -ef | grep -o 'node-ip=[^ ]*'; cat /var/lib/kubelet/kubeadm-flags.env", Text("the node-ip is on no interface, or there is no default route", "node-ip がどのインターフェースにもない、またはデフォルトルートがない"), ("node-name-mismatch", "kubelet-apiserver-unreachable"), "kubelet-log"),),
    remedies=(
        Remedy("temporary", Text("set --node-ip to an address of the machine (or bring the interface up) and restart the kubelet", "--node-ip を実在するアドレスにする(またはインターフェースを復旧する)か、kubelet を再起動する"), Text("a changed node IP breaks routes and tunnels until the CNI has it", "ノード IP を変えると CNI が追従するまで経路やトンネルが切れる"), "vi /var/lib/kubelet/kubeadm-flags.env && systemctl restart kubelet", "kubectl get node {node} -o wide", "disruptive"),
        Remedy("permanent", Text("static addresses or DHCP reservations; start the kubelet after network-online.target", "固定アドレスまたは DHCP 予約を使い、kubelet を network-online.target の後に起動する"), Text("none", "なし"), verify="kubectl get nodes -o wide", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Failed to set some node status fields" err="failed to validate nodeIP: node IP: \\"10.9.0.77\\" not found in the host\'s network interfaces" node="wk-2"'),
        hit("kubelet", 'failed to set node status: can\'t get ip address of node wk-2. error: no default routes found in "/proc/net/route" or "/proc/net/ipv6_route"'),
        hit("shell", "unable to select an IP from default routes."),
        near_miss("kubelet", '"Unable to register node with API server" err="nodes \\"wk-2\\" is forbidden: node \\"wk-3\\" is not allowed to modify node \\"wk-2\\""'),
        near_miss("kubelet", "Using node IP: \"10.9.0.4\""),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/",),
)
