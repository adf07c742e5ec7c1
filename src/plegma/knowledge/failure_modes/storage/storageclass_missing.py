"""The claim's StorageClass does not exist, or there is no default one."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="storageclass-missing",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("StorageClass missing or no default StorageClass", "StorageClass が存在しない、または既定がない"),
    summary=Text(
        "The claim names a class that is not in the cluster, or names none while no class is marked as default and no fitting PersistentVolume exists.",
        "PVC が存在しない StorageClass を指定している、または未指定なのに既定クラスも適合する PV もない。",
    ),
    signatures=(
        Signature(r"storageclass\.storage\.k8s\.io \\*\"[^\"]+\" not found", "any", "states", source="persistentvolume-controller"),
        Signature(r"no persistent volumes available for this claim and no storage class is set", "controller", "states", source="persistentvolume-controller"),
    ),
    states=(StateTest("Volume", {"kind": "^PersistentVolumeClaim$", "phase": "^Pending$", "storage_class": "^$"}, "shows"),),
    leads_to=(Link("pvc-not-bound", "cluster", Text("nobody provisions a volume", "ボリュームが用意されない"), strength=0.9), Link("pod-pending", "cluster", Text("the pod waits for its claim", "Pod が PVC を待つ"), strength=0.7)),
    asks=(Ask("kubectl get storageclass; kubectl -n {namespace} get pvc -o custom-columns=N:.metadata.name,SC:.spec.storageClassName", Text("the class is absent, or none is (default)", "該当クラスがない、または (default) がない"), ("volume-provisioner-not-running", "volume-provisioning-failed", "pvc-missing"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("create the class or a default, or re-create the claim with an existing class", "StorageClass や既定を作成するか、既存クラスで PVC を作り直す"), Text("a claim's class cannot be changed", "PVC のクラスは変更できない"), "kubectl patch storageclass <name> -p '{\"metadata\":{\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"true\"}}}'", "kubectl -n {namespace} get pvc", "none"),
        Remedy("permanent", Text("the same class names in all clusters, one default", "全クラスターでクラス名を統一し、既定を 1 つ置く"), Text("none", "なし"), verify="kubectl get storageclass", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'storageclass.storage.k8s.io "fast" not found', "ProvisioningFailed"),
        hit("k8s-event", "no persistent volumes available for this claim and no storage class is set", "FailedBinding"),
        near_miss("k8s-event", "waiting for first consumer to be created before binding", "WaitForFirstConsumer"),
        near_miss("k8s-event", 'failed to provision volume with StorageClass "fast": rpc error: code = ResourceExhausted desc = quota', "ProvisioningFailed"),
    ),
    state_examples=(
        StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Pending", "storage_class": ""}, True),
        StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Pending", "storage_class": "fast"}, False),
        StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Bound", "storage_class": ""}, False),
    ),
    versions="all; a default set later is applied to old claims since v1.28",
    references=("https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass",),
)
