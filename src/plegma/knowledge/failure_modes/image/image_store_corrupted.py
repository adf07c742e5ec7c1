"""The runtime's image store contradicts itself."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-store-corrupted",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the node's local image store is damaged", "ノードのローカルイメージストアが壊れている"),
    summary=Text(
        "The runtime's records name blobs, layers or snapshots that are not on disk (or hold other bytes): after a power loss, a full disk, a deletion by hand or a GC bug. The registry is fine and other nodes run the same image.",
        "ランタイムの管理情報が指す blob・レイヤー・スナップショットがディスクに無い(または内容が違う)。電源断・ディスク満杯・手動削除・GC の不具合の後に起こる。レジストリは正常で、他のノードでは同じイメージが動く。",
    ),
    signatures=(
        Signature(r"content digest sha256:[0-9a-f]*: not found", component="runtime", proof="states", source="containerd core/metadata/content.go"),
        Signature(r"missing parent \\*\"k8s\.io/\d+/sha256:[0-9a-f]+\\*\" bucket", component="runtime", proof="states", source="containerd core/snapshots/storage/bolt.go"),
        Signature(r"failed to get reader from content store", component="runtime", proof="states", source="containerd core/diff/apply"),
        Signature(r"parent snapshot sha256:[0-9a-f]+ does not exist", component="runtime", proof="states", source="containerd core/metadata/snapshot.go"),
        Signature(r"failed to stat parent: stat /\S+/snapshots/\d+/fs: no such file or directory", component="runtime", proof="states", source="containerd plugins/snapshots/overlay"),
        Signature(r"unexpected commit digest sha256:[0-9a-f]+, expected sha256:", component="runtime", source="containerd plugins/content/local/writer.go"),
        Signature(r"failed to extract layer sha256:[0-9a-f]+: (?:.*: )?(?:archive/tar: invalid tar header|gzip: invalid (?:header|checksum)|unexpected EOF)", component="runtime", source="containerd core/diff/apply"),
        Signature(r"layer does not exist", component="runtime", proof="states", source="moby layer/layer.go: ErrLayerDoesNotExist"),
        Signature(r"error creating overlay mount to /\S+/overlay2/\S+: no such file or directory", component="runtime", source="moby daemon/graphdriver/overlay2"),
        Signature(r"stat /var/lib/docker/overlay2/[0-9a-f]+: no such file or directory", component="runtime", source="moby daemon/graphdriver/overlay2"),
        Signature(r"readlink /var/lib/containers/storage/overlay", component="runtime", source="containers/storage drivers/overlay"),
        Signature(r"locating item named \\*\"manifest\\*\" for image", component="runtime", source="containers/image storage/storage_src.go"),
        Signature(r"nvalid checksum digest format", component="runtime", proof="suggests", source="opencontainers/go-digest on an empty digest file"),
        Signature(r": layer not known", component="runtime", proof="suggests", source="containers/storage errors.go: ErrLayerUnknown"),
    ),
    leads_to=(
        Link("image-pull-back-off", "node", Text("unpacking ends at the missing or wrong blob, whatever the registry sends", "レジストリの応答にかかわらず、欠けた(壊れた)blob で展開が失敗する"), within=900, strength=0.7),
        Link("container-cannot-run", "node", Text("no root file system can be made from the image's layers", "イメージのレイヤーからルートファイルシステムを作れない"), within=900, strength=0.7),
        Link("sandbox-creation-failing", "node", Text("the pause image is the damaged one", "壊れているのが pause イメージである"), within=900, strength=0.5),
    ),
    refutes=(
        Refutation(Text("the disk is full: an unpack that ended half-way is then no damage of the store", "ディスクが満杯であり、展開の失敗はストアの破損ではない"), pattern=r"no space left on device", component="runtime", weight=0.4),
    ),
    asks=(
        Ask("ctr -n k8s.io images check | grep -v complete; ctr -n k8s.io content ls | grep DIGEST  # on {node}", Text("the image is 'incomplete' or the digest is not in the list", "イメージが incomplete と表示される、またはダイジェストが一覧に無い"), ("image-not-found", "image-pull-disk-full", "kernel-module-missing", "sandbox-image-pull-failure")),
        Ask("journalctl --list-boots | tail -3; dmesg -T | grep -iE 'EXT4-fs error|XFS|I/O error|recovery'  # on {node}", Text("an unclean boot or file-system errors just before the first failure", "最初の失敗の直前に異常な再起動やファイルシステムエラーがある"), ("node-filesystem-readonly",), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("remove the image from the node and pull it again", "ノードからイメージを削除して取得し直す"), Text("running containers keep their snapshots; a node without a way to the registry cannot pull again", "稼働中のコンテナは影響を受けない。レジストリに届かないノードでは再取得できない"),
               "crictl rmi {image} && crictl pull {image}  # on {node}", "crictl images | grep {image}", "none"),
        Remedy("temporary", Text("drain the node, stop kubelet and runtime, empty the runtime's data directory and start again", "ノードを drain し、kubelet とランタイムを停止してデータディレクトリを空にし、起動し直す"), Text("every image, container and its writable layer on this node is lost", "このノードの全イメージ・コンテナ・書き込み層が失われる"),
               "kubectl drain {node} --ignore-daemonsets && ssh {node} 'systemctl stop kubelet containerd && rm -rf /var/lib/containerd/* && systemctl start containerd kubelet'", "crictl ps -a", "data-loss"),
        Remedy("permanent", Text("upgrade the runtime (newer containerd and CRI-O sync or check the store after an unclean shutdown), stop deleting in its directory, and end hard power-offs", "ランタイムを更新し(新しい containerd や CRI-O は同期・起動時検査を行う)、データディレクトリの手動削除と強制電源断をやめる"), Text("the runtime is restarted", "ランタイムの再起動を伴う"), "", "containerd --version", "restart"),
    ),
    versions="every runtime; containerd 1.2 to 1.4 are the most exposed to power loss",
    references=(
        "https://github.com/containerd/containerd/issues/3671",
        "https://github.com/containerd/containerd/issues/5854",
        "https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md",
    ),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd container: error unpacking image: failed to extract layer sha256:5fe0: failed to get reader from content store: content digest sha256:77aa: not found', reason="Failed"),
        hit("kubelet", 'RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = failed to create containerd container: failed to create snapshot: missing parent "k8s.io/4/sha256:5fe0" bucket: not found'),
        hit("containerd", 'CreateContainer within sandbox "c0ffee" failed error="failed to create containerd container: failed to prepare extraction snapshot: parent snapshot sha256:5fe0 does not exist: not found"'),
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": rpc error: code = Unknown desc = failed to pull and unpack image: failed to prepare extraction snapshot "extract-1 sha256:5fe0": failed to stat parent: stat /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs: no such file or directory', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": failed to copy: failed commit on ref "layer-sha256:5fe0": unexpected commit digest sha256:77aa, expected sha256:5fe0: failed precondition', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": failed to pull and unpack image "registry.example/web:4": failed to extract layer sha256:5fe0: mount callback failed on /var/lib/containerd/tmpmounts/c1: archive/tar: invalid tar header: unknown', reason="Failed"),
        hit("k8s-event", "Error: Error response from daemon: layer does not exist", reason="Failed"),
        hit("dockerd", "Handler for POST /v1.40/containers/create returned error: error creating overlay mount to /var/lib/docker/overlay2/77aa/merged: no such file or directory"),
        hit("k8s-event", "Error: failed to start container web: Error response from daemon: stat /var/lib/docker/overlay2/77aa01: no such file or directory", reason="Failed"),
        hit("crio", "Failed to mount container: readlink /var/lib/containers/storage/overlay/l/QX2: no such file or directory"),
        hit("k8s-event", 'Failed to inspect image "quay.example/web:4": rpc error: code = Unknown desc = locating item named "manifest" for image with ID "77aa01": file does not exist', reason="InspectFailed"),
        hit("crio", "Unable to get image: invalid checksum digest format"),
        hit("kubelet", "CreateContainer in sandbox from runtime service failed: rpc error: code = Unknown desc = error creating container storage: layer not known"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:9": rpc error: code = NotFound desc = failed to resolve reference "registry.example/web:9": registry.example/web:9: not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:4": failed to extract layer sha256:5fe0: write /var/lib/containerd/x: no space left on device: unknown', reason="Failed"),
        near_miss("k8s-event", 'Error: failed to mount rootfs component &{overlay overlay [index=off]}: no such device', reason="Failed"),
        near_miss("dockerd", "Error response from daemon: No such container: 77aa01"),
    ),
)
