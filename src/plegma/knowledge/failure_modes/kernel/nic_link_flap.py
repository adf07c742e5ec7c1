"""The node's network card loses its link or hangs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="nic-link-flap",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's network card loses its link or is reset by its driver", "ノードの NIC がリンク断またはドライバーによるリセットを起こしている"),
    summary=Text(
        "Link down and up, a transmit queue that times out, or an adapter reset on the physical interface (not on a veth). For seconds the node is off the network: heartbeats are lost, TCP connections of kubelet, etcd and storage break or hang half-open.",
        "物理インターフェイス(veth ではない)でリンクの断続、送信キューのタイムアウト、アダプターのリセットが起きている。その数秒間ノードはネットワークから切り離され、ハートビートが失われ、kubelet・etcd・ストレージの TCP 接続が切れる、または半開きのまま残る。",
    ),
    signatures=(
        Signature(r"NETDEV WATCHDOG: \S+ \(\S+\): transmit queue \d+ timed out", component="kernel", proof="states", source="net/sched/sch_generic.c"),
        Signature(r"Detected (Tx|Hardware) Unit Hang", component="kernel", proof="states", source="drivers/net/ethernet/intel"),
        Signature(r"\b(eth\d+|en[ops]\w+|em\d+|ib\d+|bond\d+)\b:? (NIC )?[Ll]ink (is )?[Dd]own", component="kernel", at_least=3, source="network drivers"),
        Signature(r"\b(eth\d+|en[ops]\w+|em\d+|ib\d+|bond\d+)\b:? (NIC )?[Ll]ink (is )?[Dd]own", component="kernel", proof="suggests", source="network drivers"),
        Signature(r"link status definitely down for interface", component="kernel", source="drivers/net/bonding"),
        Signature(r"\b(eth\d+|en[ops]\w+|em\d+|bond\d+): Lost carrier", proof="shows", source="systemd-networkd"),
        Signature(r"(Reset adapter|Resetting adapter|resetting the NIC|initiating reset due to tx timeout)", component="kernel", source="drivers/net/ethernet"),
        Signature(r"mlx5_core \S+: .{0,80}(device's health compromised|health recovery|firmware fatal|TX timeout)", component="kernel", source="drivers/net/ethernet/mellanox"),
        Signature(r"\bena \S+:? .{0,80}(Keep alive watchdog timeout|Trigger(ing)? (a )?reset|TX hasn't completed|reset_task)", component="kernel", source="drivers/net/ethernet/amazon/ena"),
        Signature(r"tx hang", component="kernel", proof="suggests", source="vmxnet3, virtio"),
    ),
    leads_to=(
        Link("node-status-unknown", "node", Text("heartbeats do not leave the node", "ハートビートがノードから出ない"), strength=0.6),
        Link("node-readiness-flapping", "node", Text("the node comes and goes with its link", "リンクとともにノードの状態が変わる"), strength=0.5),
        Link("kubelet-stale-http2-connection", "node", Text("the kubelet's connection to the API stays half-open after the gap", "断の後、kubelet の API 接続が半開きのまま残る"), strength=0.4),
        Link("kubelet-apiserver-unreachable", "node", Text("the API cannot be reached meanwhile", "その間 API に到達できない"), strength=0.5),
        Link("apiserver-unavailable", "node", Text("the node's calls to the API time out", "ノードからの API 呼び出しがタイムアウトする"), strength=0.5),
        Link("service-unreachable", "node", Text("cross-node traffic stops for seconds", "ノード間通信が数秒間止まる"), strength=0.5),
        Link("storage-hang-dstate", "node", Text("mounts of network storage wait for their server", "ネットワークストレージのマウントがサーバーを待つ"), strength=0.3),
        Link("volume-multi-attach", "cluster", Text("pods are made anew elsewhere while this node still holds their volumes", "ノードがボリュームを保持したまま Pod が他で再作成される"), strength=0.2),
    ),
    asks=(
        Ask("dmesg -T | grep -iE 'link|watchdog|reset|carrier' | tail -40; ethtool -S IFACE | grep -iE 'err|drop|timeout|fault'; ip -s link  # on {node}", Text("the physical interface by name, errors that grow; the switch port's log at the same second", "物理インターフェイス名の行と増え続けるエラー。同時刻のスイッチポートの記録"),
            ("kubelet-stale-http2-connection", "kubelet-apiserver-unreachable", "vm-paused-or-steal", "conntrack-table-full", "neighbour-table-overflow"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node; restart the kubelet once the link is stable", "ノードを drain し、リンクが安定したら kubelet を再起動する"), Text("its pods move", "Pod が移動する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data; ssh {node} systemctl restart kubelet", "ip -s link; kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("cable, transceiver and switch port, driver and firmware, offload settings (tso, gso) off for a buggy driver, bonding", "ケーブル・トランシーバー・スイッチポート、ドライバーとファームウェアの更新、不具合のあるドライバーではオフロード(tso・gso)の無効化、ボンディング"), Text("maintenance window", "保守時間が必要"), "ethtool -K IFACE tso off gso off  # on {node}, where the driver hangs", "dmesg -T | grep -ciE 'link is down|timed out'  # on {node}", "disruptive"),
    ),
    examples=(
        hit("kernel", "NETDEV WATCHDOG: eth0 (e1000e): transmit queue 0 timed out"),
        hit("kernel", "e1000e 0000:00:1f.6 eno1: Detected Hardware Unit Hang:"),
        hit("kernel", "ixgbe 0000:01:00.0 eno49: NIC Link is Down", count=5),
        hit("kernel", "mlx5_core 0000:3b:00.0 ens1f0: Link down"),
        hit("kernel", "bond0: (slave eno49): link status definitely down for interface eno49, disabling it"),
        hit("systemd-networkd", "ens5: Lost carrier"),
        hit("kernel", "ixgbe 0000:01:00.0 eno49: initiating reset due to tx timeout"),
        hit("kernel", "mlx5_core 0000:3b:00.0: poll_health:739:(pid 0): device's health compromised - reached miss count"),
        hit("kernel", "ena 0000:00:05.0 ens5: Keep alive watchdog timeout."),
        hit("kernel", "vmxnet3 0000:0b:00.0 ens192: tx hang"),
        near_miss("kernel", "cni0: port 4(veth1f2e) entered disabled state"),
        near_miss("systemd-networkd", "cali12ab34: Lost carrier"),
        near_miss("kernel", "e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx"),
        near_miss("kernel", "NMI watchdog: Enabled. Permanently consumes one hw-PMU counter."),
    ),
    versions="all",
    references=("https://docs.kernel.org/networking/device_drivers/index.html",),
)
