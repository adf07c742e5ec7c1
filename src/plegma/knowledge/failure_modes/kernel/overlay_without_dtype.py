"""The file system under the runtime cannot carry overlay: xfs without ftype=1."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="overlay-without-dtype",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the runtime's file system has no d_type support (xfs with ftype=0)", "ランタイムのファイルシステムが d_type に対応していない(ftype=0 の xfs)"),
    summary=Text(
        "overlay needs to know a file's type from its directory entry. xfs made with ftype=0 (the default before RHEL 7.3 or so) does not store it: containerd refuses to load the snapshotter, docker refuses overlay2 or, older, runs it with odd errors (files that cannot be removed, layers that differ).",
        "overlay はディレクトリエントリからファイル種別を知る必要がある。ftype=0 で作られた xfs(RHEL 7.3 より前の既定など)はこれを持たず、containerd は snapshotter の読み込みを拒否し、docker は overlay2 を拒否するか(古い版では)削除できないファイルなどの不可解なエラーとともに動作する。",
    ),
    signatures=(
        Signature(r"without d_type support, which leads to incorrect behavior", proof="states", source="moby daemon/graphdriver/errors.go"),
        Signature(r"does not support d_type\. If the backing filesystem is xfs", proof="states", source="containerd plugins/snapshots/overlay"),
        Signature(r"Supports d_type: false", proof="states", source="docker info"),
        Signature(r"overlayfs: upper fs (needs to|does not) support d_type", component="kernel", proof="states", source="fs/overlayfs/super.c"),
        Signature(r"naming\s+=version 2\s.{0,40}ftype=0", component="shell", proof="states", source="xfs_info"),
    ),
    leads_to=(
        Link("container-runtime-down", "node", Text("containerd has no snapshotter, or dockerd does not start", "containerd に snapshotter がない、または dockerd が起動しない"), strength=0.6),
        Link("cri-plugin-disabled-or-too-old", "node", Text("the CRI plugin does not load without its snapshotter", "snapshotter がなければ CRI プラグインは読み込まれない"), strength=0.5),
        Link("container-cannot-run", "node", Text("root file systems behave wrongly or cannot be mounted", "root ファイルシステムが正しく動作しない、またはマウントできない"), strength=0.4),
    ),
    asks=(
        Ask("xfs_info /var/lib/containerd | grep ftype; xfs_info /var/lib/docker | grep ftype; findmnt -T /var/lib/containerd  # on {node}", Text("ftype=0", "ftype=0 である"), ("kernel-module-missing", "image-store-corrupted", "cri-plugin-disabled-or-too-old"), evidence="runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("put the runtime's data directory on another file system (ext4, or xfs with ftype=1)", "ランタイムのデータディレクトリを別のファイルシステム(ext4 や ftype=1 の xfs)に置く"), Text("all images are pulled again, containers of the node are lost", "イメージをすべて再取得し、ノード上のコンテナは失われる"), "systemctl stop kubelet containerd && mount /dev/NEWDISK /var/lib/containerd && systemctl start containerd kubelet  # on {node}", "crictl info | grep -i snapshotter  # on {node}", "data-loss"),
        Remedy("permanent", Text("make the file system anew with ftype=1 (it cannot be switched on later)", "ftype=1 でファイルシステムを作り直す(後から有効化できない)"), Text("everything on it is lost: drain first", "その上のデータはすべて失われる。先に drain すること"), "mkfs.xfs -n ftype=1 -f /dev/DISK  # on {node}, drained", "xfs_info /var/lib/containerd | grep ftype  # on {node}", "data-loss"),
    ),
    examples=(
        hit("dockerd", "overlay2: the backing xfs filesystem is formatted without d_type support, which leads to incorrect behavior. Reformat the filesystem with ftype=1 to enable d_type support."),
        hit("containerd", 'failed to load plugin io.containerd.snapshotter.v1.overlayfs error="/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs does not support d_type. If the backing filesystem is xfs, please reformat with ftype=1 to enable d_type support"'),
        hit("shell", " Supports d_type: false"),
        hit("kernel", "overlayfs: upper fs needs to support d_type."),
        hit("shell", "naming   =version 2              bsize=4096   ascii-ci=0 ftype=0"),
        near_miss("shell", " Supports d_type: true"),
        near_miss("kernel", "overlayfs: unrecognized mount option \"x\" or missing value"),
        near_miss("shell", "naming   =version 2              bsize=4096   ascii-ci=0, ftype=1"),
    ),
    versions="xfs made by xfsprogs before 3.2.3 (RHEL/CentOS before 7.3); docker 17.12 and later refuse it",
    references=("https://docs.docker.com/engine/storage/drivers/overlayfs-driver/",),
)
