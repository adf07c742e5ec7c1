"""The kernel cannot make the overlay's VXLAN device."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="vxlan-not-supported",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the node's kernel has no VXLAN", "ノードのカーネルに VXLAN がない"),
    summary=Text(
        "The CNI's agent asks the kernel for a VXLAN device and gets 'operation not supported': the vxlan module is not there (Raspberry Pi kernels of Ubuntu without linux-modules-extra-raspi, stripped cloud or container kernels).",
        "CNI エージェントが VXLAN デバイスを作ろうとすると operation not supported になる。vxlan モジュールがない(linux-modules-extra-raspi のない Ubuntu の Raspberry Pi 用カーネル、機能を削ったクラウド・コンテナ用カーネルなど)。",
    ),
    signatures=(
        Signature(r"registering network: operation not supported", component="network", proof="states", source="flannel backend/vxlan"),
        Signature(r"Module vxlan not found", proof="states", source="modprobe"),
        Signature(r"[Vv][Xx][Ll][Aa][Nn].{0,80}operation not supported", component="network", source="netlink EOPNOTSUPP in the agents of calico, cilium, antrea"),
    ),
    leads_to=(
        Link("flannel-subnet-env-missing", "node", Text("flanneld exits before it writes subnet.env", "subnet.env を書く前に flanneld が終了する"), strength=0.9),
        Link("calico-node-not-ready", "node", Text("Felix cannot program the overlay", "Felix がオーバーレイを設定できない"), strength=0.5),
        Link("cilium-agent-down", "node", Text("the agent stops at its datapath", "エージェントがデータパスの初期化で止まる"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("the agent exits at each start", "エージェントが起動のたびに終了する"), strength=0.7),
    ),
    asks=(
        Ask("modprobe vxlan; uname -r; ls /lib/modules/$(uname -r)/kernel/drivers/net | grep vxlan",
            Text("the module does not exist for the running kernel", "稼働中のカーネルに対応するモジュールがない"), ("kernel-module-missing", "flannel-interface-not-found"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Use a backend that needs no VXLAN (host-gw, on one L2 segment).", "VXLAN を使わないバックエンド(同一 L2 なら host-gw)へ切り替える。"),
               Text("all nodes must use the same backend", "全ノードで同じバックエンドにする必要がある"), verify="kubectl -n kube-flannel get cm kube-flannel-cfg -o yaml", risk_level="disruptive"),
        Remedy("permanent", Text("Install the kernel's extra modules (Raspberry Pi: linux-modules-extra-raspi) or a kernel with VXLAN, and load it at boot.",
                                 "カーネルの追加モジュール(Raspberry Pi は linux-modules-extra-raspi)か VXLAN 対応カーネルを導入し、起動時に読み込む。"),
               Text("a new kernel needs a reboot", "カーネル更新には再起動が必要"), command="apt-get install -y linux-modules-extra-raspi && modprobe vxlan", verify="ip -d link show flannel.1", risk_level="disruptive"),
    ),
    examples=(
        hit("pod-log", "Error registering network: operation not supported"),
        hit("shell", "modprobe: FATAL: Module vxlan not found in directory /lib/modules/5.15.0-1021-raspi"),
        hit("pod-log", "Failed to configure VXLAN tunnel device, retrying... error=failed to create VXLAN device vxlan.calico: operation not supported"),
        near_miss("pod-log", "Error registering network: failed to acquire lease: etcdserver: request timed out"),
        near_miss("kernel", "vxlan: VXLAN device support loaded"),
    ),
    versions="kernels without CONFIG_VXLAN or its module package",
    references=("https://github.com/k3s-io/k3s/issues/4234", "https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md"),
)
