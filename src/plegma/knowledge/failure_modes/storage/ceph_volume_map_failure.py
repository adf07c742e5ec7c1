"""A Ceph RBD image cannot be mapped, or CephFS cannot be mounted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ceph-volume-map-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("Ceph volume cannot be mapped or mounted", "Ceph ボリュームの map / mount 失敗"),
    summary=Text(
        "rbd map or the CephFS mount fails: monitors not reachable, wrong key or capabilities, image features the node's kernel does not know, no active MDS, rbd module or ceph-common missing, or a watcher left by a dead node.",
        "rbd map や CephFS のマウントに失敗する。モニターに到達不可、鍵や caps の誤り、カーネル非対応の image feature、active な MDS なし、rbd モジュール / ceph-common の欠落、死んだノードの watcher 残存などが原因。",
    ),
    signatures=(
        Signature(r"rbd: (?:map failed|sysfs write failed|image \S+ is locked|failed to load rbd kernel module)", "any", "states", source="ceph rbd"),
        Signature(r"RBD image feature set mismatch", "any", "states", source="ceph rbd: kernel too old for the image's features"),
        Signature(r"rbd image \S+ is still being used", "any", "states", source="pkg/volume/rbd, ceph-csi: a watcher remains"),
        Signature(r"mount error(?::| \d+ =) (?:no mds|Connection timed out|Operation not permitted|No such (?:file|process)|Input/output error)", "any", "states", source="mount.ceph"),
        Signature(r"bad superblock on [^ ]+:\d+:/", "any", "states", source="util-linux mount, for monitors of CephFS: mount.ceph of ceph-common is missing"),
        Signature(r"rados: ret=-?\d+", "any", "shows", source="librados"),
        Signature(r"error connecting to cluster: rados", "any", "shows", source="librados"),
        Signature(r"couldn't connect to (?:the )?cluster", "any", "shows", source="librados"),
        Signature(r"libceph: .{0,60}(?:feature set mismatch|auth method '?x'? error|bad authorize reply)", "kernel", "states", source="net/ceph"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("no block device or file system to mount", "マウント対象を用意できない"), strength=0.9),
        Link("storage-hang-dstate", "node", Text("with monitors or OSDs gone, existing mounts hang", "モニターや OSD が消えると既存マウントもハングする"), strength=0.3),
    ),
    asks=(Ask("ceph -s; rbd status <pool>/<image>; dmesg -T | grep -E 'rbd|libceph' | tail", Text("cluster health, left watchers, or feature mismatch", "クラスターの健全性、残った watcher、feature 不一致"), ("csi-driver-not-registered", "csi-volume-operation-stuck", "volume-multi-attach", "smb-mount-failure"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("restore the Ceph cluster or the way to its monitors; disable the unsupported image features; blocklist a dead node's watcher", "Ceph クラスターまたはモニターへの経路を復旧し、非対応 feature を無効化し、死んだノードの watcher を blocklist に入れる"), Text("blocklisting a node that is alive loses its writes", "稼働中のノードを blocklist に入れると書き込みが失われる"), "rbd feature disable <pool>/<image> object-map fast-diff deep-flatten", "rbd status <pool>/<image>", "data-loss"),
        Remedy("permanent", Text("image features per node kernel in the StorageClass, keys with right caps, monitors on a stable address", "StorageClass の imageFeatures をノードのカーネルに合わせ、適切な caps の鍵と安定したモニターアドレスを使う"), Text("none", "なし"), verify="ceph health", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "rbd: couldn't connect to the cluster!", "FailedMount"),
        hit("k8s-event", 'MountVolume.WaitForAttach failed for volume "pvc-5c" : rbd: map failed exit status 6, rbd output: rbd: sysfs write failed', "FailedMount"),
        hit("k8s-event", "RBD image feature set mismatch. You can disable features unsupported by the kernel with \"rbd feature disable\".", "FailedMount"),
        hit("k8s-event", "rpc error: code = Internal desc = rbd image replicapool/csi-vol-77 is still being used", "FailedMount"),
        hit("k8s-event", "Output: mount error: no mds (Metadata Server) is up. The cluster might be laggy, or you may not be authorized", "FailedMount"),
        hit("k8s-event", "Output: mount error 110 = Connection timed out", "FailedMount"),
        hit("pod-log", "failed to establish the connection: error connecting to cluster: rados: ret=-13, Permission denied"),
        hit("kernel", "libceph: mon1 10.20.0.9:6789 feature set mismatch, my 107b84a842aca < server's 40107b84a842aca, missing 400000000000000"),
        hit("k8s-event", "Mounting arguments: -t ceph -o name=admin 10.20.0.9:6789:/ /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~cephfs/data Output: mount: wrong fs type, bad option, bad superblock on 10.20.0.9:6789:/, missing codepage or helper program, or other error", "FailedMount"),
        near_miss("k8s-event", "Output: mount: wrong fs type, bad option, bad superblock on nas.lab.example:/srv/data, missing codepage or helper program", "FailedMount"),
        near_miss("kernel", "libceph: mon0 (1)10.20.0.8:6789 session established"),
        near_miss("k8s-event", "Output: mount error(13): Permission denied", "FailedMount"),
    ),
    versions="all",
    references=("https://docs.ceph.com/en/latest/rbd/rbd-ko/", "https://github.com/ceph/ceph-csi"),
)
