"""A file system of the node has no inode left."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="inode-exhaustion",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a file system of the node has no inodes left", "ノードのファイルシステムの inode が枯渇している"),
    summary=Text(
        "Every file takes an inode, however small. Millions of little files (image layers, caches, sessions, mail queues) use them up: \"No space left on device\" while df -h shows room. The kubelet watches nodefs.inodesFree and imagefs.inodesFree and reports DiskPressure for them too.",
        "ファイルは大きさにかかわらず inode を 1 つ使う。数百万の小さなファイル(イメージレイヤー、キャッシュ、セッション、メールキューなど)で枯渇すると、df -h に空きがあっても \"No space left on device\" になる。kubelet は nodefs.inodesFree・imagefs.inodesFree を監視し、この場合も DiskPressure を報告する。",
    ),
    signatures=(
        Signature(r"low on resource: inodes", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"ttempting to reclaim inodes", component="kubelet", proof="states", source="pkg/kubelet/eviction/eviction_manager.go; event EvictionThresholdMet"),
        Signature(r"must evict pod\(s\) to reclaim inodes", component="kubelet", proof="states", source="pkg/kubelet/eviction/eviction_manager.go"),
        Signature(r"reclaim not satisfied: threshold \[signal=\w+\.inodesFree", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"signal=\\*\"?\w+\.inodesFree", component="kubelet", proof="suggests", source="pkg/kubelet/eviction/helpers.go"),
    ),
    states=(
        StateTest("Filesystem", {"mount": r"^(/|/var|/var/lib|/var/lib/(docker|containerd|kubelet|containers|rancher)\S{0,40}|/home|/data|/mnt\S{0,30})$", "inode_use_percent": ">=99"}, proof="states"),
        StateTest("Filesystem", {"mount": r"^(/|/var|/var/lib|/var/lib/(docker|containerd|kubelet|containers|rancher)\S{0,40})$", "inode_use_percent": ">=95"}),
    ),
    leads_to=(
        Link("disk-pressure-eviction", "node", Text("too few free inodes count as DiskPressure", "inode の不足も DiskPressure とみなされる"), strength=0.8),
        Link("pod-evicted", "node", Text("the kubelet evicts pods to regain inodes", "kubelet が inode 確保のため Pod を退避させる"), strength=0.6),
        Link("container-cannot-run", "node", Text("no file can be made for a new container", "新しいコンテナのファイルを作れない"), strength=0.5),
        Link("image-pull-back-off", "node", Text("layers cannot be unpacked", "レイヤーを展開できない"), strength=0.4),
        Link("sandbox-creation-failing", "node", Text("no directory can be made for a sandbox", "sandbox のディレクトリを作れない"), strength=0.4),
        Link("app-error-exit", "node", Text("applications cannot make files", "アプリケーションがファイルを作れない"), strength=0.3),
    ),
    asks=(
        Ask("df -i; df -h; for d in /var/lib/* /var/log /var/spool/* /tmp; do echo $(find $d -xdev 2>/dev/null | wc -l) $d; done | sort -rn | head  # on {node}", Text("IUse% 100 while Use% is low, and the directory with the most files", "Use% は低いのに IUse% が 100。最もファイル数の多いディレクトリ"),
            ("disk-pressure-eviction", "inotify-limit", "memcg-leak-kernel-kmem", "run-tmpfs-full", "pod-ephemeral-storage-limit"), evidence="disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("remove unused images and containers, and the directory that holds the files", "不要なイメージ・コンテナと、大量のファイルを含むディレクトリを削除する"), Text("images are pulled again; look before removing", "イメージは再取得になる。削除前に内容を確認する"), "crictl rmi --prune  # on {node}", "df -i  # on {node}", "none"),
        Remedy("permanent", Text("xfs, or ext4 made with more inodes (mkfs.ext4 -i 8192), clean-up in the application, eviction thresholds for inodesFree", "xfs または inode を増やした ext4(mkfs.ext4 -i 8192)、アプリケーション側の掃除、inodesFree の退避しきい値"), Text("a new file system", "ファイルシステムの作り直し"), "", "df -i  # on {node}, a week later", "data-loss"),
    ),
    examples=(
        hit("status", "The node was low on resource: inodes. Threshold quantity: 5%, available: 122341.", reason="Evicted"),
        hit("k8s-event", "Attempting to reclaim inodes", reason="EvictionThresholdMet"),
        hit("kubelet", "eviction manager: must evict pod(s) to reclaim inodes"),
        hit("kubelet", "eviction manager: thresholds - reclaim not satisfied: threshold [signal=nodefs.inodesFree, quantity=5%] observed 0"),
        hit("kubelet", 'Eviction manager: observations signal="imagefs.inodesFree" resourceName="inodes" available="0" capacity="26214400"'),
        near_miss("status", "The node was low on resource: ephemeral-storage. Threshold quantity: 10%, available: 1201Mi.", reason="Evicted"),
        near_miss("kubelet", "fs: disk usage and inodes count on following dirs took 4.2s: [/var/lib/docker/overlay2/6a7b/diff]"),
        near_miss("kubelet", "eviction manager: thresholds - reclaim not satisfied: threshold [signal=nodefs.available, quantity=10%] observed 0"),
    ),
    state_examples=(
        StateExample("Filesystem", {"mount": "/var/lib/docker", "use_percent": 41, "inode_use_percent": 100}, True),
        StateExample("Filesystem", {"mount": "/", "use_percent": 41, "inode_use_percent": 96}, True),
        StateExample("Filesystem", {"mount": "/", "use_percent": 100, "inode_use_percent": 12}, False),
        StateExample("Filesystem", {"mount": "/run", "inode_use_percent": 100}, False),
    ),
    versions="ext4 above all; xfs makes inodes as needed",
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",),
)
