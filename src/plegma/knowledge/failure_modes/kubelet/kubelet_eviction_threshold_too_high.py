"""Eviction thresholds are set so high that a healthy node evicts."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-eviction-threshold-too-high",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("eviction thresholds too high for this node", "退避しきい値がノードに対して高すぎる"),
    summary=Text(
        "evictionHard/evictionSoft ask for more free memory or disk than the node has in normal use (a copied configuration, or percentages on a large disk), so the node is under pressure for good and evicts pods although plenty is free.",
        "evictionHard / evictionSoft が通常時の空きより大きい値を要求している(設定の使い回し、大容量ディスクでの % 指定など)。空きが十分あるのに常時 Pressure となり Pod が退避される。",
    ),
    signatures=(
        Signature(r"The node was low on resource: memory\. Threshold quantity: (?:\d+Gi|\d{4,}Mi|\d{7,}Ki|\d{10,})", "kubelet", "suggests", source="pkg/kubelet/eviction/helpers.go (v1.26 and later name the threshold)"),
        Signature(r"The node was low on resource: ephemeral-storage\. Threshold quantity: (?:\d{3,}Gi|\d{12,})", "kubelet", "suggests", source="pkg/kubelet/eviction/helpers.go"),
    ),
    states=(StateTest("Config", {"key": r"(?i)eviction-?(?:hard|soft)", "value": r"available\W+(?:[3-9]\d|100)(?:\.\d+)?%"}, "shows"),),
    leads_to=(
        Link("pod-evicted", "node", Text("the threshold is crossed in normal use", "通常の使用量でしきい値を超える"), strength=0.8),
        Link("disk-pressure-eviction", "node", Text("DiskPressure with free space", "空きがあるのに DiskPressure になる"), strength=0.3),
    ),
    asks=(Ask("kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -o '\"eviction[^}]*}'; df -h /var/lib/kubelet; free -m", Text("the threshold is near or above what is normally free", "しきい値が通常時の空きに近い、または超えている"), ("disk-pressure-eviction", "node-memory-starvation", "memory-pressure-false-positive", "disk-pressure-false-positive"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("lower the threshold and restart the kubelet", "しきい値を下げて kubelet を再起動する"), Text("too low a threshold invites the OOM killer", "下げすぎると OOM killer の発動を招く"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "kubectl describe node {node} | grep Pressure"),
        Remedy("permanent", Text("set thresholds per machine size (defaults: memory 100Mi, nodefs 10 %, imagefs 15 %)", "マシンサイズごとにしきい値を決める(既定: memory 100Mi、nodefs 10 %、imagefs 15 %)"), Text("none", "なし"), verify="kubectl get events -A --field-selector reason=Evicted", risk_level="none"),
    ),
    examples=(
        hit("status", "The node was low on resource: memory. Threshold quantity: 12Gi, available: 11804440Ki. Container app was using 30Mi, request is 0, has larger consumption of memory.", "Evicted"),
        hit("status", "The node was low on resource: ephemeral-storage. Threshold quantity: 483183820800, available: 412Gi.", "Evicted"),
        near_miss("status", "The node was low on resource: memory. Threshold quantity: 100Mi, available: 52Mi.", "Evicted"),
        near_miss("status", "The node was low on resource: ephemeral-storage. Threshold quantity: 4294967296, available: 3Gi.", "Evicted"),
    ),
    state_examples=(
        StateExample("Config", {"file": "config.yaml", "key": "evictionHard", "value": "memory.available: 40%"}, True),
        StateExample("Config", {"file": "config.yaml", "key": "evictionHard", "value": "nodefs.available: 10%"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#hard-eviction-thresholds",),
)
