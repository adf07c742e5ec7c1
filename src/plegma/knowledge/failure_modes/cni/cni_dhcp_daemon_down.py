"""The DHCP daemon of the CNI dhcp IPAM does not run on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-dhcp-daemon-down",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the CNI DHCP daemon is not running on the node", "ノードで CNI の DHCP デーモンが動いていない"),
    summary=Text(
        "A network with ipam type dhcp (macvlan, bridge, host-device) asks a daemon on /run/cni/dhcp.sock, which nothing starts by itself; or the daemon runs and no DHCP server answers. Only pods with such a network fail.",
        "ipam type dhcp のネットワーク(macvlan、bridge、host-device)は /run/cni/dhcp.sock のデーモンに問い合わせるが、これは自動では起動しない。またはデーモンは動いているが DHCP サーバーが応答しない。このネットワークを使う Pod だけが失敗する。",
    ),
    signatures=(
        Signature(r"error dialing DHCP daemon", component="cni", proof="states", source="containernetworking/plugins ipam/dhcp"),
        Signature(r"error calling DHCP\.Allocate: no more tries", component="cni", proof="states", source="containernetworking/plugins ipam/dhcp: no answer from a DHCP server"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the delegate gets no lease", "delegate がリースを得られない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot release the lease", "DEL がリースを解放できない"), strength=0.4),
    ),
    asks=(
        Ask("ls -l /run/cni/dhcp.sock; pgrep -af 'cni/bin/dhcp'", Text("no socket and no daemon; or a daemon and no DHCP server on that VLAN", "ソケットもデーモンもない。またはデーモンはあるがその VLAN に DHCP サーバーがない"),
            ("multus-nad-config-error", "cni-binary-missing"), "cni-processes"),
    ),
    remedies=(
        Remedy("temporary", Text("Start the daemon on the node.", "ノードでデーモンを起動する。"), Text("none", "なし"), command="rm -f /run/cni/dhcp.sock; systemd-run --unit cni-dhcp /opt/cni/bin/dhcp daemon", verify="ls -l /run/cni/dhcp.sock", risk_level="none"),
        Remedy("permanent", Text("A systemd unit or DaemonSet for the daemon on every node, or whereabouts instead of dhcp.", "全ノードに systemd ユニットか DaemonSet を置く。または dhcp の代わりに whereabouts を使う。"), Text("none", "なし"),
               verify="kubectl get ds -A | grep -i dhcp", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'error adding container to network "office": plugin type="macvlan" failed (add): error dialing DHCP daemon: dial unix /run/cni/dhcp.sock: connect: no such file or directory', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'plugin type="macvlan" failed (add): error calling DHCP.Allocate: no more tries'),
        near_miss("k8s-event", "dial unix /var/run/cilium/cilium.sock: connect: no such file or directory", reason="FailedCreatePodSandBox"),
    ),
    versions="containernetworking/plugins, all versions",
    references=("https://www.cni.dev/plugins/current/ipam/dhcp/",),
)
