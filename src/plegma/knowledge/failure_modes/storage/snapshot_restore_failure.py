"""A volume cannot be made from its snapshot."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="snapshot-restore-failure",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("restore from VolumeSnapshot fails", "VolumeSnapshot からの復元失敗"),
    summary=Text(
        "The claim's dataSource is a snapshot that does not exist, is not ready, is in another namespace or of another driver, or is larger than the claim; or the snapshot controller/CRDs are missing.",
        "PVC の dataSource のスナップショットが存在しない、未準備、別 namespace・別ドライバー、PVC より大きい、または snapshot controller / CRD がない。",
    ),
    signatures=(
        Signature(r"error getting handle for DataSource Type VolumeSnapshot", "any", "states", source="external-provisioner"),
        Signature(r"snapshot \S+ (?:is not Ready|not bound|is not ready to use)", "any", "states", source="external-provisioner"),
        Signature(r"requested volume size .{0,40}less than the size .{0,40}snapshot", "any", "states", source="external-provisioner"),
        Signature(r"", "any", "states", reason=r"Snapshot(?:Content)?(?:Creation|CheckandUpdate|Restore|FinalizerError|ContentMissing)\w*|Snapshot\w*Failed", source="external-snapshotter's events"),
        Signature(r"[Ww]aiting for a snapshot \S+ to be created by the CSI driver", "any", "suggests", at_least=10, source="snapshot-controller"),
    ),
    leads_to=(Link("volume-provisioning-failed", "cluster", Text("the volume cannot be made", "ボリュームを作成できない"), strength=0.7), Link("pvc-not-bound", "cluster", Text("the claim stays Pending", "PVC が Pending のまま"), strength=0.8)),
    asks=(Ask("kubectl get volumesnapshot,volumesnapshotcontent -A; kubectl get crd | grep snapshot", Text("READYTOUSE false, an error in status, or no CRD", "READYTOUSE が false、status にエラー、または CRD がない"), ("volume-provisioning-failed", "crd-missing"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("wait until the snapshot is ready or choose another; ask for at least its restoreSize", "スナップショットの準備完了を待つか別のものを選び、restoreSize 以上を要求する"), Text("none", "なし"), "kubectl -n {namespace} get volumesnapshot", "kubectl -n {namespace} get pvc", "none"),
        Remedy("permanent", Text("snapshot controller and CRDs of one version, restores tested regularly", "snapshot controller と CRD の版を揃え、復元を定期的に試験する"), Text("none", "なし"), verify="kubectl get volumesnapshot -A", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "requested volume size 1073741824 is less than the size 5368709120 for the source snapshot snap-1", "ProvisioningFailed"),
        hit("k8s-event", 'failed to provision volume with StorageClass "fast": error getting handle for DataSource Type VolumeSnapshot by Name snap-1: snapshot snap-1 not bound', "ProvisioningFailed"),
        hit("k8s-event", "snapshot snap-1 is not Ready", "ProvisioningFailed"),
        hit("k8s-event", "Failed to create snapshot: failed to take snapshot of the volume vol-1: rpc error: code = Internal", "SnapshotContentCreationFailed"),
        hit("k8s-event", "Waiting for a snapshot shop/snap-1 to be created by the CSI driver.", "CreatingSnapshot", count=20),
        near_miss("k8s-event", "Snapshot shop/snap-1 was successfully created by the CSI driver.", "SnapshotCreated"),
        near_miss("k8s-event", 'failed to provision volume with StorageClass "fast": rpc error: code = InvalidArgument', "ProvisioningFailed"),
    ),
    versions="snapshots GA in v1.20",
    references=("https://kubernetes.io/docs/concepts/storage/volume-snapshots/",),
)
