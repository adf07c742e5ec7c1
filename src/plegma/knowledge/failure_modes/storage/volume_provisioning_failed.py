"""The provisioner tried to make the volume and failed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-provisioning-failed",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("volume provisioning failed", "ボリュームの動的プロビジョニング失敗"),
    summary=Text(
        "The provisioner answers, but its back-end refuses or fails: quota, wrong parameters, no capacity, missing secret, pool or topology. The text after the class name is the back-end's own.",
        "プロビジョナーは応答しているが、バックエンドが拒否・失敗している(クォータ、パラメーター誤り、容量不足、Secret・プール・トポロジーの欠落)。クラス名の後の文がバックエンド自身のエラーである。",
    ),
    signatures=(
        Signature(r"[Ff]ailed to provision volume with StorageClass", "any", "states", source="sig-storage-lib-external-provisioner, persistentvolume-controller"),
        Signature(r"error getting (?:handle for DataSource|secret \S+ in namespace)", "any", "shows", source="external-provisioner"),
        Signature(r"Exceeded failedProvisionThreshold threshold: \d+", "any", "states", source="sig-storage-lib-external-provisioner controller.go: it gives up on the claim"),
        Signature(r"failed to get name and namespace template from params", "any", "shows", source="external-provisioner"),
    ),
    leads_to=(Link("pvc-not-bound", "cluster", Text("no volume is made", "ボリュームが作られない"), strength=0.9), Link("pod-pending", "cluster", Text("the pod waits for its claim", "Pod が PVC を待つ"), strength=0.7)),
    asks=(Ask("kubectl -n {namespace} describe pvc; kubectl -n <driver namespace> logs <controller pod> -c csi-provisioner | tail", Text("the back-end's error", "バックエンドのエラー"), ("cloud-quota-exceeded", "cloud-disk-permission-denied", "storageclass-missing", "snapshot-restore-failure", "volume-provisioner-not-running"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("correct the parameters, capacity or secret that the text names; the provisioner retries", "エラーが示すパラメーター・容量・Secret を直す。プロビジョナーは自動で再試行する"), Text("StorageClasses are immutable: make a new one", "StorageClass は不変なので新しく作成する"), "kubectl get storageclass <name> -o yaml", "kubectl -n {namespace} get pvc", "none"),
        Remedy("permanent", Text("watch capacity and quota, test each class with a claim after changes", "容量とクォータを監視し、変更後に各クラスをテスト PVC で確認する"), Text("none", "なし"), verify="kubectl get pvc -A | grep -c Pending", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "failed to get name and namespace template from params: either name and namespace for node-stage secrets specified, Both must be specified", "ProvisioningFailed"),
        hit("k8s-event", 'failed to provision volume with StorageClass "fast": rpc error: code = InvalidArgument desc = invalid parameter "tpye"', "ProvisioningFailed"),
        hit("k8s-event", "error getting secret ceph-key in namespace storage: secrets \"ceph-key\" not found", "ProvisioningFailed"),
        hit("pod-log", 'Exceeded failedProvisionThreshold threshold: 15, for claim "shop/data", provisioner will not attempt retries for this claim'),
        hit("k8s-event", 'Failed to provision volume with StorageClass "fast": rpc error: code = Internal desc = controller not configured', "ProvisioningFailed"),
        near_miss("k8s-event", 'storageclass.storage.k8s.io "fast" not found', "ProvisioningFailed"),
        near_miss("k8s-event", "Successfully provisioned volume pvc-5c", "ProvisioningSucceeded"),
    ),
    versions="all",
    references=("https://kubernetes-csi.github.io/docs/external-provisioner.html",),
)
