"""A hostPath volume's type does not fit what is on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hostpath-type-check-failed",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("hostPath type check failed", "hostPath の type チェック失敗"),
    summary=Text(
        "hostPath with type Directory, File, Socket, CharDevice or BlockDevice demands that the path exists and is of that kind on this node. It is absent or of another kind (docker.sock on a containerd node, device without driver).",
        "hostPath の type(Directory / File / Socket / CharDevice / BlockDevice)は、そのノードにパスが存在し種別が一致することを要求する。パスがない、または種別が違う(containerd ノードでの docker.sock、ドライバーのないデバイスなど)。",
    ),
    signatures=(Signature(r"hostPath type check failed", "kubelet", "states", source="pkg/volume/hostpath/host_path.go"),),
    leads_to=(Link("volume-mount-failing", "pod", Text("SetUp is refused", "SetUp が拒否される"), strength=0.95),),
    asks=(Ask("ls -ld <path>  # on {node}", Text("absent or of another kind", "存在しない、または種別が違う"), ("local-volume-path-missing", "subpath-mount-failure", "device-plugin-unhealthy"), "pod-describe"),),
    remedies=(
        Remedy("temporary", Text("create what is missing on the node, or change type to DirectoryOrCreate/FileOrCreate", "ノードに必要なものを作成するか、type を DirectoryOrCreate / FileOrCreate に変える"), Text("none", "なし"), "mkdir -p <path>", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("nodeSelector for nodes that have the path; no hostPath where a volume would do", "パスを持つノードに限定する nodeSelector を使い、可能なら hostPath をやめる"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'hostPath type check'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.SetUp failed for volume "sock" : hostPath type check failed: /var/run/docker.sock is not a socket file', "FailedMount"),
        near_miss("k8s-event", 'MountVolume.NewMounter initialization failed for volume "local-ssd1" : path "/mnt/disks/ssd1" does not exist', "FailedMount"),
    ),
    versions="v1.8 and later",
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",),
)
