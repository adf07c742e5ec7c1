"""The device-mapper thin pool of the images and containers is full."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="devmapper-thin-pool-full",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the device-mapper thin pool is full", "device-mapper の thin pool が満杯である"),
    summary=Text("Images and writable layers live in an LVM thin pool (Docker's devicemapper driver, containerd's devmapper snapshotter). Its data or metadata space has run out although df shows room: creates are refused, writes in containers fail or hang, their file systems turn read-only.",
                 "イメージと書き込み層が LVM の thin pool(Docker の devicemapper、containerd の devmapper snapshotter)にあり、df に余裕があってもデータまたはメタデータ領域が尽きている。作成は拒否され、コンテナ内の書き込みは失敗・停止し、ファイルシステムが読み取り専用になる。"),
    signatures=(
        Signature(r"[Tt]hin [Pp]ool has \d+ free (?:data|metadata) blocks which is less than minimum required", component="runtime", proof="states", source="moby graphdriver/devmapper"),
        Signature(r"device-mapper: thin: .{0,60}(?:reached low water mark|switching pool to (?:out-of-data-space|read-only) mode|no free (?:data|metadata) space)", component="kernel", proof="states", source="drivers/md/dm-thin.c"),
        Signature(r"dm-thin.{0,80}out[- ]of[- ](?:data|metadata)[- ]space", component="kernel", proof="states", source="drivers/md/dm-thin.c"),
        Signature(r"failed to create (?:thin )?(?:snapshot )?device.{0,200}(?:no space left|data space)", component="runtime", source="containerd plugins/snapshots/devmapper"),
    ),
    states=(StateTest("Config", {"file": r"^docker info$", "key": r"^(?:Data|Metadata) Space Available$", "value": r"^0 ?B$"}),),
    leads_to=(
        Link("container-cannot-run", "node", Text("no writable layer can be made", "書き込み層を作成できない"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("the pause container gets no layer", "pause コンテナの層を作成できない"), strength=0.8),
        Link("image-pull-back-off", "node", Text("layers cannot be unpacked", "レイヤーを展開できない"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("new pods wait", "新しい Pod が待たされる"), strength=0.7),
        Link("docker-hang", "node", Text("writes to a full pool queue up to 60 s each", "満杯の pool への書き込みが 1 回最大 60 秒待たされる"), strength=0.4),
        Link("app-error-exit", "node", Text("writes in containers fail with I/O errors", "コンテナ内の書き込みが I/O エラーになる"), strength=0.4),
    ),
    asks=(Ask("lvs -o lv_name,data_percent,metadata_percent; dmsetup status | grep thin-pool; docker info | grep -A12 'Storage Driver'  # on {node}", Text("data or metadata percent near 100", "data または metadata が 100 % 近い"), ("disk-pressure-eviction", "docker-storage-driver-failed", "container-rootfs-quota", "inode-exhaustion"), "disk-usage"),),
    remedies=(
        Remedy("temporary", Text("remove unused images and containers, then extend the pool", "未使用のイメージ・コンテナを削除し、pool を拡張する"), Text("pruned images are pulled again", "削除したイメージは再取得される"), "crictl rmi --prune; lvextend -L +20G VG/thinpool  # on {node}", "lvs -o lv_name,data_percent,metadata_percent", "none"),
        Remedy("permanent", Text("thin_pool_autoextend in LVM with monitoring, fstrim, or a move to overlay2 / overlayfs", "LVM の thin_pool_autoextend と監視、fstrim、または overlay2・overlayfs への移行"), Text("the move empties the node's image store", "移行するとノードのイメージストアは空になる"), verify="lvs -o lv_name,data_percent", risk_level="disruptive"),
    ),
    examples=(
        hit("dockerd", "Handler for POST /v1.24/containers/create returned error: devmapper: Thin Pool has 2780 free data blocks which is less than minimum required 7781 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior"),
        hit("kernel", "device-mapper: thin: 253:4: reached low water mark for data device: sending event."),
        hit("kernel", "dm-thin 253:4: pool is in out-of-data-space mode"),
        hit("containerd", "failed to create snapshot device: device or pool has no room: no space left on device"),
        near_miss("containerd", 'failed to load plugin io.containerd.snapshotter.v1.devmapper error="devmapper not configured"'),
        near_miss("dockerd", "write /var/lib/docker/tmp/GetImageBlob1: no space left on device"),
    ),
    state_examples=(
        StateExample("Config", {"file": "docker info", "key": "Data Space Available", "value": "0B"}, True),
        StateExample("Config", {"file": "docker info", "key": "Data Space Available", "value": "10.2GB"}, False),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/snapshotters/devmapper.md", "https://docs.docker.com/engine/storage/drivers/device-mapper-driver/"),
)
