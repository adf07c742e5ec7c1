"""The node was shut down (gracefully), and its pods were ended for that."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-shutdown",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("node shutdown: pods were ended by the kubelet's graceful shutdown", "ノードのシャットダウンにより Pod が終了された"),
    summary=Text(
        "systemd announced a shutdown (reboot, spot or preemptible reclaim, kured, autoscaler), the kubelet held it back with its inhibitor and ended the pods. They stay in the list as Failed (Terminated, Shutdown, NodeShutdown), and after the boot some show a dead status although they run again.",
        "systemd がシャットダウンを通知し(再起動、スポット/プリエンプティブルの回収、kured、オートスケーラーなど)、kubelet が inhibitor で猶予を得て Pod を終了させた。Pod は Failed(Terminated / Shutdown / NodeShutdown)として一覧に残り、起動後に再び動いていても古いステータスのまま表示されることがある。",
    ),
    signatures=(
        Signature(r"terminated in response to imminent node shutdown", "kubelet", "states", source="pkg/kubelet/nodeshutdown"),
        Signature(r"Pod was rejected as the node is shutting down", "kubelet", "states", source="pkg/kubelet/nodeshutdown (v1.22 and later)"),
        Signature(r"Node is shutting, evicting pods", "kubelet", "states", source="pkg/kubelet/nodeshutdown (v1.20, v1.21)"),
        Signature(r"Node is in progress of shutting down, not admitting any new pods", "kubelet", "states", source="pkg/kubelet/nodeshutdown (v1.20, v1.21)"),
        Signature(r"node is shutting down", "kubelet", "states", source="pkg/kubelet/nodestatus: the Ready condition"),
        Signature(r"Shutdown manager detected new shutdown event", "kubelet", "states", source="pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go"),
        Signature(r"Shutdown manager killing pod with ?gracePeriod", "kubelet", "states", source="pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go"),
        Signature(r"Shutdown manager processing shutdown event", "kubelet", "states", source="pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go"),
        Signature(r"The system (?:is going down|will (?:reboot|power off)) ", "systemd", "shows", source="systemd-logind"),
        Signature(r"System is (?:rebooting|powering down)", "systemd", "shows", source="systemd-logind"),
        Signature(r"", "any", "shows", reason=r"NodeShutdown|PreemptScheduled|ScheduledEvents|SpotInterruption|RebalanceRecommendation", source="events of the kubelet, AKS and node termination handlers"),
    ),
    states=(
        StateTest("Pod", {"status": r"^(?:Terminated|NodeShutdown|Shutdown)$"}, "shows"),
        StateTest("Pod", {"reason": r"^(?:Terminated|NodeShutdown|Shutdown)$"}, "shows"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("the kubelet reports `node is shutting down`", "kubelet が node is shutting down を報告する"), within=600, strength=0.8),
        Link("node-status-unknown", "node", Text("once it is off, no heartbeat comes", "停止後はハートビートが途絶える"), strength=0.7),
        Link("pod-rejected", "node", Text("new pods are refused while it goes down", "シャットダウン中は新規 Pod が拒否される"), within=600, strength=0.5),
        Link("exit-137", "node", Text("containers that outlive their share of the grace are killed", "猶予時間を超えたコンテナは SIGKILL される"), within=600, strength=0.3),
        Link("volume-multi-attach", "cluster", Text("the node went away without unmounting", "アンマウントされないままノードが消えた"), within=1800, strength=0.2),
    ),
    asks=(
        Ask("journalctl --list-boots | tail -3; journalctl -b -1 -u systemd-logind | tail; kubectl describe node {node}", Text("a boot that ends at that minute, and who asked for it (operator, cloud, kured)", "その時刻に終わった boot と、誰の要求か(運用者、クラウド、kured)が分かる"), ("kubelet-stopped", "kubelet-node-affinity-race", "disk-pressure-eviction", "cloud-node-deleted"), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("delete the leftover Failed pods; check pods that show Running but do not answer after the boot", "残った Failed の Pod を削除し、起動後に Running 表示でも応答しない Pod がないか確認する"), Text("only dead records are removed", "終了済みの記録を消すだけである"), "kubectl get pods -A --field-selector status.phase=Failed,spec.nodeName={node} -o name", "kubectl get pods -A --field-selector spec.nodeName={node}", "none"),
        Remedy("permanent", Text("drain before planned reboots, handle spot notices (termination handler), set shutdownGracePeriod to what the pods need, keep terminated-pod garbage collection low", "計画再起動の前に drain し、スポット通知を処理(termination handler)し、shutdownGracePeriod を Pod の必要時間に合わせ、終了 Pod の GC しきい値を下げる"), Text("none", "なし"), verify="grep -i shutdownGracePeriod /var/lib/kubelet/config.yaml", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"Shutdown manager killing pod with gracePeriod" pod="shop/web-7d4" gracePeriod=15'),
        hit("status", "Node is in progress of shutting down, not admitting any new pods", "NodeShutdown"),
        hit("kubelet", '"Shutdown manager processing shutdown event"'),
        hit("status", "Pod was terminated in response to imminent node shutdown.", "Terminated"),
        hit("status", "Pod was rejected as the node is shutting down.", "NodeShutdown"),
        hit("status", "Node is shutting, evicting pods", "Shutdown"),
        hit("status", "node is shutting down", "KubeletNotReady"),
        hit("kubelet", '"Shutdown manager detected new shutdown event, isNodeShuttingDownNow" event="start"'),
        hit("systemd-logind", "System is rebooting."),
        hit("systemd-logind", "The system will reboot now!"),
        hit("k8s-event", "Node is shutting down because of a spot notice", "SpotInterruption"),
        near_miss("k8s-event", "The node was low on resource: memory. Threshold quantity: 100Mi, available: 64Mi.", "Evicted"),
        near_miss("kubelet", '"Creating node shutdown manager" shutdownGracePeriodRequested="30s" shutdownGracePeriodCriticalPods="10s"'),
        near_miss("k8s-event", "Preempted by pod 5f0c on node wk-2", "Preempted"),
        near_miss("systemd", "Stopped kubelet: The Kubernetes Node Agent."),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Terminated", "ready": 0}, True),
        StateExample("Pod", {"status": "Failed", "reason": "NodeShutdown"}, True),
        StateExample("Pod", {"status": "Terminating", "ready": 1}, False),
    ),
    versions="graceful node shutdown: beta and on where configured since v1.21; texts changed in v1.21 and v1.22",
    references=(
        "https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/",
        "https://github.com/kubernetes/kubernetes/tree/master/pkg/kubelet/nodeshutdown",
    ),
)
