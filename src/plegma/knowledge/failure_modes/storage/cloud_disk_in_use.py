"""The cloud says that the disk is attached to another machine."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-disk-in-use",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("cloud disk is in use by another instance", "クラウドディスクが別インスタンスで使用中"),
    summary=Text(
        "The cloud's own attach call refuses: the disk is attached to another (perhaps terminated or foreign) instance, or a former attach or detach is still under way. Kubernetes does not know that attachment.",
        "クラウドの attach API が、別の(終了中や管理外の)インスタンスへのアタッチ中、または以前の attach / detach が進行中であることを理由に拒否する。Kubernetes 側はそのアタッチを把握していない。",
    ),
    signatures=(
        Signature(r"VolumeInUse: ", "any", "suggests", source="EC2 AttachVolume"),
        Signature(r"IncorrectState: \S+ is not 'available'", "any", "states", source="EC2 AttachVolume"),
        Signature(r"expected device to be attached but was (?:attaching|busy|detaching)", "any", "shows", source="aws-ebs-csi-driver pkg/cloud WaitForAttachmentState: EC2 has not ended the earlier attach or detach"),
        Signature(r"AttachDiskWhileBeingDetached", "any", "states", source="Azure compute"),
        Signature(r"AcquireDiskLeaseFailed", "any", "states", source="Azure compute, blob-based disks: another VM holds the lease"),
        Signature(r"disk is currently being detached", "any", "states", source="Azure compute"),
        Signature(r"is being attached to another VM", "any", "shows", source="Azure compute"),
        Signature(r"RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "any", "suggests", source="GCE"),
        Signature(r"already being used by .{0,20}projects/", "any", "suggests", source="GCE"),
        Signature(r"Volume \S+ is (?:already )?attached to (?:a different|another) (?:node|instance|server|droplet)", "any", "suggests", source="OpenStack, DigitalOcean and other drivers"),
    ),
    leads_to=(Link("volume-attach-failing", "pod", Text("the attach call is refused", "attach 呼び出しが拒否される"), strength=0.95),),
    asks=(Ask("kubectl get volumeattachments | grep {volume}; <cloud CLI: describe the disk's attachments>", Text("the cloud names an instance that is not the pod's node", "クラウド側のアタッチ先が Pod のノードと異なる"), ("volume-multi-attach", "volumeattachment-stuck-deleting", "cloud-disk-missing", "volume-attach-limit-exceeded"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("detach the disk from the named instance in the cloud, after it is surely not written to", "書き込みがないことを確認したうえで、クラウド側で該当インスタンスからデタッチする"), Text("detaching a disk in use loses data", "使用中のディスクのデタッチはデータ損失を招く"), "aws ec2 detach-volume --volume-id <id>", "kubectl get volumeattachments | grep {volume}", "data-loss"),
        Remedy("permanent", Text("attach disks through Kubernetes only; drain before terminating nodes", "ディスクのアタッチは Kubernetes 経由に限定し、ノード終了前に drain する"), Text("none", "なし"), verify="kubectl get volumeattachments", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "IncorrectState: vol-0aa is not 'available'.", "FailedAttachVolume"),
        hit("k8s-event", "Disk pvc-5c is being attached to another VM", "FailedAttachVolume"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : rpc error: code = Internal desc = Could not attach volume "vol-0aa" to node "i-0bb": VolumeInUse: vol-0aa is already attached to an instance', "FailedAttachVolume"),
        hit("k8s-event", "Code=\"AttachDiskWhileBeingDetached\" Message=\"Cannot attach data disk 'pvc-5c' to VM 'aks-1' because the disk is currently being detached", "FailedAttachVolume"),
        hit("k8s-event", "Code=\"AcquireDiskLeaseFailed\" Message=\"Failed to acquire lease while creating disk 'pvc-5c.vhd'. Blob is already in use.\"", "FailedMount"),
        hit("k8s-event", "googleapi: Error 400: RESOURCE_IN_USE_BY_ANOTHER_RESOURCE - The disk resource 'projects/p/zones/z/disks/d' is already being used by 'projects/p/zones/z/instances/n'", "FailedAttachVolume"),
        hit("k8s-event", "Volume 5c-77 is attached to a different instance (0f1e)", "FailedAttachVolume"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : rpc error: code = Internal desc = Could not attach volume "vol-0aa" to node "i-0bb": attachment of disk "vol-0aa" failed, expected device to be attached but was attaching', "FailedAttachVolume"),
        near_miss("pod-log", "\"ControllerPublishVolume: attached\" volumeID=\"vol-0aa\" nodeID=\"i-0bb\" devicePath=\"/dev/xvdaa\""),
        near_miss("k8s-event", 'Multi-Attach error for volume "pvc-5c1d" Volume is already exclusively attached to one node and can\'t be attached to another', "FailedAttachVolume"),
        near_miss("k8s-event", "InvalidVolume.NotFound: The volume 'vol-0aa' does not exist.", "FailedAttachVolume"),
    ),
    versions="all clouds",
    references=("https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html", "https://learn.microsoft.com/en-us/troubleshoot/azure/azure-kubernetes/storage/fail-to-mount-azure-disk-volume"),
)
