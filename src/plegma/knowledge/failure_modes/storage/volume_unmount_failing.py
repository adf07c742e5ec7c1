"""A volume cannot be unmounted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-unmount-failing",
    layer="storage",
    role="mechanism",
    subject="Pod",
    title=Text("a volume cannot be unmounted", "ボリュームをアンマウントできない"),
    summary=Text("The kubelet's unmount of a volume fails, so the pod cannot be removed and the volume stays in use.", "kubelet によるボリュームのアンマウントが失敗し、Pod を片付けられずボリュームが使用中のまま残る。"),
    signatures=(Signature(r"UnmountVolume\.\w+ failed for volume|UnmountDevice failed for volume", component="kubelet", source="pkg/volume/util/operationexecutor/operation_generator.go"),),
    leads_to=(
        Link("pod-stuck-terminating", "pod", Text("the pod object stays until its volumes are gone", "ボリュームが片付くまで Pod オブジェクトが残る"), strength=0.8),
        Link("volume-attach-failing", "cluster", Text("a volume that is not released cannot go to another node", "解放されないボリュームは別ノードへ移せない"), strength=0.4),
    ),
    asks=(Ask("journalctl -u kubelet --since '{since}' --no-pager | grep UnmountVolume", Text("the error of the unmount", "アンマウントのエラー"), evidence="kubelet-log"),),
    examples=(
        hit("kubelet", 'UnmountVolume.TearDown failed for volume "token" : remove /var/lib/kubelet/pods/0b6d/volumes: device or resource busy'),
        near_miss("kubelet", '"operationExecutor.UnmountVolume started for volume" volumeName="token"'),
    ),
    generic=True,
)
