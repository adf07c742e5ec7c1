"""The runtime says that the pod network is not ready."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="network-not-ready",
    layer="cni",
    role="mechanism",
    subject="Node",
    title=Text("the pod network is not ready", "Pod ネットワークの準備ができていない"),
    summary=Text("The runtime reports NetworkReady=false: it has no usable CNI configuration, or waits for the plugin.", "ランタイムが NetworkReady=false を報告している。使える CNI 設定が無いか、プラグインを待っている。"),
    signatures=(
        Signature(r"NetworkReady=false", component="kubelet", source="pkg/kubelet/container/runtime.go"),
        Signature(r"network is not ready: ", component="kubelet", reason=r"NetworkNotReady", source="pkg/kubelet/kubelet.go"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("NetworkReady is part of the Ready condition", "NetworkReady は Ready 条件の一部である"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("pods without hostNetwork wait for the network", "hostNetwork でない Pod はネットワークを待つ"), strength=0.7),
        Link("pod-pending", "node", Text("the not-ready taint keeps pods off", "not-ready taint により Pod が配置されない"), strength=0.4),
    ),
    asks=(
        Ask("ls -l /etc/cni/net.d /opt/cni/bin  # on {node}", Text("is there a configuration, and the plugins it names", "設定ファイルと、そこに書かれたプラグインがあるか"), evidence="cni-config"),
        Ask("kubectl -n kube-system get pods -o wide --field-selector spec.nodeName={node}", Text("does the CNI's own pod run on this node", "このノードで CNI 自身の Pod が動いているか"), evidence="pod-list"),
    ),
    examples=(
        hit("status", "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized", reason="KubeletNotReady"),
        hit("k8s-event", "network is not ready: container runtime network not ready", reason="NetworkNotReady"),
        near_miss("kubelet", '"Container runtime network is ready" NetworkReady=true'),
    ),
    generic=True,
    concepts=("cni",),
)
