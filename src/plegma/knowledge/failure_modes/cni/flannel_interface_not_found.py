"""flanneld finds no network interface to send traffic through."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="flannel-interface-not-found",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("flannel finds no usable interface", "flannel が使えるインターフェースを見つけられない"),
    summary=Text(
        "flanneld looks for the interface of the default route, or for the one named by --iface/--iface-regex, and finds none: the NIC has another name, has no address yet, or the node has no default route. flanneld exits and no subnet.env is written.",
        "flanneld はデフォルトルート、または --iface/--iface-regex で指定したインターフェースを探すが見つからない。NIC 名が違う、まだアドレスがない、デフォルトルートがない、のいずれか。flanneld は終了し、subnet.env は書かれない。",
    ),
    signatures=(
        Signature(r"Could not find valid interface matching", component="network", proof="suggests", source="flannel main.go: information, the next name of the list may fit"),
        Signature(r"[Ff]ailed to find (?:any valid )?interface to use", component="network", proof="states", source="flannel main.go / pkg/ipmatch"),
        Signature(r"failed to get default interface", component="network", source="flannel pkg/ipmatch"),
        Signature(r"failed to find IPv[46] address for interface", component="network", proof="states", source="flannel pkg/ipmatch"),
    ),
    leads_to=(
        Link("flannel-subnet-env-missing", "node", Text("flanneld exits before it writes subnet.env", "subnet.env を書く前に flanneld が終了する"), strength=0.95),
        Link("crash-loop-back-off", "node", Text("the flannel container exits at each start", "flannel コンテナが起動のたびに終了する"), strength=0.8),
    ),
    asks=(
        Ask("ip -br addr; ip route show default; kubectl -n kube-flannel get ds kube-flannel-ds -o yaml | grep -A12 args",
            Text("no default route, or no interface with the configured name", "デフォルトルートがない、または設定した名前のインターフェースがない"),
            ("node-podcidr-not-assigned", "vxlan-not-supported"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Bring the interface or default route up, then restart the flannel pod.", "インターフェースまたはデフォルトルートを復旧し、flannel Pod を再起動する。"),
               Text("none", "なし"), command="kubectl -n kube-flannel delete pod -l app=flannel --field-selector spec.nodeName={node}", verify="cat /run/flannel/subnet.env"),
        Remedy("permanent", Text("Choose the interface by --iface-can-reach or a regular expression that fits all nodes; stable NIC names.",
                                 "--iface-can-reach、または全ノードに合う正規表現で選ばせる。NIC 名を固定する。"),
               Text("a change of the DaemonSet restarts flannel on all nodes", "DaemonSet の変更で全ノードの flannel が再起動する"), verify="kubectl -n kube-flannel rollout status ds/kube-flannel-ds"),
    ),
    examples=(
        hit("pod-log", "Could not find valid interface matching ens224: error looking up interface ens224: route ip+net: no such network interface"),
        hit("pod-log", "Failed to find interface to use that matches the interfaces and/or regexes provided"),
        hit("pod-log", "Failed to find any valid interface to use: failed to get default interface: Unable to find default route"),
        hit("pod-log", "failed to find IPv4 address for interface eth1"),
        near_miss("pod-log", "Determining IP address of default interface"),
        near_miss("pod-log", "Using interface with name eth0 and address 10.1.0.7"),
        near_miss("pod-log", 'Error registering network: failed to acquire lease: node "n4" pod cidr not assigned'),
    ),
    versions="flannel, all versions",
    references=("https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md",),
)
