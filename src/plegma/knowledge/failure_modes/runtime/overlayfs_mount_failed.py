"""overlayfs refuses to mount the container's root file system."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="overlayfs-mount-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("overlayfs cannot be mounted on this file system or kernel", "このファイルシステム・カーネルでは overlayfs をマウントできない"),
    summary=Text("The directory of the runtime lies on a file system that cannot be an overlay's upper layer (NFS, another overlay, ecryptfs, some ZFS and FUSE), the kernel refuses the mount options, or nested runtimes mount without the right. Every container of the node fails at its root file system.",
                 "ランタイムのディレクトリが、overlay の上位層にできないファイルシステム(NFS、別の overlay、ecryptfs、一部の ZFS・FUSE)にある、カーネルがマウントオプションを拒否する、または入れ子のランタイムに権限がない。ノード上の全コンテナがルートファイルシステムで失敗する。"),
    signatures=(
        Signature(r"filesystem on '?\S+'? not supported as upperdir", component="kernel", proof="states", source="fs/overlayfs/super.c"),
        Signature(r"overlayfs: (?:failed to create directory|workdir and upperdir must reside|maximum fs stacking depth exceeded|unrecognized mount option)", component="kernel", source="fs/overlayfs/super.c"),
        Signature(r"[Ee]rror creating overlay mount to .{0,300}: (?:invalid argument|too many levels of symbolic links|operation not permitted|permission denied)", component="runtime", source="moby graphdriver/overlay2, containers/storage"),
        Signature(r"failed to mount (?:rootfs component|overlay).{0,2000}: (?:operation not permitted|permission denied|too many levels of symbolic links)", component="runtime", source="containerd mount"),
        Signature(r"\"overlay\" snapshotter cannot be enabled for", component="runtime", proof="states", source="containerd overlayutils, k3s, containers/storage"),
        Signature(r"failed to mount (?:rootfs component|overlay).{0,2000}: invalid argument", component="runtime", proof="suggests", source="containerd mount"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("no root file system, no container", "ルートファイルシステムがなければコンテナは起動しない"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("not even the pause container gets one", "pause コンテナにも用意できない"), strength=0.9),
        Link("cri-plugin-disabled-or-too-old", "node", Text("the CRI plugin does not load without its snapshotter", "snapshotter がなければ CRI プラグインは読み込まれない"), strength=0.4),
        Link("dockerd-stopped", "node", Text("dockerd finds no driver that works", "dockerd が使えるドライバーを見つけられない"), strength=0.3),
        Link("pod-stuck-creating", "node", Text("all pods of the node wait", "ノード上の全 Pod が待たされる"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the image store is damaged: a lower layer is missing", "イメージストアが壊れており、下位層が欠けている"), mode="image-store-corrupted", weight=0.4),
        Refutation(Text("the overlay module is missing", "overlay モジュールがない"), mode="kernel-module-missing", weight=0.4),
    ),
    asks=(Ask("df -T /var/lib/containerd /var/lib/docker /var/lib/containers 2>/dev/null; dmesg | grep -i overlay | tail; uname -r  # on {node}", Text("a file system other than ext4 or xfs, or the kernel's own reason", "ext4・xfs 以外のファイルシステム、またはカーネルが示す理由"), ("image-store-corrupted", "kernel-module-missing", "overlay-without-dtype", "selinux-denial"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("use another snapshotter (native, fuse-overlayfs)", "別の snapshotter(native、fuse-overlayfs)を使う"), Text("slower and larger on disk", "遅く、ディスク使用量が増える"), "", "crictl info | grep snapshotter", "restart"),
        Remedy("permanent", Text("put the runtime's root on ext4 or xfs (ftype=1) with a kernel that supports it; nested clusters: mount a volume there", "ランタイムのルートを ext4 または xfs(ftype=1)に置き、対応カーネルを使う。入れ子のクラスターではボリュームをマウントする"), Text("the node's images are pulled anew", "ノードのイメージは再取得される"), verify="df -T /var/lib/containerd", risk_level="disruptive"),
    ),
    examples=(
        hit("kernel", "overlayfs: filesystem on '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs' not supported as upperdir"),
        hit("kernel", "overlayfs: maximum fs stacking depth exceeded"),
        hit("dockerd", "error creating overlay mount to /var/lib/docker/overlay2/9f1c-init/merged: too many levels of symbolic links"),
        hit("containerd", 'failed to mount rootfs component &{overlay overlay [index=off workdir=/var/lib/containerd/w upperdir=/var/lib/containerd/u lowerdir=/l]}: operation not permitted: unknown'),
        hit("k3s", 'Failed to start: "overlay" snapshotter cannot be enabled for "/var/lib/rancher/k3s/agent/containerd", try using "fuse-overlayfs" or "native"'),
        hit("containerd", 'failed to mount rootfs component: invalid argument: unknown'),
        near_miss("containerd", "failed to mount rootfs component &{overlay overlay []}: no such device: unknown"),
        near_miss("kernel", "overlayfs: missing 'lowerdir'"),
        near_miss("kernel", "overlayfs: upper fs does not support tmpfile."),
        near_miss("kernel", "overlayfs: null uuid detected in lower fs '/', falling back to xino=off,index=off,nfs_export=off."),
    ),
    references=("https://docs.kernel.org/filesystems/overlayfs.html", "https://github.com/containerd/containerd/blob/main/docs/snapshotters/README.md"),
)
