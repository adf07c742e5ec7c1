"""dockerd's storage driver cannot be used."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-storage-driver-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("Docker's storage driver cannot be initialised", "Docker のストレージドライバーを初期化できない"),
    summary=Text("The driver in daemon.json or on disk (aufs, devicemapper, overlay, btrfs, zfs) is gone from this kernel or this docker version, does not fit the backing file system, or its metadata is damaged. dockerd does not start, or starts with another driver and an empty image store.",
                 "daemon.json やディスク上のドライバー(aufs、devicemapper、overlay、btrfs、zfs)がカーネルや Docker のバージョンで廃止された、基盤ファイルシステムに合わない、またはメタデータが壊れている。dockerd が起動しないか、別ドライバーで空のイメージストアとして起動する。"),
    signatures=(
        Signature(r"error initializing graphdriver", component="runtime", proof="shows", source="moby daemon/daemon.go"),
        Signature(r"prior storage driver \S+ (?:failed|is not supported|is deprecated)", component="runtime", proof="states", source="moby daemon/graphdriver/driver.go"),
        Signature(r"\[graphdriver\] (?:ERROR|prior storage driver \S+ (?:failed|is))", component="runtime", source="moby daemon/graphdriver/driver.go"),
        Signature(r"storage[- ]driver (?:\S+ )?has been (?:deprecated and )?removed", component="runtime", proof="states", source="moby daemon/graphdriver from 25"),
        Signature(r"Base Device UUID and Filesystem verification failed", component="runtime", proof="states", source="moby graphdriver/devmapper"),
        Signature(r"contains several valid graphdrivers", component="runtime", proof="states", source="moby daemon/graphdriver/driver.go"),
    ),
    leads_to=(
        Link("dockerd-stopped", "node", Text("dockerd exits at start", "dockerd が起動時に終了する"), strength=0.9),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
    ),
    asks=(Ask("docker info -f '{{{{.Driver}}}}'; ls /var/lib/docker; df -T /var/lib/docker; uname -r; modinfo overlay | head -1  # on {node}", Text("a directory of another driver than the one in use, or a file system that overlay2 does not take", "使用中と異なるドライバーのディレクトリ、または overlay2 に対応しないファイルシステム"), ("overlay-without-dtype", "kernel-module-missing", "devmapper-thin-pool-full", "dockerd-config-invalid"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("go back to the kernel or docker version that has the driver", "そのドライバーを持つカーネル・Docker のバージョンに戻す"), Text("drain first", "先に drain する"), "", "docker info -f '{{{{.Driver}}}}'", "disruptive"),
        Remedy("permanent", Text("move to overlay2 on ext4 or xfs (ftype=1): drain, stop docker, empty /var/lib/docker, set the driver, start", "ext4 または xfs(ftype=1)上の overlay2 に移行する: drain、Docker 停止、/var/lib/docker を空にしてドライバーを設定し起動する"), Text("all local images and containers of the node are lost", "ノード上のイメージとコンテナはすべて失われる"),
               "kubectl drain {node} --ignore-daemonsets; systemctl stop docker; mv /var/lib/docker /var/lib/docker.old  # on {node}", "docker info -f '{{{{.Driver}}}}'", "data-loss"),
    ),
    examples=(
        hit("dockerd", 'failed to start daemon: error initializing graphdriver: driver not supported: aufs'),
        hit("dockerd", '[graphdriver] prior storage driver devicemapper failed: devmapper: Base Device UUID and Filesystem verification failed: devmapper: Failed to find uuid for device'),
        hit("dockerd", '[graphdriver] ERROR: the devicemapper storage-driver has been deprecated and removed; visit https://docs.docker.com/go/storage-driver/ for more information'),
        hit("dockerd", "error initializing graphdriver: /var/lib/docker contains several valid graphdrivers: overlay2, aufs; cleanup or explicitly choose storage driver (-s <DRIVER>)"),
        near_miss("dockerd", "unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character"),
        near_miss("dockerd", "[graphdriver] using prior storage driver: overlay2"),
    ),
    references=("https://docs.docker.com/engine/storage/drivers/select-storage-driver/", "https://docs.docker.com/engine/deprecated/"),
)
