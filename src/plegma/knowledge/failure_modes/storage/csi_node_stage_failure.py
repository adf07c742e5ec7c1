"""The CSI driver's node service refuses to stage or publish the volume."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="csi-node-stage-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("CSI NodeStage/NodePublish fails", "CSI の NodeStage / NodePublish 失敗"),
    summary=Text(
        "The kubelet reached the driver, and the driver answered with an error code. The code tells the family (InvalidArgument: wrong parameters or secret; Internal: mount or device; Unavailable/DeadlineExceeded: the driver or its back-end does not answer; FailedPrecondition: not attached or staged); the rest of the text is the driver's.",
        "kubelet はドライバーに到達し、エラーコードが返っている。InvalidArgument はパラメーターや Secret の誤り、Internal はマウントやデバイス、Unavailable / DeadlineExceeded はドライバーやバックエンドの無応答、FailedPrecondition は未アタッチ・未ステージを示す。残りの文はドライバー固有である。",
    ),
    signatures=(
        Signature(r"MountVolume\.(?:MountDevice|SetUp) failed for volume .{0,120}rpc error: code = (?:Internal|InvalidArgument|FailedPrecondition|Unavailable|DeadlineExceeded|NotFound|PermissionDenied|Unknown|Unauthenticated)", "kubelet", "suggests", source="pkg/volume/csi: a driver's gRPC status"),
        Signature(r"provided secret is empty", "any", "states", source="ceph-csi and others: nodeStageSecretRef"),
        Signature(r"missing ID field 'user(?:ID|Key)' in secrets", "any", "states", source="ceph-csi and others: nodeStageSecretRef"),
    ),
    leads_to=(Link("volume-mount-failing", "pod", Text("the driver's error ends the mount", "ドライバーのエラーでマウントが終わる"), strength=0.95),),
    asks=(Ask("kubectl -n <driver namespace> logs <node plugin pod on {node}> --all-containers | grep {volume} | tail -20", Text("the driver's own error with the command it ran", "ドライバー自身のエラーと実行したコマンド"), ("csi-driver-not-registered", "volume-filesystem-corrupted", "volume-device-not-found", "csi-volume-operation-stuck", "nfs-mount-failure", "ceph-volume-map-failure", "secrets-store-csi-failure", "cloud-disk-missing", "volume-filesystem-type-mismatch"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("correct what the driver names (secret, parameters, mount options, back-end); the kubelet retries", "ドライバーが示す点(Secret、パラメーター、mountOptions、バックエンド)を直す。kubelet は自動で再試行する"), Text("none for other pods", "他の Pod への影響はない"), "kubectl describe pv {volume}", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("validate StorageClass parameters and secrets with a test claim in CI", "StorageClass のパラメーターと Secret を CI のテスト PVC で検証する"), Text("none", "なし"), verify="kubectl get events -A --field-selector reason=FailedMount", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "rpc error: code = Internal desc = missing ID field 'userID' in secrets", "FailedMount"),
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = Internal desc = an error (exit status 1) occurred while running cryptsetup', "FailedMount"),
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = InvalidArgument desc = provided secret is empty', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name disk.csi.lab.example not found in the list of registered CSI drivers', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = Aborted desc = an operation with the given Volume ID vol-1 already exists', "FailedMount"),
    ),
    versions="CSI",
    references=("https://github.com/container-storage-interface/spec/blob/master/spec.md#nodestagevolume-errors",),
)
