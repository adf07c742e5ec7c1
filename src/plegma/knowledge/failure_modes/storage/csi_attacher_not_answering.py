"""Nobody carries out the VolumeAttachment: the CSI controller does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="csi-attacher-not-answering",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("CSI controller (external-attacher) does not attach", "CSI コントローラー(external-attacher)が attach を処理しない"),
    summary=Text(
        "The controller manager made a VolumeAttachment and waits for the driver's external-attacher, which is down, has lost its leader lease, or waits for the storage's API.",
        "controller-manager は VolumeAttachment を作成し external-attacher を待っているが、停止中、リーダー不在、またはストレージ API 待ちで処理されない。",
    ),
    signatures=(Signature(r"timed out waiting for external-attacher of \S+ CSI driver to attach volume", "any", "states", source="pkg/volume/csi/csi_attacher.go"), Signature(r"[Aa]ttachment timeout for volume", "any", "shows", source="pkg/volume/csi/csi_attacher.go (older)")),
    leads_to=(Link("volume-attach-failing", "cluster", Text("attachments stay attached=false", "attachment が attached=false のまま"), strength=0.9), Link("volume-mount-failing", "cluster", Text("the node waits for the attachment", "ノードがアタッチを待つ"), strength=0.6)),
    refutes=(Refutation(Text("the volume was attached: the attacher answers, late at most", "ボリュームはアタッチされており、attacher は(遅くとも)応答している"), pattern=r"AttachVolume\.Attach succeeded for volume", reason="SuccessfulAttachVolume", weight=0.6),),
    asks=(Ask("kubectl get pods -A -o wide | grep -iE 'csi.*(controller|attacher)'; kubectl get volumeattachments; kubectl -n <driver namespace> logs <controller pod> -c csi-attacher | tail", Text("controller not running, or its log shows the storage's error", "コントローラーが動いていない、またはログにストレージのエラーがある"), ("csi-driver-not-registered", "volumeattachment-stuck-deleting", "cloud-disk-permission-denied", "volume-device-not-found"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("restart the CSI controller after looking at its log", "ログを確認したうえで CSI コントローラーを再起動する"), Text("none for attached volumes", "アタッチ済みボリュームへの影響はない"), "kubectl -n <driver namespace> rollout restart deploy <controller>", "kubectl get volumeattachments"),
        Remedy("permanent", Text("two replicas with leader election, priority system-cluster-critical, alarms on pending VolumeAttachments", "リーダー選出付きの 2 レプリカ、system-cluster-critical、VolumeAttachment 滞留の監視"), Text("none", "なし"), verify="kubectl get volumeattachments", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : timed out waiting for external-attacher of disk.csi.lab.example CSI driver to attach volume vol-1', "FailedAttachVolume"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : attachment timeout for volume vol-1', "FailedAttachVolume"),
        near_miss("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : volume attachment is being deleted', "FailedAttachVolume"),
        near_miss("k8s-event", "Unable to attach or mount volumes: unmounted volumes=[data]: timed out waiting for the condition", "FailedMount"),
    ),
    versions="CSI; the driver's name is in the text since v1.24",
    references=("https://kubernetes-csi.github.io/docs/external-attacher.html",),
)
