"""Another pod holds the ReadWriteOncePod claim."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pvc-read-write-once-pod-in-use",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("another pod already uses the claim, whose mode allows just one pod (ReadWriteOncePod)", "ReadWriteOncePod の PVC を別の Pod が使用中"),
    summary=Text(
        "The claim may be used by one pod in the whole cluster. A rolling update that starts the new pod first, or a second consumer, waits for the old one to end.",
        "この PVC はクラスター全体で 1 つの Pod しか使えない。新しい Pod を先に起動するローリング更新や二つ目の利用者は、古い Pod の終了を待つことになる。",
    ),
    signatures=(Signature(r"ReadWriteOncePod access mode", component="controller", proof="states", source="pkg/scheduler/framework/plugins/volumerestrictions"),),
    leads_to=(Link("pod-pending", "pod", Text("the scheduler places it only when the other pod is gone", "他方の Pod が消えるまで配置されない"), strength=0.95),),
    asks=(Ask("kubectl -n {namespace} describe pvc | grep -A2 'Used By'", Text("another pod under Used By", "Used By に別の Pod がある"), ("volume-multi-attach", "unschedulable-volume-zone", "pvc-not-bound", "unschedulable-insufficient-resources"), evidence="storage-objects"),),
    remedies=(
        Remedy("temporary", Text("end the pod that holds it", "使用中の Pod を終了する"), Text("its service stops until the new pod is up", "新しい Pod が起動するまで停止する"), "kubectl -n {namespace} delete pod OLD_POD", "kubectl -n {namespace} get pod {pod} -o wide", "restart"),
        Remedy("permanent", Text("strategy Recreate (or a StatefulSet) for such workloads", "この種のワークロードは Recreate 戦略(または StatefulSet)にする"), Text("a short interruption at each update", "更新のたびに短時間停止する"), "", "kubectl -n {namespace} rollout status deployment/WORKLOAD", "restart"),
    ),
    versions="from 1.22 (GA 1.29), CSI volumes only",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/change-pv-access-mode-readwriteoncepod/",),
    examples=(
        hit("k8s-event", "0/3 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode, 2 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", 'Multi-Attach error for volume "pvc-77aa" Volume is already used by pod(s) db-0', reason="FailedAttachVolume"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
    ),
)
