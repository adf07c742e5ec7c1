"""The provisioner that should make the volume does not act."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-provisioner-not-running",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("external provisioner does not act on the claim", "外部プロビジョナーが PVC を処理しない"),
    summary=Text(
        "The claim waits for the provisioner of its class. For some seconds that is normal; for minutes it means that the provisioner is not installed, is down, or has another name.",
        "PVC が StorageClass のプロビジョナーを待っている。数秒なら正常だが、数分続く場合はプロビジョナーが未導入、停止中、または名前違いである。",
    ),
    signatures=(
        Signature(r"[Ww]aiting for a volume to be created,? either by (?:the )?external provisioner", "controller", "suggests", at_least=2, source="persistentvolume-controller: event ExternalProvisioning; once is the ordinary course"),
        Signature(r"[Ww]aiting for a volume to be created,? either by (?:the )?external provisioner", "controller", "shows", at_least=10, source="persistentvolume-controller: repeated every 15 s"),
        Signature(r"no volume plugin matched", "any", "shows", source="persistentvolume-controller: unknown in-tree provisioner"),
    ),
    leads_to=(Link("pvc-not-bound", "cluster", Text("no volume is made", "ボリュームが作られない"), strength=0.9), Link("pod-pending", "cluster", Text("the pod waits for its claim", "Pod が PVC を待つ"), strength=0.7)),
    refutes=(
        Refutation(Text("the provisioner itself says that it works on the claim: it runs", "プロビジョナー自身がその PVC を処理中と記録しており、動作している"), pattern=r"^External provisioner is provisioning volume for claim", weight=0.8),
    ),
    asks=(Ask("kubectl get storageclass -o custom-columns=N:.metadata.name,P:.provisioner; kubectl get pods -A | grep -iE 'csi|provisioner'; kubectl get csidriver", Text("no running pod and no CSIDriver of that name", "その名前の Pod も CSIDriver もない"), ("storageclass-missing", "volume-provisioning-failed", "csi-driver-not-registered"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("install or restart the provisioner's controller", "プロビジョナーのコントローラーを導入または再起動する"), Text("none for existing volumes", "既存ボリュームへの影響はない"), "kubectl -n <driver namespace> rollout restart deploy <controller>", "kubectl -n {namespace} get pvc"),
        Remedy("permanent", Text("replicas with leader election and alarms on claims that stay Pending", "リーダー選出付きの冗長構成と、Pending が続く PVC の監視"), Text("none", "なし"), verify="kubectl get pvc -A | grep -c Pending", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'waiting for a volume to be created, either by external provisioner "disk.csi.lab.example" or manually created by system administrator', "ExternalProvisioning", count=4),
        hit("k8s-event", "Waiting for a volume to be created either by the external provisioner 'disk.csi.lab.example' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.", "ExternalProvisioning", count=60),
        hit("k8s-event", "no volume plugin matched name: kubernetes.io/old-disk", "ProvisioningFailed"),
        near_miss("k8s-event", 'External provisioner is provisioning volume for claim "shop/data"', "Provisioning"),
        near_miss("k8s-event", "waiting for first consumer to be created before binding", "WaitForFirstConsumer"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/storage/dynamic-provisioning/",),
)
