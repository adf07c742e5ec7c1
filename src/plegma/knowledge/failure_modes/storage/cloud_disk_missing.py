"""The cloud has no disk with the id of the PersistentVolume."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-disk-missing",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("the disk behind the PersistentVolume does not exist", "PV の実体ディスクが存在しない"),
    summary=Text(
        "The disk was deleted by hand, belongs to another account, region or zone, or the PV was copied from another cluster. The volume's data is not where the PV says.",
        "ディスクが手動で削除された、別アカウント・リージョン・ゾーンにある、または PV が別クラスターからコピーされた。PV の示す場所にデータがない。",
    ),
    signatures=(
        Signature(r"InvalidVolume\.NotFound", "any", "states", source="EC2"),
        Signature(r"volume '?vol-[0-9a-f]+'? does not exist", "any", "states", source="EC2"),
        Signature(r"The resource 'projects/\S+/disks/\S+' was not found", "any", "states", source="GCE"),
        Signature(r"ResourceNotFound.{0,200}/disks/", "any", "states", source="Azure"),
        Signature(r"No vSphere disk ID/Name found", "any", "states", source="cloud-provider-vsphere pkg/common/vclib: ErrNoDiskIDFound"),
        Signature(r"CNS: Failed to retrieve datastore for vol \S+", "any", "states", source="vSphere CNS: the first-class disk is in none of its datastores' catalogs"),
        Signature(r"code = NotFound desc = .{0,80}(?:[Vv]olume.{0,120}(?:not found|not exist|n't exist)|(?:find|found|no such) .{0,40}[Vv]olume)", "any", "shows", source="CSI specification: the volume is not known to the driver"),
    ),
    leads_to=(Link("volume-attach-failing", "pod", Text("there is nothing to attach", "アタッチ対象がない"), strength=0.9), Link("volume-mount-failing", "pod", Text("NodeStageVolume says NotFound", "NodeStageVolume が NotFound を返す"), strength=0.5)),
    asks=(Ask("kubectl get pv {volume} -o jsonpath='{.spec.csi.volumeHandle}'; <cloud CLI: describe that disk>", Text("no such disk in the node's account, region and zone", "ノードのアカウント・リージョン・ゾーンに該当ディスクがない"), ("cloud-disk-permission-denied", "cloud-disk-in-use", "unschedulable-volume-zone", "volume-device-not-found"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("restore the disk from a snapshot and make a PV for it, or re-create the claim empty", "スナップショットからディスクを復元して PV を作るか、PVC を空で作り直す"), Text("the data of the lost disk is gone", "失われたディスクのデータは戻らない"), "kubectl -n {namespace} get pvc", "kubectl -n {namespace} get pvc,pv", "data-loss"),
        Remedy("permanent", Text("reclaimPolicy Retain for what matters, backups, no manual deletion of disks with cluster tags", "重要データは reclaimPolicy: Retain とバックアップで守り、クラスタータグ付きディスクを手動削除しない"), Text("none", "なし"), verify="kubectl get pv -o custom-columns=N:.metadata.name,R:.spec.persistentVolumeReclaimPolicy", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "AttachVolume.Attach failed for volume \"pvc-5c\" : InvalidVolume.NotFound: The volume 'vol-0aa' does not exist.", "FailedAttachVolume"),
        hit("k8s-event", "googleapi: Error 404: The resource 'projects/p/zones/z/disks/d' was not found, notFound", "FailedAttachVolume"),
        hit("k8s-event", "Code=\"ResourceNotFound\" Message=\"The Resource 'Microsoft.Compute/disks/pvc-5c' under resource group 'mc' was not found.\"", "FailedAttachVolume"),
        hit("k8s-event", 'rpc error: code = NotFound desc = Volume not found: 5c-77', "FailedMount"),
        hit("k8s-event", "rpc error: code = NotFound desc = could not find volume 5c-77 in zone b", "FailedAttachVolume"),
        hit("k8s-event", "rpc error: code = Internal desc = WhichVCandDCByFCDId(0f1e-77) failed. Err: No vSphere disk ID/Name found", "FailedAttachVolume"),
        hit("k8s-event", "failed to attach disk: \"0f1e-77\" with node: \"4a-11\" err ServerFaultCode: CNS: Failed to retrieve datastore for vol 0f1e-77.", "FailedAttachVolume"),
        near_miss("k8s-event", "failed to attach disk: \"0f1e-77\" with node: \"4a-11\" err ServerFaultCode: The resource 'volume' is in use.", "FailedAttachVolume"),
        near_miss("kubelet", 'UnmountVolume.TearDown failed for volume "data" : kubernetes.io/csi: Unmounter.TearDownAt failed: rpc error: code = NotFound desc = volume is not mounted here'),
        near_miss("k8s-event", 'persistentvolumeclaim "data" not found', "FailedScheduling"),
        near_miss("k8s-event", "VolumeInUse: vol-0aa is already attached to an instance", "FailedAttachVolume"),
    ),
    versions="all clouds",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming",),
)
