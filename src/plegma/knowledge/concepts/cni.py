"""The plugins that give a pod its network."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="cni",
    title=Text("CNI (Container Network Interface)", "CNI(Container Network Interface)"),
    what=Text(
        "A CNI plugin is an executable. The runtime calls it once when a sandbox is made (ADD) and once when it is stopped (DEL), with the network namespace's path, the container id and a JSON configuration; it answers with the IP addresses or an error. The runtime takes the first configuration by name in /etc/cni/net.d and finds the binaries in /opt/cni/bin. A chain of plugins (calico, portmap, bandwidth) runs one after the other; address management is a plugin of its own (IPAM).\n"
        "Large networks (Calico, Cilium, AWS VPC CNI, Flannel) add an agent as a DaemonSet. The agent writes the configuration and the binary, and the plugin asks the agent for each pod. So a plugin's error is often the state of the agent's pod on that node.",
        "CNI プラグインは実行ファイルである。ランタイムは sandbox の作成時に ADD、停止時に DEL を、ネットワーク名前空間のパス・コンテナ ID・JSON の設定とともに呼び、プラグインは IP アドレスかエラーを返す。設定は /etc/cni/net.d の名前順で最初のもの、バイナリは /opt/cni/bin から選ばれる。複数のプラグイン(calico・portmap・bandwidth など)は順に実行され、アドレス管理は別のプラグイン(IPAM)が行う。\n"
        "Calico・Cilium・AWS VPC CNI・Flannel などはエージェントを DaemonSet として動かす。設定とバイナリはエージェントが置き、プラグインは Pod ごとにエージェントへ問い合わせる。そのためプラグインのエラーは、多くの場合そのノードのエージェント Pod の状態を表している。",
    ),
    fails=Text(
        "No configuration: the runtime reports NetworkReady=false, the node is NotReady and no sandbox is made; normal for some seconds after boot. An error: RunPodSandbox fails with it at once and is retried every 12 s or so. A hang: the protocol has no deadline of its own, so the pod stands in ContainerCreating with no event at all for 4 minutes; with locks per sandbox or per network every later call waits too. An error in DEL: the pod stays Terminating, and its address and interface leak.\n"
        "One failing call often prints two errors: the reason first, then the failure to clean up ('failed to clean up sandbox', 'Link not found'). The first one counts.",
        "設定が無い: ランタイムが NetworkReady=false を報告し、ノードは NotReady になって sandbox は作られない(起動直後の数秒なら正常)。エラー: RunPodSandbox が直ちに失敗し、約 12 秒ごとに再試行される。ハング: CNI の規約自体に期限は無いため、Pod はイベントの出ないまま 4 分間 ContainerCreating に留まる。sandbox やネットワーク単位のロックがあると、後続の呼び出しもすべて待たされる。DEL のエラー: Pod は Terminating のままになり、アドレスとインターフェースが漏れる。\n"
        "1 回の失敗で 2 つのエラーが並ぶことが多い。先が理由、後が後始末の失敗(failed to clean up sandbox、Link not found)であり、見るべきは先のほうである。",
    ),
    look=(
        Look("ls -l /etc/cni/net.d /opt/cni/bin  # on {node}", Text("which configuration is first, and is its binary there", "先頭の設定はどれか、そのバイナリはあるか")),
        Look("kubectl -n kube-system get pods -o wide --field-selector spec.nodeName={node}", Text("is the network's agent on this node Ready", "このノードの CNI エージェントが Ready か")),
        Look("ps -eo pid,etime,stat,args | grep /opt/cni/bin  # on {node}", Text("a plugin process that is minutes old hangs", "数分経っているプラグインのプロセスはハングしている")),
    ),
    numbers=(
        Number(Text("configuration folder, binary folder", "設定とバイナリのフォルダー"), "/etc/cni/net.d, /opt/cni/bin", "containerd: internal/cri/config/config_unix.go"),
        Number(Text("longest a hanging ADD is waited for (RunPodSandbox)", "返らない ADD を待つ上限(RunPodSandbox)"), "4 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
        Number(Text("longest a hanging DEL is waited for (StopPodSandbox)", "返らない DEL を待つ上限(StopPodSandbox)"), "2 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
    ),
    see=("ipam", "host-local", "pod-sandbox", "cri", "daemonset"),
    modes=(
        "cni-config-missing", "cni-config-invalid", "cni-config-conflict", "cni-binary-missing", "cni-plugin-not-executable", "cni-plugin-crashed",
        "cni-plugin-hang-or-lock", "cni-del-error-loop", "cni-version-incompatible", "cni-bridge-address-mismatch", "cni-bridge-mac-zero",
        "cni-interface-name-conflict",
        "network-not-ready", "calico-node-not-ready", "calico-datastore-unreachable", "calico-cni-token-unauthorized", "calico-cni-rbac-missing",
        "cilium-agent-down", "cilium-agent-overloaded", "flannel-subnet-env-missing", "flannel-interface-not-found", "antrea-agent-down",
        "kube-router-failing", "weave-net-down", "ovn-agent-down", "ovn-port-not-wired", "multus-nad-config-error", "multus-token-unauthorized",
        "sriov-vf-not-allocated", "vxlan-not-supported", "pod-cidr-mismatch-config", "cloud-route-missing", "mtu-mismatch", "overlay-traffic-blocked",
        "network-policy-denies", "host-firewall-blocks-pods", "ip-forwarding-disabled",
    ),
    aliases=("container network interface", "network plugin"),
    references=("https://www.cni.dev/docs/spec/", "https://github.com/containernetworking/cni/issues/567"),
)
