"""A mount of the pod is still held in another mount namespace."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="mount-leak-device-busy",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume directory busy: its mount is held elsewhere", "ボリュームのマウントが他のマウント名前空間に残っている"),
    summary=Text(
        "The kubelet (or the runtime) cannot remove a directory of the pod, because the mount on it is still visible in some other process's mount namespace: a container with hostPath / and private propagation (node exporters, monitoring agents), a runtime started with its own namespace, an old kernel. The pod stays Terminating with one EBUSY line every two minutes.",
        "Pod のディレクトリ上のマウントが他プロセスのマウント名前空間に残っているため、kubelet(またはランタイム)が削除できない。private 伝播で hostPath / をマウントするコンテナ(node exporter などの監視エージェント)、独自名前空間で起動したランタイム、古いカーネルが原因。2 分ごとの EBUSY とともに Pod が Terminating のまま残る。",
    ),
    signatures=(
        Signature(r"UnmountVolume\.TearDown failed .*device ?or resource busy", "kubelet", "states", source="pkg/volume/util/operationexecutor"),
        Signature(r"(?:unlinkat|remove|rename|rmdir) /var/lib/(?:kubelet|docker|containerd|rancher)/[^ :]*.{0,200}: device or resource busy", "any", "states", source="os package"),
        Signature(r"(?:unlinkat|remove) /(?:var/)?run/netns/[^ :]+: device or resource busy", "runtime", "states", source="containerd pkg/netns: the namespace's file is mounted in another container, one that mounts the host's / as a rule"),
        Signature(r"/pods/[0-9a-f-]{36}/volumes?[^ ]*: device or resource busy", "any", "states", source="os package: a volume's directory under any kubelet root"),
        Signature(r"failed to remove root filesystem.{0,120}device or resource busy", "runtime", "states", source="dockerd"),
        Signature(r"rbd: failed to unmap device \S+, error exit status 16", "any", "states", source="pkg/volume/rbd/rbd_util.go prints rbd's output as numbers; rbd ends with EBUSY, which is 16"),
        Signature(r"rbd: unmap failed: \(16\) Device or resource busy", "any", "states", source="ceph src/krbd.cc"),
        Signature(r"umount: \S+: target is busy", "any", "shows", source="util-linux"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "pod", Text("the file of the pod's network namespace cannot be removed, so its sandbox cannot be stopped", "Pod の network namespace のファイルを削除できず、sandbox を停止できない"), strength=0.5),
        Link("volume-unmount-failing", "pod", Text("tear-down is retried for ever", "アンマウントが繰り返し再試行される"), strength=0.9),
        Link("pod-stuck-terminating", "pod", Text("the pod object is kept until its volumes are torn down", "ボリュームの後片付けが終わるまで Pod オブジェクトが残る"), strength=0.8),
        Link("orphaned-pod-volumes", "node", Text("after a force delete the directory stays", "強制削除後もディレクトリが残る"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("the storage server does not answer: that hangs, it is not busy", "ストレージが応答しないハングであり、busy ではない"), mode="storage-hang-dstate", weight=0.3),
    ),
    asks=(
        Ask("grep -l '{pod_uid}' /proc/[0-9]*/mountinfo | cut -d/ -f3 | xargs -r ps -o pid,args -p", Text("processes of other containers that still see the mount", "そのマウントを見ている他コンテナのプロセスが表示される"), ("storage-hang-dstate", "apparmor-blocks-kill", "docker-containerd-state-desync", "orphaned-pod-volumes"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the container that holds the mount; the next tear-down succeeds", "マウントを保持しているコンテナを再起動すれば、次の後片付けで成功する"), Text("restarts a monitoring agent", "監視エージェントが再起動する"), "kubectl -n {namespace} delete pod <holder>", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("mountPropagation: HostToContainer (rslave) for host mounts, no hostPath / without need, a kernel of 4.x with fs.may_detach_mounts or newer", "ホストマウントは mountPropagation: HostToContainer(rslave)にし、不要な hostPath / をやめ、fs.may_detach_mounts 対応の新しいカーネルを使う"), Text("none", "なし"), verify="journalctl -u kubelet --since -10min | grep -c 'resource busy'", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to "KillPodSandbox" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to remove network namespace for sandbox \\"9a1b\\": failed to remove netns: unlinkat /var/run/netns/cni-0a1b-2c3d: device or resource busy"'),
        near_miss("kubelet", "failed to remove netns: unlinkat /var/run/netns/cni-0a1b-2c3d: permission denied"),
        hit("kubelet", 'Operation for "{volumeName:kubernetes.io/secret/0f1e-tls podName:0f1e nodeName:}" failed. No retries permitted until 2024-06-04 09:14:40 (durationBeforeRetry 2m2s). Error: UnmountVolume.TearDown failed for volume "tls" (UniqueName: "kubernetes.io/secret/0f1e-tls") pod "0f1e" (UID: "0f1e") : unlinkat /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~secret/tls: device or resource busy'),
        hit("kubelet", "rename /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~secret/tls /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~secret/wrapped_tls.deleting~77: device or resource busy"),
        hit("dockerd", "Handler for DELETE /v1.24/containers/9a7e returned error: Driver overlay2 failed to remove root filesystem 9a7e: remove /var/lib/docker/overlay2/9a7e/merged: device or resource busy"),
        hit("kubelet", "remove /data/kubelet/pods/0f1e2d3c-4b5a-6978-8877-665544332211/volumes/kubernetes.io~projected/kube-api-access-77: device or resource busy"),
        hit("dockerd", "failed to remove root filesystem for 9a7e: device or resource busy"),
        hit("kubelet", "umount: /var/lib/kubelet/pods/0f1e/volumes/kubernetes.io~csi/pvc-5c/mount: target is busy."),
        hit("kubelet", 'UnmountDevice failed for volume "pvc-5c" (UniqueName: "kubernetes.io/rbd/kube:img") on node "w1" : rbd: failed to unmap device /dev/rbd3, error exit status 16, rbd output: [114 98 100]'),
        hit("pod-log", "rbd: unmap failed: (16) Device or resource busy"),
        near_miss("kubelet", "rbd: failed to unmap device /dev/rbd3, error exit status 22, rbd output: [114 98 100]"),
        near_miss("kubelet", "UnmountVolume.TearDown failed for volume \"data\" : rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        near_miss("kernel", "nfs: server nas.lab.example not responding, still trying"),
        near_miss("kubelet", "mount failed: exit status 32 Output: mount: /dev/sdc is already mounted or /mnt busy"),
    ),
    versions="kernels 3.10 without fs.may_detach_mounts above all",
    references=(
        "https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation",
        "https://man7.org/linux/man-pages/man7/mount_namespaces.7.html",
    ),
)
