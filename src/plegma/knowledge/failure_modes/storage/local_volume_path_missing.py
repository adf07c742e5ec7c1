"""The directory or device of a local PersistentVolume is not on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="local-volume-path-missing",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("local PersistentVolume's path does not exist on the node", "local PV のパスがノードに存在しない"),
    summary=Text(
        "A local volume is bound to one node by node affinity. Its path is absent there: disk not mounted after a reboot, node re-installed under the same name, path never created (the kubelet does not create it).",
        "local ボリュームは nodeAffinity で 1 ノードに固定される。そのノードにパスがない(再起動後に未マウント、同名での再構築、そもそも未作成。kubelet は作成しない)。",
    ),
    signatures=(Signature(r"path \\*\"?/[^\"\\ ]+\\*\"? does not exist", "kubelet", "states", source="pkg/volume/local"), Signature(r"NewMounter initialization failed for volume", "kubelet", "shows", source="pkg/volume/local, operation generator")),
    leads_to=(Link("volume-mount-failing", "pod", Text("the mounter cannot be built", "マウント処理を初期化できない"), strength=0.95),),
    asks=(Ask("kubectl get pv {volume} -o jsonpath='{.spec.local.path}{.spec.nodeAffinity}'; ls -ld <path>; findmnt <path>", Text("no such directory on the node of the affinity", "affinity の指すノードにディレクトリがない"), ("hostpath-type-check-failed", "volume-device-not-found", "unschedulable-volume-zone"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("mount the disk or create the directory; the kubelet retries", "ディスクをマウントするかディレクトリを作成する。kubelet は自動で再試行する"), Text("an empty new directory hides that the data is elsewhere", "空のディレクトリを作ると本来のデータの所在が分からなくなる"), "mount <disk> <path>", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("fstab entries with nofail and by UUID, the local static provisioner", "UUID 指定・nofail の fstab 登録、local static provisioner の利用"), Text("none", "なし"), verify="findmnt --verify", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.NewMounter initialization failed for volume "local-ssd1" : path "/mnt/disks/ssd1" does not exist', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "logs" : hostPath type check failed: /srv/logs is not a directory', "FailedMount"),
        near_miss("kubelet", "plugin binary directory /opt/credential-providers did not exist"),
    ),
    versions="v1.10 and later",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#local",),
)
