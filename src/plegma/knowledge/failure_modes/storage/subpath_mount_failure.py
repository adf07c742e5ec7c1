"""The subPath of a volume mount cannot be prepared or mounted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="subpath-mount-failure",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("a subPath mount fails", "subPath のマウントに失敗している"),
    summary=Text(
        "The source of a subPath is absent, of the wrong kind (file or directory), or was replaced after a ConfigMap edit, so the kubelet cannot prepare it or runc cannot mount it into the container's root. The volume as a whole is mounted.",
        "subPath の元が存在しない、種類(ファイルかディレクトリか)が違う、または ConfigMap の編集で差し替えられたため、kubelet が準備できない、あるいは runc がコンテナ内にマウントできない。ボリューム自体はマウントされている。",
    ),
    signatures=(
        Signature(r"mounting \\*\"[^\"]*/pods/(?P<pod_uid>[0-9a-f-]{36})/volume-subpaths/", component="runtime", proof="states", source="opencontainers/runc libcontainer/rootfs_linux.go"),
        Signature(r"mounting \\*\"[^\"]*/volume-subpaths/", component="runtime", proof="states", source="opencontainers/runc libcontainer/rootfs_linux.go"),
        Signature(r"failed to generate container .{0,300}volume-subpaths/", component="runtime", proof="states", source="containerd internal/cri: stat of the mount's source"),
        Signature(r"[Ff]ailed to prepare subPath for volumeMount", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go makeMounts"),
        Signature(r"[Ff]ailed to create subPath directory for volumeMount", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go makeMounts"),
        Signature(r"unable to provision SubPath `", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go makeMounts"),
        Signature(r"error SubPath `[^`]*` must not be an absolute path", component="kubelet", proof="states", source="pkg/kubelet/kubelet_pods.go makeMounts"),
        Signature(r"^Error: l?stat /[^:]+: no such file or directory", component="kubelet", reason=r"Failed", source="pkg/kubelet/kubelet_pods.go makeMounts: the volume's own path (hostPath, local) is looked up for a subPath"),
        Signature(r"subpath .{0,200}(no such file or directory|not a directory|is not a directory)", component="kubelet", source="pkg/volume/util/subpath/subpath_linux.go"),
        Signature(r"Are you trying to mount a directory onto a file \(or vice-versa\)\?", component="runtime", proof="suggests", source="opencontainers/runc libcontainer/rootfs_linux.go"),
    ),
    leads_to=(
        Link("container-cannot-run", "pod", Text("runc cannot mount the path, so the container does not start", "runc がパスをマウントできず、コンテナが起動しない"), strength=0.8),
        Link("container-config-error", "pod", Text("the kubelet cannot list the container's mounts", "kubelet がコンテナのマウント一覧を作れない"), strength=0.5),
        Link("crash-loop-back-off", "pod", Text("every start fails at the same mount", "起動のたびに同じマウントで失敗する"), strength=0.7),
        Link("pod-not-ready", "pod", Text("the container never runs", "コンテナが動かない"), strength=0.7),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.containers[*].volumeMounts} {.spec.volumes}'", Text("a volumeMount with subPath whose source (key, file, host path) is not there or is of the other kind", "subPath の元(キー、ファイル、ホストのパス)が無い、または種類が違う volumeMount"),
            ("configmap-or-secret-missing", "container-command-not-found", "volume-mount-failing", "run-as-non-root-violation")),
        Ask("ls -la /var/lib/kubelet/pods/{pod_uid}/volume-subpaths  # on {node}", Text("an entry '//deleted' or of the wrong kind", "「//deleted」や種類の違うエントリがある"), ("storage-hang-dstate", "nfs-mount-failure", "volume-mounted-read-only")),
    ),
    remedies=(
        Remedy("temporary", Text("delete the pod so that the subPath is bound anew; create the missing path on the node or in the volume", "Pod を削除して subPath を結び直す。無いパスはノードまたはボリューム上に作成する"),
               Text("the pod is interrupted; a bare pod would be lost", "Pod が中断する。単独 Pod は失われる"),
               "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods -w", "restart"),
        Remedy("permanent", Text("do not use subPath for configuration that changes: mount the whole volume or a projected one into a folder of its own; for hostPath use type DirectoryOrCreate", "変更される設定に subPath を使わず、ボリューム全体か projected ボリュームを専用フォルダーにマウントする。hostPath では type: DirectoryOrCreate を使う"),
               Text("paths inside the container change", "コンテナ内のパスが変わる"), "", "kubectl -n {namespace} rollout status deployment/NAME", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath", "https://github.com/kubernetes/kubernetes/issues/68211"),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "/var/lib/kubelet/pods/5d2f6c1e-7a3b-4c9d-8e0f-112233445566/volume-subpaths/cfg/web/0" to rootfs at "/etc/web/web.conf": mount /var/lib/kubelet/pods: not a directory: unknown', reason="Failed"),
        hit("status", 'OCI runtime create failed: container_linux.go:349: starting container process caused "process_linux.go:449: container init caused \\"rootfs_linux.go:58: mounting \\\\\\"/var/lib/kubelet/pods/5d2f6c1e-7a3b-4c9d-8e0f-112233445566/volume-subpaths/cfg/web/0\\\\\\" to rootfs', reason="ContainerCannotRun"),
        hit("k8s-event", 'Error: OCI runtime create failed: error mounting "/data/kubelet/pods/x/volume-subpaths/cfg/web/1" to rootfs at "/etc/web.conf"', reason="Failed"),
        hit("k8s-event", 'Error: failed to generate container "4b0c" spec: failed to generate spec: failed to stat "/var/lib/kubelet/pods/5d2f/volume-subpaths/cfg/web/0": no such file or directory', reason="Failed"),
        hit("k8s-event", 'Error: failed to prepare subPath for volumeMount "cfg" of container "web"', reason="Failed"),
        hit("kubelet", '"Failed to prepare subPath for volumeMount of the container" err="error mounting /var/lib/kubelet/pods/5d2f/volumes" containerName="web" volumeMountName="cfg"'),
        hit("status", 'failed to create subPath directory for volumeMount "data" of container "db"', reason="CreateContainerConfigError"),
        hit("k8s-event", "Error: unable to provision SubPath `../etc`: must not contain '..'", reason="Failed"),
        hit("k8s-event", "Error: error SubPath `/etc` must not be an absolute path", reason="Failed"),
        hit("k8s-event", "Error: lstat /mnt/shared/web: no such file or directory", reason="Failed"),
        hit("kubelet", 'subpath.go: error cleaning subpath mounts: subpath "/mnt/shared/web/conf" is not a directory'),
        hit("k8s-event", 'Error: OCI runtime create failed: error mounting "/srv/conf" to rootfs at "/etc/web.conf": not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type', reason="Failed"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "cfg" : configmap "web-files" not found', reason="FailedMount"),
        near_miss("k8s-event", 'Error: failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/srv/api": stat /srv/api: no such file or directory: unknown', reason="Failed"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "data" : hostPath type check failed: /mnt/shared is not a directory', reason="FailedMount"),
        near_miss("kubelet", 'Orphaned pod "5d2f6c1e" found, but volume paths are still present on disk'),
    ),
)
