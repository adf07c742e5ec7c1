"""Who declares a node lost, and ends its pods."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="node-controller",
    title=Text("node controller (node life cycle)", "node controller(ノードのライフサイクル)"),
    what=Text(
        "A part of kube-controller-manager that looks at all nodes every 5 s. If a node's lease and status were not renewed for the grace period it sets Ready=Unknown, adds the taint node.kubernetes.io/unreachable, and marks the node's pods not ready so that Services leave them out. Pods without a longer toleration are deleted 5 minutes later, at a limited rate; if most nodes of a zone are lost at once it slows down or stops, since then the fault is likely its own side. With Ready=False from the kubelet it adds the taint not-ready instead.",
        "kube-controller-manager の一部で、5 秒ごとに全ノードを見る。Lease も状態も猶予時間を超えて更新されなければ、Ready=Unknown とし、taint node.kubernetes.io/unreachable を付け、そのノードの Pod を not ready にして Service から外す。より長い toleration を持たない Pod は、5 分後に速度を制限しながら削除される。ゾーンの大半が同時に失われた場合は、自分側の障害とみて速度を落とすか止める。kubelet が Ready=False を報告した場合は、代わりに not-ready の taint を付ける。",
    ),
    fails=Text(
        "It judges by what reaches the API. A node that lives but cannot write there is declared lost, and its pods run twice: the old ones on, because nobody can tell that kubelet to stop. Deleted pods of such a node stay Terminating until it comes back or its Node object is removed (or gets the taint out-of-service); StatefulSets wait for that on purpose. 'NodeNotReady' for many nodes in one minute is the control plane or the network, not the nodes. If the controller itself was away, nodes read Ready long after their death.",
        "判断材料は API に届いたものだけである。生きていても書き込めないノードは失われたとみなされ、Pod は二重に動く。古いほうも動き続けるのは、その kubelet に停止を伝える手段がないからである。削除された Pod は、ノードが戻るか Node オブジェクトが消される(または out-of-service の taint が付く)まで Terminating のままになり、StatefulSet は意図的にそれを待つ。1 分のうちに多数のノードで NodeNotReady が出るなら、ノードではなくコントロールプレーンかネットワークの問題である。コントローラー自身が止まっていた場合、死んだノードがずっと Ready のまま表示される。",
    ),
    look=(
        Look("kubectl get events -A --field-selector source=node-controller", Text("NodeNotReady, and TaintManagerEviction for the pods", "NodeNotReady と、Pod に対する TaintManagerEviction")),
        Look("kubectl get nodes -o custom-columns=NODE:.metadata.name,TAINTS:.spec.taints[*].key", Text("unreachable, not-ready, out-of-service", "unreachable・not-ready・out-of-service の有無")),
    ),
    numbers=(
        Number(Text("looks every (--node-monitor-period); grace (--node-monitor-grace-period)", "確認周期(--node-monitor-period)。猶予(--node-monitor-grace-period)"), "5 s; 50 s (≤ v1.31: 40 s)", "staging/src/k8s.io/cloud-provider/config/v1alpha1/defaults.go, pkg/controller/nodelifecycle/config/v1alpha1/defaults.go"),
        Number(Text("grace of a node that just started", "起動直後のノードの猶予"), "60 s", "pkg/controller/nodelifecycle/config/v1alpha1/defaults.go"),
        Number(Text("nodes emptied: rate; when a zone is disrupted; share of lost nodes that counts as disrupted", "退避するノードの速度。ゾーン障害時の速度。ゾーン障害とみなす割合"), "0.1/s; 0.01/s; 55 %", "cmd/kube-controller-manager/app/options/nodelifecyclecontroller.go"),
        Number(Text("pods are deleted after", "Pod が削除されるまで"), "300 s", "plugin/pkg/admission/defaulttolerationseconds/admission.go"),
    ),
    see=("node-lease", "node-conditions", "taints-tolerations", "controller-manager"),
    modes=("node-status-unknown", "node-object-deleted", "cloud-node-deleted", "pod-stuck-terminating", "controller-manager-down", "kubelet-stopped"),
    aliases=("node lifecycle controller", "NodeStatusUnknown", "node monitor"),
    references=("https://kubernetes.io/docs/concepts/architecture/nodes/#node-controller",),
)
