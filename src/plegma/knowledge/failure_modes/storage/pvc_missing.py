"""The pod refers to a claim that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pvc-missing",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("PersistentVolumeClaim does not exist", "PVC が存在しない"),
    summary=Text(
        "The pod names a claim that is not in its namespace (typo, not applied yet, deleted).",
        "Pod が参照する PVC がその namespace にない(誤記、未作成、削除済み)。",
    ),
    signatures=(Signature(r"persistentvolumeclaim \\*\"(?P<volume>[^\"\\]+)\\*\" not found", "any", "states", source="scheduler VolumeBinding, kubelet"), Signature(r"persistentvolumeclaim \\*\"[^\"]+\" is being deleted", "any", "states", source="scheduler")),
    leads_to=(Link("pod-pending", "pod", Text("the scheduler waits for the claim", "スケジューラーが PVC を待つ"), strength=0.9), Link("volume-mount-failing", "pod", Text("the kubelet cannot resolve the volume", "kubelet がボリュームを解決できない"), strength=0.4)),
    asks=(Ask("kubectl -n {namespace} get pvc", Text("the name is not in the list", "その名前が一覧にない"), ("pvc-not-bound", "configmap-or-secret-missing", "node-authorizer-no-relationship"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("create the claim or correct the name", "PVC を作成するか名前を修正する"), Text("a new claim is empty", "新しい PVC は空である"), "kubectl -n {namespace} get pvc", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("apply claims together with the workload; protect them from deletion", "PVC をワークロードと一緒に適用し、削除から保護する"), Text("none", "なし"), verify="kubectl -n {namespace} get pvc", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/3 nodes are available', "FailedScheduling"),
        hit("k8s-event", 'persistentvolumeclaim "data" is being deleted', "FailedScheduling"),
        near_miss("k8s-event", "pod has unbound immediate PersistentVolumeClaims", "FailedScheduling"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes",),
)
