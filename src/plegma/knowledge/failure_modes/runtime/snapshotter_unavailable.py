"""The snapshotter that containerd is told to use is not there or does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="snapshotter-unavailable",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd's snapshotter is missing or does not answer", "containerd の snapshotter が存在しないか応答しない"),
    summary=Text("The configured snapshotter (devmapper, stargz, nydus, soci, erofs, zfs ...) is not loaded, its proxy daemon is down, or an image was unpacked by another snapshotter before. Pods fail when their root file system is prepared.",
                 "設定された snapshotter(devmapper、stargz、nydus、soci、erofs、zfs など)が読み込まれていない、プロキシデーモンが停止している、または以前に別の snapshotter で展開されたイメージである。ルートファイルシステムの準備で Pod が失敗する。"),
    signatures=(
        Signature(r"failed to find snapshotter \\*\"", component="runtime", proof="states", source="containerd internal/cri"),
        Signature(r"snapshotter [\w-]+ was not found", component="runtime", proof="states", source="containerd core/snapshots"),
        Signature(r"snapshotter not loaded: ", component="runtime", proof="states", source="containerd core/snapshots, services/snapshots"),
        Signature(r"dial unix /\S*(?:stargz|nydus|soci|overlaybd|snapshotter)\S*\.sock: connect: (?:connection refused|no such file or directory)", component="runtime", proof="states", source="containerd proxy plugin"),
        Signature(r"failed to (?:create|prepare|stat) (?:extraction )?snapshot.{0,300}(?:code = Unavailable|connection refused)", component="runtime", source="containerd proxy plugin"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the pause image cannot be prepared", "pause イメージを準備できない"), strength=0.8),
        Link("container-cannot-run", "node", Text("no root file system can be prepared", "ルートファイルシステムを準備できない"), strength=0.8),
        Link("image-pull-back-off", "node", Text("layers cannot be unpacked", "レイヤーを展開できない"), strength=0.6),
        Link("cri-plugin-disabled-or-too-old", "node", Text("the CRI plugin does not load without it", "CRI プラグインが読み込まれない"), strength=0.5),
        Link("pod-stuck-creating", "node", Text("new pods wait", "新しい Pod が待たされる"), strength=0.7),
    ),
    asks=(Ask("ctr plugins ls | grep snapshotter; crictl info | grep -i snapshotter; systemctl --type=service | grep -E 'snapshotter|stargz|nydus|soci'  # on {node}", Text("the configured one has status error, is absent, or its service is down", "設定されたものが error か存在しない、またはサービスが停止している"), ("image-store-corrupted", "cri-plugin-disabled-or-too-old", "overlayfs-mount-failed"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("start the snapshotter's daemon, or set snapshotter = \"overlayfs\" and restart containerd", "snapshotter のデーモンを起動するか、snapshotter = \"overlayfs\" にして containerd を再起動する"), Text("images are unpacked anew", "イメージは展開し直される"), "systemctl restart containerd  # on {node}", "crictl info | grep -i snapshotter", "restart"),
        Remedy("permanent", Text("order its unit before containerd with Restart=always; remove images that were unpacked by the other snapshotter", "unit を containerd より前に起動するよう順序付け Restart=always とし、別の snapshotter で展開されたイメージを削除する"), Text("images are pulled anew", "イメージは再取得される"), verify="ctr plugins ls | grep snapshotter", risk_level="restart"),
    ),
    examples=(
        hit("containerd", 'failed to load plugin io.containerd.grpc.v1.cri error="failed to create CRI service: failed to find snapshotter \\"stargz\\""'),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = NotFound desc = failed to create containerd container: snapshotter devmapper was not found: not found", reason="FailedCreatePodSandBox"),
        hit("containerd", 'failed to create containerd container: connection error: desc = "transport: Error while dialing dial unix /run/containerd-stargz-grpc/containerd-stargz-grpc.sock: connect: connection refused"'),
        hit("k8s-event", "Error: failed to create containerd container: snapshotter not loaded: nydus: invalid argument", reason="Failed"),
        hit("kubelet", "failed to create snapshot: rpc error: code = Unavailable desc = transport is closing"),
        near_miss("containerd", 'skip loading plugin "io.containerd.snapshotter.v1.zfs"... error="path must be a zfs filesystem: skip plugin"'),
        near_miss("k8s-event", 'failed to create containerd container: failed to create snapshot: missing parent "k8s.io/2/sha256:ab" bucket: not found', reason="FailedCreatePodSandBox"),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/snapshotters/README.md", "https://github.com/containerd/stargz-snapshotter/blob/main/docs/INSTALL.md"),
)
