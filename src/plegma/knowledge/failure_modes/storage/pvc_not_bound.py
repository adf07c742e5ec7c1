"""The pod's claim has no volume: missing class, failed provisioning, or no claim at all."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pvc-not-bound",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("the pod's PersistentVolumeClaim is missing or not bound", "Pod の PersistentVolumeClaim が無い、または Bound にならない"),
    summary=Text(
        "The claim does not exist, names a StorageClass that does not, no volume fits it, or its provisioner fails or does not run. The scheduler waits, so the pod stays Pending. Pending is normal for a claim of class WaitForFirstConsumer until a pod uses it.",
        "PVC が存在しない、存在しない StorageClass を指している、合う PV が無い、または provisioner が失敗・停止している。スケジューラーが待つため Pod は Pending のままになる。WaitForFirstConsumer の PVC が Pod に使われるまで Pending なのは正常である。",
    ),
    signatures=(
        Signature(r"persistentvolumeclaim \\*\"[^\"]+\" not found", component="controller", proof="states", source="pkg/scheduler/framework/plugins/volumebinding"),
        Signature(r"unbound immediate PersistentVolumeClaims", component="controller", source="pkg/scheduler/framework/plugins/volumebinding"),
        Signature(r"PersistentVolumeClaim is not bound: ", component="controller", source="the scheduler before 1.12"),
        Signature(r"storageclass\.storage\.k8s\.io \\*\"[^\"]+\" not found", component="controller", proof="states", source="pkg/controller/volume/persistentvolume/pv_controller.go"),
        Signature(r"no persistent volumes available for this claim and no storage class is set", component="controller", proof="states", source="pkg/controller/volume/persistentvolume/pv_controller.go"),
        Signature(r"failed to provision volume with StorageClass", component="any", source="sigs.k8s.io/sig-storage-lib-external-provisioner controller.go"),
        Signature(r"waiting for a volume to be created, either by (the )?external provisioner", component="controller", proof="suggests", at_least=5, source="pkg/controller/volume/persistentvolume/pv_controller.go"),
        Signature(r"[Ww]aiting for a volume to be created either by (the )?external provisioner", component="controller", proof="suggests", at_least=5, source="pkg/controller/volume/persistentvolume/pv_controller.go, since 1.28"),
    ),
    states=(StateTest("Volume", {"kind": r"^(PVC|PersistentVolumeClaim|persistentvolumeclaim)$", "phase": r"^(Pending|Lost)$"}, proof="suggests"),),
    leads_to=(Link("pod-pending", "pod", Text("the scheduler waits until the claim is bound", "PVC が Bound になるまでスケジューラーが待つ"), strength=0.95),),
    asks=(
        Ask("kubectl -n {namespace} describe pvc; kubectl get storageclass", Text("the claim's events: no class, no provisioner, quota or error of the cloud", "PVC のイベント(クラスなし、provisioner なし、クォータ、クラウドのエラー)"),
            ("unschedulable-volume-zone", "csi-driver-not-registered", "volume-attach-failing", "unschedulable-insufficient-resources"), evidence="storage-objects"),
    ),
    remedies=(
        Remedy("temporary", Text("create the claim, class or volume that is missing, or bring the provisioner back", "不足している PVC・StorageClass・PV を作成する、または provisioner を復旧する"), Text("a claim's class cannot be changed: it must be made anew", "PVC のクラスは変更できず、作り直しになる"),
               "kubectl get pods -A | grep -iE 'provisioner|csi'", "kubectl -n {namespace} get pvc", "none"),
        Remedy("permanent", Text("set a default StorageClass in every cluster, and alert on claims that stay Pending", "各クラスターに既定の StorageClass を設定し、Pending のままの PVC を監視する"), Text("none", "なし"), "", "kubectl get storageclass", "none"),
    ),
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/", "https://kubernetes.io/docs/concepts/storage/dynamic-provisioning/"),
    examples=(
        hit("k8s-event", 'persistentvolumeclaim "orders-data" not found', reason="FailedScheduling"),
        hit("k8s-event", "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        hit("k8s-event", 'PersistentVolumeClaim is not bound: "orders-data" (repeated 4 times)', reason="FailedScheduling"),
        hit("k8s-event", 'storageclass.storage.k8s.io "fast" not found', reason="ProvisioningFailed"),
        hit("k8s-event", "no persistent volumes available for this claim and no storage class is set", reason="FailedBinding"),
        hit("k8s-event", 'failed to provision volume with StorageClass "fast": rpc error: code = ResourceExhausted desc = volume limit exceeded', reason="ProvisioningFailed"),
        hit("k8s-event", 'waiting for a volume to be created, either by external provisioner "disk.csi.example" or manually created by system administrator', reason="ExternalProvisioning", count=40),
        hit("k8s-event", "Waiting for a volume to be created either by the external provisioner 'disk.csi.example' or manually by the system administrator.", reason="ExternalProvisioning", count=40),
        near_miss("k8s-event", "waiting for first consumer to be created before binding", reason="WaitForFirstConsumer"),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) had volume node affinity conflict.", reason="FailedScheduling"),
        near_miss("k8s-event", 'AttachVolume.Attach failed for volume "pvc-77aa" : rpc error: code = NotFound', reason="FailedAttachVolume"),
    ),
    state_examples=(
        StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Pending"}, True),
        StateExample("Volume", {"kind": "PersistentVolumeClaim", "phase": "Bound"}, False),
    ),
)
