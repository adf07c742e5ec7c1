"""The pod's volume is bound to a zone or node where the pod cannot be placed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="unschedulable-volume-zone",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("the pod's volume is in a zone or on a node where the pod finds no room", "Pod のボリュームがあるゾーン・ノードに Pod を配置できない"),
    summary=Text(
        "The PersistentVolume can be used only in one zone (or on one node), and the nodes there are full, tainted, or do not match the pod: it stays Pending. The autoscaler does not help when it cannot grow that zone's group. The kubelet never saw the pod.",
        "PersistentVolume が特定のゾーン(またはノード)でしか使えず、そこのノードが満杯・taint・条件不一致のため Pod が Pending のままになる。そのゾーンのグループを増やせない限り autoscaler も助けにならない。kubelet はこの Pod を知らない。",
    ),
    signatures=(
        Signature(r"nodes are available: \d+ node\(s\) had volume node affinity conflict\.", component="controller", proof="states", source="pkg/scheduler/framework/plugins/volumebinding: all nodes for this one reason"),
        Signature(r"node\(s\) had volume node affinity conflict", component="controller", source="pkg/scheduler/framework/plugins/volumebinding"),
        Signature(r"node\(s\) had no available volume zone", component="controller", source="pkg/scheduler/framework/plugins/volumezone"),
        Signature(r"NoVolumeZoneConflict \(\d+\)", component="controller", source="the scheduler before 1.12"),
        Signature(r"didn't match PersistentVolume's node affinity", component="controller", source="pkg/scheduler/framework/plugins/volumebinding, since 1.33"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node is both in the volume's zone and free for the pod", "ボリュームのゾーンにあり、かつ Pod を置けるノードが無い"), strength=0.98),
    ),
    refutes=(
        Refutation(Text("the claim is not bound to any volume yet: then its class decides, not the zone", "PVC がまだどのボリュームにも結び付いていない。ゾーンではなく StorageClass の問題である"), pattern=r"unbound immediate PersistentVolumeClaims", component="controller", weight=0.4),
    ),
    asks=(
        Ask("kubectl get pv -o custom-columns=NAME:.metadata.name,CLAIM:.spec.claimRef.name,AFFINITY:.spec.nodeAffinity", Text("the node affinity of the pod's volume names a zone (or host) whose nodes are all full or gone", "Pod のボリュームの nodeAffinity が指すゾーン(ホスト)のノードが満杯または存在しない"),
            ("volume-multi-attach", "volume-attach-failing"), evidence="storage-objects"),
        Ask("kubectl get nodes -L topology.kubernetes.io/zone", Text("no schedulable node in that zone", "そのゾーンにスケジュール可能なノードが無い"), (), evidence="node-list"),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the count of nodes for each reason in FailedScheduling", "FailedScheduling の理由ごとのノード数"), (), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("add (or uncordon) a node in the volume's zone", "ボリュームのゾーンにノードを追加する(または uncordon する)"),
               Text("costs a node", "ノード 1 台分の費用がかかる"), "kubectl uncordon {node}", "kubectl -n {namespace} get pod {pod} -o wide", "none"),
        Remedy("temporary", Text("if the data can be lost or restored: delete claim and pod so that a volume is made where there is room", "データを失っても(復元できても)よい場合: PVC と Pod を削除し、空きのあるゾーンに作り直す"),
               Text("the data of the volume is lost with reclaim policy Delete", "reclaimPolicy が Delete ならボリュームのデータは失われる"),
               "kubectl -n {namespace} delete pvc {volume} --wait=false && kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pvc", "data-loss"),
        Remedy("permanent", Text("use volumeBindingMode: WaitForFirstConsumer and one autoscaled node group for each zone", "volumeBindingMode: WaitForFirstConsumer を使い、ゾーンごとに autoscale するノードグループを設ける"),
               Text("only volumes made afterwards follow the new class", "新しい設定は以後に作られるボリュームにのみ効く"), "", "kubectl get storageclass", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode", "https://kubernetes.io/docs/setup/best-practices/multiple-zones/"),
    examples=(
        hit("k8s-event", "0/6 nodes are available: 6 node(s) had volume node affinity conflict. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", "0/9 nodes are available: 3 Insufficient memory, 6 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        hit("k8s-event", "pod didn't trigger scale-up (it wouldn't fit if a new node is added): 1 node(s) had volume node affinity conflict", reason="NotTriggerScaleUp"),
        hit("k8s-event", "0/4 nodes are available: 2 Insufficient cpu, 2 node(s) had no available volume zone.", reason="FailedScheduling"),
        hit("k8s-event", "No nodes are available that match all of the following predicates:: NoVolumeZoneConflict (3), PodToleratesNodeTaints (1).", reason="FailedScheduling"),
        hit("k8s-event", "0/4 nodes are available: 4 node(s) didn't match PersistentVolume's node affinity.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        near_miss("k8s-event", 'Multi-Attach error for volume "pvc-77aa" Volume is already exclusively attached to one node and can\'t be attached to another', reason="FailedAttachVolume"),
    ),
)
