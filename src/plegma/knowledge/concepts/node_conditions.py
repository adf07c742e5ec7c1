"""What the kubelet and the node controller say of a node."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="node-conditions",
    title=Text("node conditions (Ready, pressures)", "ノードの Conditions(Ready・Pressure)"),
    what=Text(
        "A node has the conditions Ready, MemoryPressure, DiskPressure, PIDPressure, and NetworkUnavailable (set by the cloud or the CNI). The kubelet sets them with each status update; Ready=False has the reason KubeletNotReady and a message that lists every failed check: 'container runtime is down', 'PLEG is not healthy: ...', 'container runtime network not ready: ...'.\n"
        "Ready=Unknown is never the kubelet's word. The node controller sets it, with NodeStatusUnknown and 'Kubelet stopped posting node status.', when neither the lease nor the status was renewed in time. False means: the kubelet lives and says why. Unknown means: nothing was heard.",
        "ノードには Ready・MemoryPressure・DiskPressure・PIDPressure と、クラウドや CNI が設定する NetworkUnavailable がある。kubelet は状態更新のたびにこれらを設定し、Ready=False の reason は KubeletNotReady、message には失敗した検査がすべて並ぶ(container runtime is down、PLEG is not healthy: ...、container runtime network not ready: ...)。\n"
        "Ready=Unknown は kubelet の言葉ではない。Lease も状態も期限内に更新されなかったとき、node controller が NodeStatusUnknown / Kubelet stopped posting node status. として設定する。False は「kubelet は生きていて理由を述べている」、Unknown は「何も届いていない」を意味する。",
    ),
    fails=Text(
        "Ready=False: the message is the diagnosis; go to the runtime, PLEG or the network plugin. Unknown: the kubelet is stopped or hangs, the machine is down, or the way to the API server is cut; several nodes at once point to the network or the load balancer. Flapping (NodeNotReady and NodeReady counts that grow together) is a fault even if the node is Ready now. DiskPressure and MemoryPressure also make the kubelet evict pods, and taint the node.\n"
        "The event NodeNotReady comes from the kubelet or from the node controller: its source tells which of the two spoke.",
        "Ready=False なら message がそのまま診断で、ランタイム・PLEG・ネットワークプラグインのどれを調べるかが決まる。Unknown なら、kubelet の停止かハング、マシンの停止、API サーバーへの経路断のいずれかで、複数ノードで同時ならネットワークやロードバランサーを疑う。フラッピング(NodeNotReady と NodeReady の回数がそろって増える)は、今 Ready でも障害である。DiskPressure と MemoryPressure では退避(eviction)が始まり、ノードに taint が付く。\n"
        "NodeNotReady イベントは kubelet と node controller の両方が出す。source を見ればどちらの発言か分かる。",
    ),
    look=(
        Look("kubectl describe node {node}", Text("conditions with reason, message, last heartbeat and last transition", "Conditions の reason・message・最終更新・最終遷移")),
        Look("kubectl -n kube-node-lease get lease {node} -o yaml", Text("renewTime: when the kubelet was last heard", "renewTime: kubelet からの最後の連絡時刻")),
        Look("kubectl get events -A --field-selector involvedObject.kind=Node,involvedObject.name={node}", Text("NodeNotReady and NodeReady with counts and source", "NodeNotReady / NodeReady の回数と source")),
    ),
    numbers=(
        Number(Text("status is computed every; posted without a change every", "状態の計算周期。変化がないときの送信周期"), "10 s; 5 m", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("Unknown when nothing was heard for", "Unknown になるまでの無通信時間"), "50 s (≤ v1.31: 40 s)", "pkg/controller/nodelifecycle/config/v1alpha1/defaults.go"),
        Number(Text("a pressure condition stays at least (evictionPressureTransitionPeriod)", "Pressure が維持される最短時間(evictionPressureTransitionPeriod)"), "5 m", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("node-lease", "node-controller", "pleg", "cri", "cni", "eviction", "taints-tolerations"),
    modes=("node-not-ready", "node-status-unknown", "node-readiness-flapping", "node-boot-failed", "kernel-panic", "vm-paused-or-steal", "node-daemon-oom-killed", "node-cpu-starvation", "node-rebooted", "nic-link-flap"),
    aliases=("NodeReady", "node status", "conditions"),
    references=("https://kubernetes.io/docs/reference/node/node-status/#condition",),
)
