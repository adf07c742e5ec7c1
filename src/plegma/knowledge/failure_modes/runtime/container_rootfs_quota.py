"""The runtime's own quota on a container's root file system is reached or cannot be set."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-rootfs-quota",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the runtime's size quota on container root file systems bites or cannot be set", "コンテナのルートファイルシステムに対するランタイムのクォータが効いている、または設定できない"),
    summary=Text("Docker's overlay2.size, devicemapper's dm.basesize or CRI-O's storage size options limit each container's writable layer by project quota. Either the container gets 'no space left' or 'disk quota exceeded' while the node has room, or dockerd refuses because the file system has no pquota.",
                 "Docker の overlay2.size、devicemapper の dm.basesize、CRI-O の size オプションが、プロジェクトクォータでコンテナの書き込み層を制限している。ノードに余裕があってもコンテナ内で no space left や disk quota exceeded になる、またはファイルシステムに pquota がなく dockerd が拒否する。"),
    signatures=(
        Signature(r"--storage-opt is supported only for overlay over xfs with 'pquota' mount option", component="runtime", proof="states", source="moby graphdriver/overlay2"),
        Signature(r"[Ss]torage [Oo]ption overlay2?\.size (?:is )?(?:only )?(?:supported|not supported)", component="runtime", proof="states", source="moby graphdriver/overlay2"),
        Signature(r"[Ff]ailed to set (?:quota|project id|projid)", component="runtime", source="moby quota/projectquota.go, containers/storage"),
        Signature(r"\b(?:write|writing|copy|copying|mkdir|create) .{0,200}[Dd]isk quota exceeded", component="app", proof="suggests", source="strerror(EDQUOT)"),
        Signature(r"[Cc]ontainer size cannot be smaller than", component="runtime", proof="suggests", source="moby graphdriver/devmapper"),
    ),
    leads_to=(
        Link("app-error-exit", "node", Text("the application cannot write", "アプリケーションが書き込めない"), strength=0.6),
        Link("container-cannot-run", "node", Text("the writable layer cannot be made", "書き込み層を作成できない"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("it fails again when its layer fills", "層が埋まるたびに再び失敗する"), strength=0.4),
        Link("dockerd-stopped", "node", Text("dockerd refuses the option", "dockerd がオプションを拒否する"), strength=0.3),
    ),
    asks=(Ask("docker info | grep -A15 'Storage Driver'; grep -rn 'size' /etc/docker/daemon.json /etc/containers/storage.conf; xfs_quota -x -c 'report -p' /var/lib/docker | head; df -h /  # in the container: df -h /", Text("a quota at its limit while the disk has room", "ディスクに余裕があるのにクォータが上限に達している"), ("pod-ephemeral-storage-limit", "disk-pressure-eviction", "devmapper-thin-pool-full", "inode-exhaustion", "docker-storage-driver-failed"), "disk-usage"),),
    remedies=(
        Remedy("temporary", Text("make the pod anew: it gets an empty layer", "Pod を作り直す(空の書き込み層になる)"), Text("what it wrote to its root is lost", "ルートに書いたデータは失われる"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} exec {pod} -- df -h /", "data-loss"),
        Remedy("permanent", Text("write to volumes, use Kubernetes' own ephemeral-storage limits instead of the runtime's quota, or mount with pquota", "ボリュームに書き、ランタイムのクォータではなく Kubernetes の ephemeral-storage 制限を使う、または pquota でマウントする"), Text("new containers only", "新しいコンテナにのみ適用される"), verify="docker info | grep -A15 'Storage Driver'", risk_level="restart"),
    ),
    examples=(
        hit("dockerd", "failed to start daemon: error initializing graphdriver: --storage-opt is supported only for overlay over xfs with 'pquota' mount option"),
        hit("dockerd", "Storage Option overlay2.size only supported for backingFS XFS. Found extfs"),
        hit("dockerd", "Failed to set quota limit for projid 12 on /var/lib/docker/overlay2/backingFsBlockDev: operation not permitted"),
        hit("pod-log", "write /tmp/cache.bin: disk quota exceeded"),
        hit("dockerd", "devmapper: Container size cannot be smaller than 10.74GB"),
        near_miss("status", 'Container web exceeded its local ephemeral storage limit "20Mi".', reason="Evicted"),
        near_miss("pod-log", "write /data/db: no space left on device"),
    ),
    references=("https://docs.docker.com/reference/cli/docker/container/run/#storage-opt", "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/"),
)
