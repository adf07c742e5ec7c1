"""The node's disk is (nearly) full, so the kubelet evicts pods and removes images."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="disk-pressure-eviction",
    layer="storage",
    role="cause",
    subject="Node",
    title=Text("node disk full: DiskPressure", "ノードのディスク逼迫(DiskPressure)"),
    summary=Text(
        "Images, container logs, writable layers or emptyDirs filled nodefs or imagefs beyond the eviction threshold. The kubelet taints the node, deletes unused images and dead containers, and when that frees too little, evicts pods. It is the node's disk, not the pod's own limit.",
        "イメージ、コンテナログ、書き込みレイヤー、emptyDir が nodefs / imagefs を退避しきい値を超えて埋めた。kubelet はノードに taint を付け、未使用イメージと終了コンテナを削除し、それでも足りなければ Pod を退避する。Pod 自身の上限ではなくノードのディスクの問題である。",
    ),
    signatures=(
        Signature(r"The node was low on resource: (?:ephemeral-storage|nodefs|imagefs|containerfs|\[DiskPressure\])", "kubelet", "states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"The node had condition: \[[^\]]*DiskPressure", "kubelet", "states", source="pkg/kubelet/eviction/eviction_manager.go: admission"),
        Signature(r"[Aa]ttempting to reclaim (?:ephemeral-storage|nodefs|imagefs)", "kubelet", "states", source="pkg/kubelet/eviction; event EvictionThresholdMet"),
        Signature(r"", "kubelet", "states", reason="NodeHasDiskPressure", source="pkg/kubelet/kubelet_node_status.go"),
        Signature(r"anted to free \d+ bytes, but freed \d+ bytes", "kubelet", "shows", source="pkg/kubelet/images/image_gc_manager.go: ImageGCFailed"),
        Signature(r"ttempted to free \d+ bytes, but only found \d+ bytes eligible to free", "kubelet", "shows", source="image_gc_manager.go (v1.26 and later): FreeDiskSpaceFailed"),
        Signature(r"failed to garbage collect required amount of images", "kubelet", "shows", source="image_gc_manager.go"),
        Signature(r"must evict pod\(s\) to reclaim (?:ephemeral-storage|nodefs|imagefs)|must evict pod\(s\) to reclaim\" resourceName=\"ephemeral-storage", "kubelet", "states", source="pkg/kubelet/eviction/eviction_manager.go"),
        Signature(r"taints? \{node\.kubernetes\.io/disk-pressure", "controller", "shows", source="scheduler: untolerated taint"),
        Signature(r"(?:write|mkdir|open|rename|copy|sync|symlink|create) /var/(?:lib|log)/(?:docker|containerd|containers|kubelet|pods)\S*: no space left on device", "any", "shows", source="os package; a path on nodefs or imagefs"),
        Signature(r"Disk usage on image filesystem is over the high threshold", "kubelet", "suggests", source="image_gc_manager.go: 85 %, before any pressure"),
    ),
    states=(
        StateTest("Condition", {"type": "^DiskPressure$", "status": "^True$"}, "states"),
        StateTest("Node", {"taints": r"node\.kubernetes\.io/disk-pressure"}, "states"),
        StateTest("Filesystem", {"mount": r"^/(?:var(?:/lib(?:/(?:docker|containerd|containers|kubelet))?)?)?$", "use_percent": ">=92"}, "suggests"),
    ),
    leads_to=(
        Link("pod-evicted", "node", Text("the eviction manager fails pods until the threshold is respected", "しきい値を下回るまで eviction manager が Pod を退避する"), strength=0.8),
        Link("pod-rejected", "node", Text("new pods are refused while the condition holds", "Pressure の間は新規 Pod が拒否される"), strength=0.4),
        Link("pod-pending", "cluster", Text("the taint keeps pods away", "taint により Pod が配置されない"), strength=0.5),
        Link("image-pull-back-off", "node", Text("layers cannot be written", "イメージのレイヤーを書き込めない"), strength=0.3),
        Link("container-cannot-run", "node", Text("the runtime cannot write state or layers", "ランタイムが状態やレイヤーを書き込めない"), strength=0.3),
        Link("pause-image-garbage-collected", "node", Text("image garbage collection takes the unpinned pause image", "イメージ GC がピン留めされていない pause イメージを削除する"), strength=0.2),
    ),
    refutes=(
        Refutation(Text("the kubelet's figure is impossible (negative)", "kubelet の計測値が負であり得ない"), mode="disk-pressure-false-positive", weight=0.6),
        Refutation(Text("the pod crossed its own limit", "Pod 自身の上限超過である"), mode="pod-ephemeral-storage-limit", weight=0.4),
    ),
    asks=(
        Ask("df -h / /var/lib/kubelet /var/lib/containerd /var/lib/docker; df -i; du -xh --max-depth=2 /var/lib /var/log | sort -h | tail -20", Text("use above 85 % to 90 %, and what it is", "使用率が 85〜90 % を超えており、内訳が分かる"), ("pod-ephemeral-storage-limit", "disk-pressure-false-positive", "inode-exhaustion", "run-tmpfs-full", "kubelet-eviction-threshold-too-high", "memcg-leak-kernel-kmem", "inotify-limit"), "disk-usage"),
        Ask("kubectl describe node {node} | grep -A12 Conditions", Text("DiskPressure True", "DiskPressure が True"), ("pod-ephemeral-storage-limit",), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("free space: unused images, old logs, dead containers; then delete the evicted pods", "未使用イメージ、古いログ、終了コンテナを消して空きを作り、その後 Evicted の Pod を削除する"), Text("removed images are pulled again; logs are lost", "消したイメージは再取得となり、ログは失われる"), "crictl rmi --prune; journalctl --vacuum-size=500M", "kubectl get node {node} -o jsonpath='{.status.conditions[?(@.type==\"DiskPressure\")].status}'", "disruptive"),
        Remedy("permanent", Text("larger or separate image disk, log rotation (containerLogMaxSize), ephemeral-storage requests and limits, alarms at 75 %", "ディスク拡張または imagefs の分離、ログローテーション(containerLogMaxSize)、ephemeral-storage の requests / limits、75 % での監視アラート"), Text("needs new nodes or a reboot", "ノードの入れ替えや再起動を伴う"), verify="df -h /var/lib/containerd", risk_level="disruptive"),
    ),
    examples=(
        hit("status", "The node was low on resource: ephemeral-storage. Container web was using 812Mi, which exceeds its request of 0. ", "Evicted"),
        hit("status", "The node was low on resource: imagefs.", "Evicted"),
        hit("status", "The node was low on resource: [DiskPressure].", "Evicted"),
        hit("status", "Pod The node had condition: [DiskPressure]. ", "Evicted"),
        hit("k8s-event", "Attempting to reclaim ephemeral-storage", "EvictionThresholdMet"),
        hit("kubelet", '"Eviction manager: must evict pod(s) to reclaim" resourceName="ephemeral-storage"'),
        hit("k8s-event", "Node wk-6 status is now: NodeHasDiskPressure", "NodeHasDiskPressure"),
        hit("k8s-event", "wanted to free 1873241702 bytes, but freed 0 bytes space with errors in image deletion: rpc error: code = Unknown desc = conflict", "ImageGCFailed"),
        hit("k8s-event", "Failed to garbage collect required amount of images. Attempted to free 1873241702 bytes, but only found 0 bytes eligible to free.", "FreeDiskSpaceFailed"),
        hit("kubelet", "Image garbage collection failed multiple times in a row: failed to garbage collect required amount of images. Wanted to free 1873241702 bytes, but freed 20971 bytes"),
        hit("k8s-event", "0/4 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 3 Insufficient memory.", "FailedScheduling"),
        hit("containerd", 'failed to create containerd task: write /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db: no space left on device'),
        hit("kubelet", '"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=87 highThreshold=85 amountToFree=1873241702 lowThreshold=80'),
        near_miss("status", 'Container cart exceeded its local ephemeral storage limit "20Mi". ', "Evicted"),
        near_miss("status", 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ', "Evicted"),
        near_miss("status", "The node was low on resource: memory. Container web was using 3Gi, which exceeds its request of 0. ", "Evicted"),
        near_miss("kubelet", "mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod0f1e: no space left on device"),
        near_miss("kubelet", "inotify_add_watch /var/lib/kubelet/plugins: no space left on device"),
        near_miss("k8s-event", "Attempting to reclaim inodes", "EvictionThresholdMet"),
        near_miss("k8s-event", "Node wk-6 status is now: NodeHasNoDiskPressure", "NodeHasNoDiskPressure"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "DiskPressure", "status": "True", "reason": "KubeletHasDiskPressure"}, True),
        StateExample("Node", {"taints": "node.kubernetes.io/disk-pressure:NoSchedule"}, True),
        StateExample("Filesystem", {"mount": "/var/lib/docker", "use_percent": 97}, True),
        StateExample("Condition", {"type": "DiskPressure", "status": "False"}, False),
        StateExample("Condition", {"type": "DiskPressure", "status": "Unknown"}, False),
        StateExample("Filesystem", {"mount": "/run", "use_percent": 100}, False),
    ),
    versions="all; `imagefs`/`nodefs` in pod messages to v1.10, `ephemeral-storage` since",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
        "https://kubernetes.io/docs/concepts/architecture/garbage-collection/#containers-images",
    ),
)
