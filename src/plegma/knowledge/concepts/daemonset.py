"""One pod on each node."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="daemonset",
    title=Text("DaemonSet", "DaemonSet"),
    what=Text(
        "A DaemonSet keeps one pod on every node that its selector and tolerations allow: CNI agents, kube-proxy, log collectors, CSI node plugins. Its controller makes a pod for each node with a node affinity to exactly that node, and the ordinary scheduler binds it. The controller adds tolerations for not-ready, unreachable, the pressures, and unschedulable (cordon); with host network also for network-unavailable. So such pods stay on sick nodes and are not evicted by taint.",
        "DaemonSet は、selector と toleration が許すすべてのノードに 1 つずつ Pod を保つ。CNI エージェント、kube-proxy、ログ収集、CSI ノードプラグインなどがこれにあたる。コントローラーがノードごとに、そのノードだけを指す node affinity 付きの Pod を作り、通常のスケジューラーが割り当てる。not-ready・unreachable・各 Pressure・unschedulable(cordon)の toleration が自動で付き、hostNetwork なら network-unavailable も付く。そのため異常なノードにも残り、taint では退避されない。",
    ),
    fails=Text(
        "Desired, current, ready and up-to-date differ: fewer current than desired is the controller (quota, webhook, admission); current but Pending is the scheduler (no room on exactly that node: other nodes do not help); not ready on one node only is that node. Since everything on a node leans on its DaemonSets, one failing pod here (CNI, kube-proxy) shows as many failing pods of others. A pod that is deleted by hand comes back at once with the same fault. An OnDelete or a stuck rolling update leaves old pods in place.",
        "desired・current・ready・up-to-date の差を見る。current が desired より少なければコントローラー側(quota、webhook、admission)、current でも Pending ならスケジューラー(そのノードに空きがない。他のノードの空きは役に立たない)、1 台だけ ready でないならそのノードの問題である。ノード上のすべてが DaemonSet に依存するため、CNI や kube-proxy の 1 つの失敗が、他の多くの Pod の失敗として現れる。手で削除しても、同じ障害のまますぐ戻る。OnDelete や停止したローリング更新では、古い Pod が残る。",
    ),
    look=(
        Look("kubectl get ds -A -o wide", Text("desired against ready, for each DaemonSet", "DaemonSet ごとの desired と ready")),
        Look("kubectl get pods -A -o wide --field-selector spec.nodeName={node}", Text("which DaemonSet's pod is missing or not ready on this node", "このノードで欠けている、または ready でない Pod")),
    ),
    numbers=(
        Number(Text("pods created or deleted in one sync at most", "1 回の同期で作成・削除する Pod の上限"), "250", "pkg/controller/daemon/daemon_controller.go"),
        Number(Text("a failed pod is replaced after: first, longest", "失敗した Pod の作り直しまで: 最初、最長"), "1 s, 15 m", "pkg/controller/daemon/daemon_controller.go"),
    ),
    see=("taints-tolerations", "scheduler", "controller-manager", "cni", "kube-proxy"),
    modes=("pod-not-created", "calico-node-not-ready", "cilium-agent-down", "kube-proxy-down", "csi-driver-not-registered", "daemonset-pod-unplaceable"),
    aliases=("daemon set", "ds"),
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/",),
)
