"""The former VolumeAttachment cannot be deleted and blocks the new one."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volumeattachment-stuck-deleting",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("VolumeAttachment stuck in deletion", "VolumeAttachment が削除中のまま残っている"),
    summary=Text(
        "The object that attaches this volume (to this or another node) has a deletion timestamp, but its finalizer stays: the detach failed, the external-attacher or the old node is gone. Until it goes, every new attach of that volume is refused.",
        "このボリュームの VolumeAttachment に削除タイムスタンプが付いたまま finalizer が外れない。detach の失敗、external-attacher や旧ノードの消失が原因。消えるまで新たなアタッチはすべて拒否される。",
    ),
    signatures=(
        Signature(r"volume attachment is being deleted", "any", "states", source="pkg/volume/csi/csi_attacher.go"),
        Signature(r"[Vv]olumeAttachment \S+ is being deleted", "any", "states", source="external-attacher"),
        Signature(r"", "any", "shows", reason="detachError", source="VolumeAttachment status.detachError"),
    ),
    states=(StateTest("Volume", {"kind": r"^VolumeAttachment$", "reason": r"^Terminating$"}, "suggests"),),
    leads_to=(
        Link("volume-attach-failing", "pod", Text("a new attachment cannot be made while the old one is deleted", "古いものの削除中は新しいアタッチができない"), strength=0.95),
        Link("volume-mount-failing", "pod", Text("WaitForAttach fails", "WaitForAttach が失敗する"), strength=0.7),
    ),
    asks=(
        Ask("kubectl get volumeattachments -o custom-columns=N:.metadata.name,PV:.spec.source.persistentVolumeName,NODE:.spec.nodeName,DEL:.metadata.deletionTimestamp,F:.metadata.finalizers; kubectl logs -n <driver> -c csi-attacher <controller pod> | tail", Text("an attachment of this volume with a deletion time and finalizer external-attacher/..., and the detach error in status or log", "このボリュームの attachment に削除時刻と finalizer(external-attacher/...)があり、status やログに detach エラーがある"), ("volume-multi-attach", "csi-driver-not-registered", "cloud-disk-in-use"), "storage-objects"),
    ),
    remedies=(
        Remedy("temporary", Text("let the detach succeed (restart the attacher, mend the storage); only if the volume is surely detached, remove the finalizer", "detach を成功させる(attacher の再起動、ストレージの修復)。確実にデタッチ済みの場合に限り finalizer を外す"), Text("removing the finalizer while the volume is attached can give two writers", "アタッチ中に finalizer を外すと二重書き込みになり得る"), "kubectl patch volumeattachment <name> --type=merge -p '{\"metadata\":{\"finalizers\":null}}'", "kubectl get volumeattachments", "data-loss"),
        Remedy("permanent", Text("newer CSI sidecars and controller manager, replicas of the CSI controller, drain nodes before removing them", "CSI サイドカーと controller-manager を更新し、CSI コントローラーを冗長化し、ノード削除前に drain する"), Text("none", "なし"), verify="kubectl get volumeattachments", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c1d" : volume attachment is being deleted', "FailedAttachVolume"),
        hit("k8s-event", 'MountVolume.WaitForAttach failed for volume "pvc-5c1d" : volume attachment is being deleted', "FailedMount"),
        hit("pod-log", "VolumeAttachment csi-77aa is being deleted, waiting for detach"),
        hit("status", "rpc error: code = Internal desc = could not detach volume from node", reason="detachError"),
        near_miss("k8s-event", 'Multi-Attach error for volume "pvc-5c1d" Volume is already exclusively attached to one node and can\'t be attached to another', "FailedAttachVolume"),
        near_miss("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c1d" : timed out waiting for external-attacher of disk.csi.lab.example CSI driver to attach volume vol-1', "FailedAttachVolume"),
        near_miss("status", "rpc error: code = Internal desc = could not attach volume", reason="attachError"),
    ),
    state_examples=(
        StateExample("Volume", {"kind": "VolumeAttachment", "phase": "Attached", "reason": "Terminating"}, True),
        StateExample("Volume", {"kind": "VolumeAttachment", "phase": "Attached"}, False),
    ),
    versions="CSI volumes, v1.13 and later",
    references=(
        "https://kubernetes-csi.github.io/docs/external-attacher.html",
        "https://github.com/kubernetes-csi/external-attacher",
    ),
)
