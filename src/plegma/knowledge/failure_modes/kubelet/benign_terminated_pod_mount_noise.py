"""Mount or sync warnings for a pod that has already ended: no fault."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="benign-terminated-pod-mount-noise",
    layer="kubelet",
    role="cause",
    subject="Pod",
    benign=True,
    title=Text("mount warning for a pod that has already ended (harmless)", "終了済み Pod に対するマウント警告(無害)"),
    summary=Text(
        "The kubelet forgets the ConfigMaps and Secrets of a pod when the pod ends, and a late sync of the same pod then says that they are not registered. If the pod has started (Running, Completed, Terminating), nothing is wrong. If it never started, look for a missing ConfigMap or Secret instead.",
        "kubelet は Pod 終了時にその ConfigMap / Secret の監視登録を外すため、遅れて来た同じ Pod の同期処理が not registered と記録する。Pod が起動済み(Running、Completed、Terminating)なら問題ない。一度も起動していない場合は ConfigMap / Secret の欠落を疑う。",
    ),
    signatures=(
        Signature(r"object \\*\"[^\"]*\"/\\*\"[^\"]*\" not registered", "kubelet", "shows", source="pkg/kubelet/util/manager/cache_based_manager.go"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("a late sync of the ended pod still tries to set up its volumes", "終了済み Pod の遅れた同期処理がボリュームのセットアップを試みる"), strength=0.9),
    ),
    refutes=(
        Refutation(Text("the pod has never started: something is really missing", "Pod は一度も起動しておらず、本当に何かが欠けている"), state=StateTest("Pod", {"status": r"ContainerCreating|PodInitializing|CreateContainerConfigError"}), weight=0.6),
        Refutation(Text("the referenced object does not exist", "参照先のオブジェクトが存在しない"), mode="configmap-or-secret-missing", weight=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o wide", Text("the pod is Completed, Terminating, gone, or Running and ready", "Pod は Completed、Terminating、削除済み、または Running かつ Ready である"), ("configmap-or-secret-missing", "nfs-mount-failure"), "pod-list"),
    ),
    remedies=(
        Remedy("permanent", Text("nothing to mend; newer kubelets write it less often", "対処不要。新しい kubelet では出力頻度が下がっている"), Text("none", "なし"), risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "kube-api-access-9kx2p" : object "batch"/"kube-root-ca.crt" not registered', "FailedMount"),
        hit("kubelet", 'Error: MountVolume.SetUp failed for volume "kube-api-access-9kx2p" (UniqueName: "kubernetes.io/projected/1a2b-kube-api-access-9kx2p") pod "report-28111-x7" (UID: "1a2b") : [object "batch"/"kube-root-ca.crt" not registered, object "batch"/"openshift-service-ca.crt" not registered]'),
        hit("kubelet", 'Couldn\'t get configMap batch/settings: object \\"batch\\"/\\"settings\\" not registered'),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "conf" : configmap "settings" not found', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition', "FailedMount"),
    ),
    versions="frequent in v1.20 to v1.24, rarer later",
    references=("https://github.com/kubernetes/kubernetes/issues/105204",),
)
