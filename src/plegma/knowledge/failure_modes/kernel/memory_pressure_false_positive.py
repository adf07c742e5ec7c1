"""The kubelet's reckoning of free memory is wrong, so it evicts without need."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="memory-pressure-false-positive",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kubelet sees memory pressure that is not there", "実際には存在しないメモリ不足を kubelet が検出している"),
    summary=Text(
        "memory.available is capacity minus the root cgroup's working set. When the kernel's counters of the root memory cgroup are wrong (dying cgroups, statistics bugs) the result becomes negative or far too small: the node reports MemoryPressure and evicts pods although free shows plenty.",
        "memory.available は容量からルート cgroup の working set を引いた値。ルート memory cgroup のカウンターが誤っていると(削除待ち cgroup、統計の不具合)負や極端に小さい値になり、free では十分空いているのに MemoryPressure となり Pod が退避される。",
    ),
    signatures=(
        Signature(r"signal=(allocatableM|m)emory\.available.{0,200}observed -\d", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"signal=\\*\"(allocatableM|m)emory\.available\\*\".{0,200}(available|observed)=\\*\"-\d", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go, structured"),
        Signature(r"low on resource: memory.{0,120}available: -\d", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"signal=(allocatableM|m)emory\.available, available: -\d", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go: observations"),
        Signature(r"memory\.available_in_(?:bytes|kb|mb):? +-\d", proof="states", source="kubernetes.io/examples/admin/resource/memory-available.sh, which counts as the kubelet does"),
    ),
    states=(
        StateTest("Metric", {"name": r"^node_memory_percent$", "value": ">=100"}, proof="suggests"),
    ),
    leads_to=(
        Link("pod-evicted", "node", Text("the eviction manager evicts pods to regain memory that is not missing", "eviction manager が不足していないメモリのために Pod を退避させる"), strength=0.9),
        Link("pod-pending", "node", Text("the taint memory-pressure keeps new pods away", "memory-pressure の taint により新しい Pod が配置されない"), strength=0.4),
    ),
    asks=(
        Ask("free -m; cat /proc/meminfo | head -3; kubectl get --raw /api/v1/nodes/{node}/proxy/stats/summary | grep -m1 -A8 '\"memory\"'; cat /sys/fs/cgroup/memory/memory.usage_in_bytes; grep memory /proc/cgroups",
            Text("MemAvailable is large while the kubelet's availableBytes is tiny, zero or negative", "MemAvailable は大きいのに kubelet の availableBytes が極小・0・負"), ("node-memory-starvation", "dying-memory-cgroups", "disk-pressure-false-positive")),
    ),
    remedies=(
        Remedy("temporary", Text("drop caches; if the counter stays wrong, reboot the node", "キャッシュを解放する。カウンターが戻らなければノードを再起動する"), Text("reads are slow for a while after dropping caches", "キャッシュ解放後しばらく読み込みが遅くなる"), "sync; echo 3 > /proc/sys/vm/drop_caches  # on {node}", "kubectl describe node {node} | grep MemoryPressure", "restart"),
        Remedy("permanent", Text("kernel with the memcg statistics fixes, newer kubelet; find what leaves so many dying cgroups", "memcg 統計の修正を含むカーネル、新しい kubelet。削除待ち cgroup が増える原因を調べる"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "kubectl get events -A --field-selector reason=Evicted", "disruptive"),
    ),
    examples=(
        hit("kubelet", "eviction manager: thresholds - reclaim not satisfied: threshold [signal=memory.available, quantity=100Mi] observed -1887437Ki"),
        hit("kubelet", 'Eviction manager: observations signal="allocatableMemory.available" resourceName="memory" available="-120312Ki" capacity="16384Mi"'),
        hit("status", "The node was low on resource: memory. Threshold quantity: 100Mi, available: -120312Ki.", reason="Evicted"),
        hit("kubelet", "eviction manager: observations: signal=memory.available, available: -1048576Ki, capacity: 65807352Ki, time: 2020-01-01 10:01:02"),
        hit("shell", "memory.available_in_bytes -1288490188"),
        near_miss("shell", "memory.available_in_bytes 1288490188"),
        near_miss("kubelet", "eviction manager: thresholds - reclaim not satisfied: threshold [signal=memory.available, quantity=100Mi] observed 60312Ki"),
        near_miss("kubelet", "eviction manager: thresholds - reclaim not satisfied: threshold [signal=allocatableNodeFs.available, quantity=10] observed -1887437Ki"),
        near_miss("status", "The node was low on resource: memory. Threshold quantity: 100Mi, available: 70312Ki.", reason="Evicted"),
    ),
    state_examples=(
        StateExample("Metric", {"name": "node_memory_percent", "value": 131}, True),
        StateExample("Metric", {"name": "node_memory_percent", "value": 98}, False),
    ),
    versions="kernels 3.10 to 4.x; kubelets whose working set still counts reclaimable page cache as used (all, active_file)",
    references=("https://github.com/kubernetes/kubernetes/issues/52386", "https://github.com/kubernetes/kubernetes/pull/114333", "https://github.com/kubernetes/kubernetes/issues/43916"),
)
