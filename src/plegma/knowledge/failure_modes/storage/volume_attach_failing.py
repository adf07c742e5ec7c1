"""A volume cannot be attached to the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-attach-failing",
    layer="storage",
    role="mechanism",
    subject="Pod",
    title=Text("a volume cannot be attached to the node", "ボリュームをノードにアタッチできない"),
    summary=Text("The attach-detach controller cannot attach the volume; the rest of the message says why.", "attach-detach controller がボリュームをアタッチできない。理由はメッセージの続きに書かれる。"),
    signatures=(
        Signature(r"", component="kubelet", reason=r"FailedAttachVolume"),
        Signature(r"AttachVolume\.Attach failed for volume ", component="kubelet", source="pkg/volume/util/operationexecutor/operation_generator.go"),
    ),
    leads_to=(
        Link("volume-mount-failing", "pod", Text("a volume that is not attached cannot be mounted", "アタッチされていないボリュームはマウントできない"), strength=0.8),
        Link("pod-stuck-creating", "pod", Text("the containers wait for all volumes", "すべてのボリュームが揃うまでコンテナは作成されない"), strength=0.9),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}; kubectl get volumeattachments", Text("the whole FailedAttachVolume message and where the volume is attached", "FailedAttachVolume の全文とボリュームのアタッチ先"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal', reason="FailedAttachVolume"),
        hit("status", 'AttachVolume.Attach failed for volume "pvc-1"'),
        near_miss("k8s-event", 'AttachVolume.Attach succeeded for volume "pvc-1"', reason="SuccessfulAttachVolume"),
    ),
    generic=True,
)
