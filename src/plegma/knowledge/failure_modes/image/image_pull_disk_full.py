"""The disk is full while an image is fetched or unpacked."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_UNPACK = r"(?:[Ff]ailed to pull image|PullImage|Pull image|ErrImagePull|failed to extract layer|failed to register layer|writing blob|storing blob|copying layer|failed to copy: )(?s:.*)"

MODE = FailureMode(
    id="image-pull-disk-full",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the node's image disk is full, so the image cannot be stored", "ノードのイメージ用ディスクが満杯で、イメージを保存できない"),
    summary=Text(
        "The registry delivers, but writing the layers ends with 'no space left on device' (bytes or inodes): the image is larger than what is free, or unused images, logs or writable layers have filled the runtime's file system.",
        "レジストリからは届いているが、レイヤーの書き込みが「no space left on device」(容量または inode)で失敗する。空きよりイメージが大きいか、不要なイメージ・ログ・書き込み層がランタイムのファイルシステムを埋めている。",
    ),
    signatures=(
        Signature(_UNPACK + r"no space left on device", component="runtime", proof="states", source="ENOSPC from containerd, dockerd or containers/storage"),
        Signature(_UNPACK + r"disk quota exceeded", component="runtime", source="EDQUOT"),
        Signature(r"Free disk space .*(?:less than|does not satisfy)", component="kubelet", reason=r"FreeDiskSpaceFailed|ImageGCFailed", proof="suggests", source="pkg/kubelet/images/image_gc_manager.go"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("the layers cannot be written", "レイヤーを書き込めない"), within=900, strength=0.95),
    ),
    asks=(
        Ask("df -h /var/lib/containerd /var/lib/docker /var/lib/containers /var/tmp; df -i /var/lib/containerd /var/lib/docker /var/lib/containers  # on {node}", Text("the runtime's file system is at 100 % of bytes or inodes", "ランタイムのファイルシステムが容量または inode で 100 %"),
            ("disk-pressure-eviction", "image-store-corrupted", "run-tmpfs-full", "memcg-leak-kernel-kmem", "inotify-limit"), evidence="disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("remove unused images and stopped containers", "未使用のイメージと停止済みコンテナを削除する"), Text("removed images must be pulled again when they are needed", "削除したイメージは必要時に再取得される"), "crictl rmi --prune  # on {node}; Docker: docker image prune -a", "df -h; crictl pull {image}", "none"),
        Remedy("permanent", Text("a larger or separate disk for images, image GC thresholds that start earlier, smaller images, log rotation", "イメージ用ディスクを拡張または分離し、イメージ GC の閾値を下げ、イメージを小さくし、ログをローテートする"), Text("nodes are replaced or restarted", "ノードの入れ替えまたは再起動が必要"), "", "kubectl describe node {node}", "disruptive"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/architecture/garbage-collection/#container-image-lifecycle", "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/"),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.example/ml:9": rpc error: code = Unknown desc = failed to pull and unpack image "registry.example/ml:9": failed to extract layer sha256:5fe0: write /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/77/fs/opt/model.bin: no space left on device: unknown', reason="Failed"),
        hit("dockerd", "Not continuing with pull after error: failed to register layer: Error processing tar file(exit status 1): write /opt/model.bin: no space left on device"),
        hit("k8s-event", 'Failed to pull image "quay.example/ml:9": rpc error: code = Unknown desc = writing blob: storing blob to file "/var/tmp/storage4711/1": write /var/tmp/storage4711/1: no space left on device', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/ml:9": rpc error: code = Unknown desc = copying layer: write /opt/model.bin: disk quota exceeded', reason="Failed"),
        hit("k8s-event", "Free disk space 1048576 does not satisfy 4294967296 needed, nothing left to delete. Less than wanted: less than 4Gi", reason="FreeDiskSpaceFailed"),
        near_miss("k8s-event", "Error: failed to create containerd task: mkdir /sys/fs/cgroup/memory/kubepods/pod5fd3: no space left on device", reason="Failed"),
        near_miss("kubelet", "Failed to start cAdvisor inotify_add_watch /sys/fs/cgroup/cpu: no space left on device"),
        near_miss("pod-log", "write /data/wal/000012: no space left on device"),
        near_miss("k8s-event", 'Failed to create pod sandbox: open /run/containerd/io.containerd.runtime.v2.task/k8s.io/77aa/config.json: no space left on device', reason="FailedCreatePodSandBox"),
    ),
)
