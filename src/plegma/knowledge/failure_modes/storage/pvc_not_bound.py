"""The pod's claim is not bound."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pvc-not-bound",
    layer="storage",
    role="mechanism",
    subject="Pod",
    title=Text("PersistentVolumeClaim is not bound", "PVC が Bound にならない"),
    summary=Text(
        "The scheduler will not place a pod whose claim waits for a volume. The claim's own events say why.",
        "PVC が未バインドの Pod はスケジュールされない。理由は PVC のイベントに書かれる。",
    ),
    signatures=(
        Signature(r"unbound immediate PersistentVolumeClaims", "controller", "states", source="scheduler VolumeBinding"),
        Signature(r"didn't find available persistent volumes to bind", "controller", "states", source="scheduler VolumeBinding"),
    ),
    states=(StateTest("Volume", {"kind": r"(?i)^(?:pvc|persistentvolumeclaims?)$", "phase": "^Pending$"}, "shows"),),
    leads_to=(Link("pod-pending", "pod", Text("no node fits while the claim is unbound", "PVC が未バインドの間は配置できない"), strength=0.9),),
    asks=(Ask("kubectl -n {namespace} describe pvc", Text("the claim's events", "PVC のイベント"), ("unschedulable-volume-zone",), "storage-objects"),),
    examples=(
        hit("k8s-event", "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available", "FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind.", "FailedScheduling"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", "FailedScheduling"),
    ),
    state_examples=(StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Pending"}, True), StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Bound"}, False)),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding",),
)
