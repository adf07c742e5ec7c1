"""containerd's metadata database is damaged."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-metadata-corrupted",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd's metadata database is corrupted", "containerd のメタデータデータベースが壊れている"),
    summary=Text("After a power loss or a full disk, bbolt finds a bad page in meta.db (or a snapshotter's metadata.db) and panics or refuses to open it. containerd ends at start or at the next write, again and again.",
                 "電源断やディスクフルの後、bbolt が meta.db(または snapshotter の metadata.db)に不正なページを見つけ、panic するか開けなくなる。containerd は起動時または次の書き込みで終了を繰り返す。"),
    signatures=(
        Signature(r"io\.containerd\.metadata\.v1\.bolt\S*: (?:invalid database|checksum error|version mismatch)", component="runtime", proof="states", source="etcd-io/bbolt errors.go"),
        Signature(r"failed to load plugin.{0,200}io\.containerd\.metadata\.v1\.bolt.{0,200}(?:invalid database|checksum error|input/output error|unexpected fault)", component="runtime", proof="states", source="containerd server"),
        Signature(r"panic: (?:page \d+ already freed|invalid page type|freepages: failed to get all reachable pages|assertion failed: Page expected to be)", component="runtime", proof="states", source="etcd-io/bbolt", signed=True),
        Signature(r"failed to get metadata for stored sandbox \\*\"[0-9a-f]+\\*\": not found", component="runtime", proof="states", source="containerd internal/cri/server/restart.go: the record of a sandbox lacks its metadata"),
        Signature(r"failed to recover state: failed to reserve (?:sandbox|container) name", component="runtime", proof="states", source="containerd internal/cri/server/restart.go: two records of one name, mostly after a power cut"),
        Signature(r"bbolt/(?:freelist|page|db|cursor|node)\.go:\d+", component="runtime", proof="suggests", source="stack trace of etcd-io/bbolt"),
    ),
    leads_to=(
        Link("runtime-crash-loop", "node", Text("containerd panics at each start", "containerd が起動のたびに panic する"), strength=0.7),
        Link("containerd-stopped", "node", Text("containerd does not stay up", "containerd が起動し続けられない"), strength=0.8),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
        Link("image-store-corrupted", "node", Text("metadata and blobs disagree", "メタデータと blob が一致しない"), strength=0.4),
    ),
    asks=(Ask("bbolt check /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db; dmesg -T | grep -iE 'I/O error|EXT4-fs|XFS'  # on {node}, containerd stopped", Text("bad pages, and the disk error or power loss behind them", "不正なページと、その原因のディスクエラーや電源断"), ("image-store-corrupted", "node-filesystem-readonly", "containerd-metadata-locked", "etcd-data-corrupted"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("drain the node, stop containerd, move its data away and start with an empty store", "drain して containerd を停止し、データを退避して空の状態で起動する"), Text("all local images and containers of the node are lost", "ノード上のイメージとコンテナはすべて失われる"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data; systemctl stop kubelet containerd; mv /var/lib/containerd /var/lib/containerd.bad; systemctl start containerd kubelet  # on {node}", "crictl images; kubectl get node {node}", "data-loss"),
        Remedy("permanent", Text("no hard power-offs, a file system and disk that keep fsync's promise, upgrade containerd", "強制電源断を避け、fsync を守るファイルシステム・ディスクを使い、containerd を更新する"), Text("none", "なし"), verify="journalctl -u containerd --since -1d | grep -c panic", risk_level="none"),
    ),
    examples=(
        hit("containerd", 'Failed to run CRI service error="failed to recover state: failed to reserve sandbox name \\"db-0_data_9e00_2\\": name \\"db-0_data_9e00_2\\" is reserved for \\"9e0011\\""'),
        near_miss("containerd", 'RunPodSandbox for &PodSandboxMetadata{Name:db-0,Namespace:data,Attempt:2,} failed, error" error="failed to reserve sandbox name \\"db-0_data_9e00_2\\": name is reserved for \\"9e0011\\""'),
        hit("containerd", "containerd: open /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db: invalid database"),
        hit("containerd", 'failed to load plugin io.containerd.metadata.v1.bolt error="checksum error"'),
        hit("containerd", "panic: page 214 already freed"),
        hit("containerd", "/go/src/github.com/containerd/containerd/vendor/go.etcd.io/bbolt/freelist.go:175 +0x2c5"),
        hit("containerd", 'Failed to run CRI service error="failed to recover state: failed to get metadata for stored sandbox \\"9e0011\\": not found"'),
        near_miss("containerd", 'failed to get metadata for stored sandbox "9e0011": context deadline exceeded'),
        near_miss("etcd", "panic: freepages: failed to get all reachable pages (page 12: multiple references)"),
        near_miss("", "panic: page 12 already freed"),
        near_miss("containerd", 'content digest sha256:ab12: not found'),
    ),
    references=("https://github.com/etcd-io/bbolt/blob/main/README.md", "https://github.com/containerd/containerd/issues/5109"),
)
