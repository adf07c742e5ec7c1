"""The node already has as many volumes as it can take."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-attach-limit-exceeded",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume attach limit of the node reached", "ノードのボリュームアタッチ上限に到達"),
    summary=Text(
        "Clouds and drivers allow a fixed number of disks per machine. Either the scheduler finds no node with a free slot, or, when the reported limit is too high (other disks, ENIs count too), the cloud refuses the attach.",
        "クラウドやドライバーにはマシンごとのディスク数上限がある。スケジューラーが空きスロットのあるノードを見つけられないか、報告上限が実際より大きい場合(他のディスクや ENI も数に入る)はクラウドが attach を拒否する。",
    ),
    signatures=(
        Signature(r"node\(s\) exceed max volume count", "controller", "states", source="scheduler NodeVolumeLimits"),
        Signature(r"AttachmentLimitExceeded", "any", "states", reason="FailedAttachVolume", source="EC2 (the same word is used for network interfaces)"),
        Signature(r"maximum number of data disks allowed to be attached", "any", "states", source="EC2, Azure, GCE"),
        Signature(r"[Ee]xceeded limit .?maximum_persistent_disks", "any", "states", source="EC2, Azure, GCE"),
        Signature(r"[Ii]nstance has no (?:more )?available device names", "any", "states", source="EBS driver and others"),
        Signature(r"max number of volumes \(\d+\) already attached", "any", "states", source="linode-blockstorage-csi-driver errMaxAttachments"),
        Signature(r"too many volumes attached", "any", "states", source="EBS driver and others"),
    ),
    leads_to=(
        Link("volume-attach-failing", "pod", Text("the cloud refuses one more disk", "クラウドがアタッチを拒否する"), strength=0.8),
        Link("pod-pending", "pod", Text("no node has a free slot", "空きスロットのあるノードがない"), strength=0.8),
    ),
    asks=(Ask("kubectl get csinode {node} -o jsonpath='{.spec.drivers[*].allocatable.count}'; kubectl get volumeattachments | grep -c {node}", Text("attachments at the limit", "アタッチ数が上限に達している"), ("volume-multi-attach", "unschedulable-volume-zone", "cloud-disk-in-use"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("move pods with volumes away or add a node", "ボリュームを持つ Pod を移すかノードを追加する"), Text("moved pods restart", "移動した Pod は再起動する"), "kubectl cordon {node}", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("set the driver's --volume-attach-limit/--reserved-volume-attachments to what the machine type really allows", "ドライバーの --volume-attach-limit / --reserved-volume-attachments をマシンタイプの実上限に合わせる"), Text("restarts the node plugin", "node プラグインの再起動を伴う"), verify="kubectl get csinode -o custom-columns=N:.metadata.name,C:.spec.drivers[*].allocatable.count"),
    ),
    examples=(
        hit("k8s-event", "googleapi: Error 400: Exceeded limit 'maximum_persistent_disks' on resource 'n1'. Limit: 16.0", "FailedAttachVolume"),
        hit("k8s-event", "Instance has no more available device names", "FailedAttachVolume"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) exceed max volume count.", "FailedScheduling"),
        hit("k8s-event", "rpc error: code = ResourceExhausted desc = AttachmentLimitExceeded: The maximum number of attachments has been reached", "FailedAttachVolume"),
        hit("k8s-event", "Code=\"OperationNotAllowed\" Message=\"The maximum number of data disks allowed to be attached to a VM of this size is 4.\"", "FailedAttachVolume"),
        hit("k8s-event", "rpc error: code = Internal desc = too many volumes attached to node i-0bb", "FailedAttachVolume"),
        hit("k8s-event", "rpc error: code = ResourceExhausted desc = max number of volumes (8) already attached to instance", "FailedAttachVolume"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", "FailedScheduling"),
        near_miss("k8s-event", "VolumeInUse: vol-0aa is already attached to an instance", "FailedAttachVolume"),
    ),
    versions="CSI limits since v1.17",
    references=("https://kubernetes.io/docs/concepts/storage/storage-limits/",),
)
