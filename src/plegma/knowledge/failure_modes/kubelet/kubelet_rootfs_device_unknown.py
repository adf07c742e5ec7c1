"""The kubelet finds no device for the file system of its directory."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-rootfs-device-unknown",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet knows no device for its root directory's file system", "kubelet がルートディレクトリのファイルシステムのデバイスを特定できない"),
    summary=Text(
        "cAdvisor keeps a table of the mounts whose type it knows. A root directory on NFS, btrfs, ZFS or tmpfs, or one whose device node a nested node (kind, minikube, k3s in a container) does not see, is not in it: the size of the local storage cannot be read, ContainerManager fails and the kubelet ends.",
        "cAdvisor は既知の種類のマウントだけを表に持つ。ルートディレクトリが NFS・btrfs・ZFS・tmpfs 上にある、または入れ子のノード(kind・minikube・コンテナ内の k3s)からデバイスノードが見えない場合は表になく、ローカルストレージの容量を読めず、ContainerManager が失敗して kubelet が終了する。",
    ),
    signatures=(
        Signature(r"failed to get rootfs info: failed to get device for dir", "kubelet", "states", source="pkg/kubelet/cm/container_manager_linux.go, google/cadvisor fs/fs.go"),
        Signature(r"could not find device with major: \d+, minor: \d+ in cached partitions map", "kubelet", "suggests", source="google/cadvisor fs/fs.go; without the isolation of local storage the kubelet goes on"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("Failed to start ContainerManager: the process exits", "ContainerManager の起動に失敗しプロセスが終了する"), strength=0.9),
        Link("kubelet-stopped", "node", Text("the kubelet ends at each start", "kubelet が起動のたびに終了する"), strength=0.6),
        Link("node-not-ready", "node", Text("no kubelet reports for the node", "ノードの状態を報告する kubelet がいない"), strength=0.6),
    ),
    asks=(
        Ask("findmnt -T /var/lib/kubelet; stat -c '%d %n' /var/lib/kubelet; ls -l $(findmnt -no SOURCE -T /var/lib/kubelet | cut -d[ -f1)  # on {node}",
            Text("nfs, btrfs, zfs or tmpfs, or a source that is not there as a device node", "nfs・btrfs・zfs・tmpfs である、またはデバイスノードが存在しない"), ("kubelet-dir-not-writable", "kubelet-cgroup-missing", "node-filesystem-readonly"), "disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("set localStorageCapacityIsolation: false in the kubelet's configuration (feature gate LocalStorageCapacityIsolation=false before 1.25) and restart it", "kubelet 設定で localStorageCapacityIsolation: false(1.25 より前は feature gate LocalStorageCapacityIsolation=false)とし、再起動する"),
               Text("requests and limits for ephemeral storage are no longer enforced on this node", "このノードでは ephemeral-storage の要求と上限が強制されなくなる"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet  # on {node}", "systemctl is-active kubelet  # on {node}"),
        Remedy("permanent", Text("put the root directory on ext4 or xfs; for a nested node mount the device node (/dev) into it", "ルートディレクトリを ext4 か xfs に置く。入れ子のノードではデバイスノード(/dev)をマウントする"), Text("drain the node before moving the directory", "移動の前にノードを drain する"), verify="findmnt -T /var/lib/kubelet  # on {node}", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", 'Failed to start ContainerManager failed to get rootfs info: failed to get device for dir "/srv/kubelet": could not find device with major: 0, minor: 41 in cached partitions map'),
        near_miss("kubelet", '"Failed to start ContainerManager" err="failed to get rootfs info: unable to find data in memory cache"'),
        hit("kubelet", 'Failed to check if disk space is available on the root partition: failed to get fs info for "root": error trying to get filesystem Device for dir /srv/kubelet: err: could not find device with major: 0, minor: 41 in cached partitions map'),
        near_miss("kubelet", "Image garbage collection failed once. Stats initialization may not have completed yet: failed to get imageFs info: unable to find data in memory cache"),
        near_miss("kubelet", "failed to get rootFs info: timeout"),
        near_miss("kubelet", "Failed to start ContainerManager failed to initialize top level QOS containers: root container [kubepods] doesn't exist"),
    ),
    versions="fatal since v1.10 with the isolation of local storage; before, a line in the log",
    references=("https://github.com/kubernetes/kubernetes/issues/38337", "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage"),
)
