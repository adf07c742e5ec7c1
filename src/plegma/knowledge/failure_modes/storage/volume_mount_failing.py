"""A volume of the pod cannot be mounted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-mount-failing",
    layer="storage",
    role="mechanism",
    subject="Pod",
    title=Text("a volume cannot be mounted", "ボリュームをマウントできない"),
    summary=Text("The kubelet's mount of a volume fails or waits for ever; the rest of the message says which step.", "kubelet によるボリュームのマウントが失敗するか終わらない。どの段階かはメッセージの続きに書かれる。"),
    signatures=(
        Signature(r"", component="kubelet", reason=r"FailedMount"),
        Signature(r"MountVolume\.\w+ failed for volume ", component="kubelet", source="pkg/volume/util/operationexecutor/operation_generator.go"),
        Signature(r"Unable to (attach or )?mount volumes", component="kubelet", source="pkg/kubelet/volumemanager/volume_manager.go"),
    ),
    leads_to=(Link("pod-stuck-creating", "pod", Text("the containers wait for all volumes", "すべてのボリュームが揃うまでコンテナは作成されない"), strength=0.9),),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("the whole FailedMount message", "FailedMount の全文"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "data" : mount failed: exit status 32', reason="FailedMount"),
        hit("kubelet", 'Unable to mount volumes for pod "db-0_shop(0b6d)": timeout expired waiting for volumes to attach or mount'),
        hit("kubelet", '"Error" err="MountVolume.MountDevice failed for volume \\"pvc-1\\": driver not found"'),
        near_miss("k8s-event", 'MountVolume.SetUp succeeded for volume "data"', reason="SuccessfulMountVolume"),
    ),
    generic=True,
)
