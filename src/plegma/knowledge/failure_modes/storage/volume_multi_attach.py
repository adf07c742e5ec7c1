"""A single-node volume is still attached to another node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-multi-attach",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume still attached to another node (Multi-Attach)", "ボリュームが別ノードにアタッチされたまま(Multi-Attach)"),
    summary=Text(
        "A ReadWriteOnce volume belongs to one node at a time. The old node died or is NotReady, or a pod on it still runs (rolling update with surge), so the controller will not attach it elsewhere for at least six minutes, or not at all while the old pod stands. After an ordinary reschedule it clears by itself within a minute.",
        "ReadWriteOnce のボリュームは同時に 1 ノードにしかアタッチできない。元のノードが死んでいる・NotReady、または元の Pod がまだ動いている(surge 付きローリング更新)ため、コントローラーは最低 6 分(元の Pod が残る限り無期限)別ノードへアタッチしない。通常の再スケジュールなら 1 分程度で自然に解消する。",
    ),
    signatures=(
        Signature(r"Multi-Attach error for volume \\*\"(?P<volume>[^\"\\]+)", "controller", "shows", source="pkg/controller/volume/attachdetach/reconciler"),
        Signature(r"olume is already (?:exclusively attached to one node|used by pod)", "controller", "shows", source="pkg/controller/volume/attachdetach/reconciler"),
        Signature(r"VolumeInUse: \S+ is already attached", "any", "shows", source="EC2 AttachVolume: the other node still has the disk"),
        Signature(r"RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "any", "shows", source="GCE: the other node still has the disk"),
        Signature(r"olume \S+ is (?:already |still )?(?:attached|published|in use) (?:to|on|by) (?:a |an |the )?(?:different |another |other )?(?:node|instance|server|droplet|host|VM)\b", "any", "shows", source="CSI drivers (ControllerPublishVolume, FailedPrecondition)"),
        Signature(r"is already attached to (?:node|instance) ", "any", "shows", source="Longhorn, OpenStack and other drivers"),
    ),
    leads_to=(
        Link("volume-attach-failing", "pod", Text("the volume is not attached to the new node", "新しいノードにアタッチされない"), strength=0.95),
        Link("pod-stuck-creating", "pod", Text("the pod waits for its volume", "Pod がボリュームを待つ"), strength=0.8),
    ),
    refutes=(
        Refutation(Text("the volume was attached afterwards: a passing state of a reschedule", "その後アタッチに成功しており、再スケジュール中の一過性の状態である"), pattern=r"AttachVolume\.Attach succeeded for volume", component="controller", weight=0.5),
    ),
    asks=(
        Ask("kubectl get volumeattachments | grep {volume}; kubectl get pods -A -o wide | grep <claim's pods>; kubectl get nodes", Text("the attachment names another node, which is NotReady or still runs the old pod", "アタッチ先が別ノードで、そのノードが NotReady か旧 Pod がまだ動いている"), ("volumeattachment-stuck-deleting", "csi-driver-not-registered", "cloud-disk-in-use", "node-status-unknown"), "storage-objects"),
    ),
    remedies=(
        Remedy("temporary", Text("make sure that the old node is off (or delete the old pod); then taint it out-of-service, or force-delete its pods", "元ノードの停止を確認し(または旧 Pod を削除し)、out-of-service taint を付けるか Pod を強制削除する"), Text("if the old node still writes, two writers destroy the file system", "元ノードがまだ書き込んでいると、二重書き込みでファイルシステムが壊れる"), "kubectl taint node <old node> node.kubernetes.io/out-of-service=nodeshutdown:NoExecute", "kubectl get volumeattachments | grep {volume}", "data-loss"),
        Remedy("permanent", Text("strategy Recreate or StatefulSet for RWO volumes, RWX where several pods share, automatic fencing of dead nodes", "RWO を使う場合は Recreate か StatefulSet にし、共有が必要なら RWX を使い、死んだノードの自動フェンシングを導入する"), Text("Recreate has a short outage at each rollout", "Recreate はロールアウトごとに短い停止を伴う"), verify="kubectl get events -A | grep -c Multi-Attach"),
    ),
    examples=(
        hit("k8s-event", 'Multi-Attach error for volume "pvc-5c1d" Volume is already exclusively attached to one node and can\'t be attached to another', "FailedAttachVolume"),
        hit("k8s-event", 'Multi-Attach error for volume "pvc-5c1d" Volume is already used by pod(s) db-0', "FailedAttachVolume"),
        hit("kube-controller-manager", '"Volume is already exclusively attached to one node and can\'t be attached to another" volumeName="kubernetes.io/csi/x"'),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : rpc error: code = Internal desc = Could not attach volume "vol-0aa" to node "i-0bb": VolumeInUse: vol-0aa is already attached to an instance', "FailedAttachVolume"),
        hit("k8s-event", "googleapi: Error 400: RESOURCE_IN_USE_BY_ANOTHER_RESOURCE - The disk resource 'projects/p/zones/z/disks/d' is already being used by 'projects/p/zones/z/instances/n'", "FailedAttachVolume"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : rpc error: code = FailedPrecondition desc = volume pvc-5c is already attached to node n-4', "FailedAttachVolume"),
        near_miss("k8s-event", 'AttachVolume.Attach succeeded for volume "pvc-5c1d"', "SuccessfulAttachVolume"),
        near_miss("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c1d" : volume attachment is being deleted', "FailedAttachVolume"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", "FailedScheduling"),
    ),
    versions="all; out-of-service taint since v1.24 (GA v1.28)",
    references=(
        "https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown",
        "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
    ),
)
