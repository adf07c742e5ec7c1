"""An earlier CSI operation on the volume never ended."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="csi-volume-operation-stuck",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("an earlier CSI operation on the volume is still pending", "ボリュームに対する以前の CSI 操作が終わっていない"),
    summary=Text(
        "The driver allows one operation per volume. The first call (mount, fsck, attach, create) runs for very long or hangs on the back-end, so all retries are refused with Aborted. The first call is the one to look at.",
        "ドライバーはボリュームごとに 1 操作しか許さない。最初の呼び出し(mount、fsck、attach、create)がバックエンドで長時間またはハングし、以後の再試行は Aborted で拒否される。見るべきは最初の呼び出しである。",
    ),
    signatures=(Signature(r"[Aa]n operation with the given [Vv]olume(?: ID)? .{0,120}already exists", "any", "shows", source="CSI drivers' volume lock (ceph-csi, csi-driver-nfs, azure and others)"), Signature(r"code = Aborted desc = .{0,80}(?:operation|pending|in progress|in-flight)", "any", "shows", source="CSI specification: ABORTED")),
    leads_to=(Link("volume-mount-failing", "pod", Text("retries are refused while the first call runs", "最初の呼び出し中は再試行が拒否される"), strength=0.9), Link("volume-attach-failing", "pod", Text("the same in the controller", "コントローラー側でも同様"), strength=0.3)),
    asks=(Ask("kubectl -n <driver namespace> logs <node plugin pod on {node}> --all-containers | grep {volume} | head; ps -eo pid,stat,etime,wchan:32,args | grep -E 'mount|rbd|fsck|mkfs'", Text("the first operation's line without an end, and its process in D or long running", "最初の操作に終了行がなく、該当プロセスが D state か長時間実行中"), ("storage-hang-dstate", "ceph-volume-map-failure", "csi-node-stage-failure", "fsgroup-chown-slow"), "processes"),),
    remedies=(
        Remedy("temporary", Text("free what the first call waits for (storage, network); then restart the driver's pod on that node", "最初の呼び出しが待つもの(ストレージ、ネットワーク)を解消し、該当ノードのドライバー Pod を再起動する"), Text("restarting a FUSE driver breaks its mounts", "FUSE 系ドライバーの再起動は既存マウントを壊す"), "kubectl -n <driver namespace> delete pod <node plugin pod on {node}>", "kubectl -n {namespace} get pod {pod}"),
        Remedy("permanent", Text("time-outs in the driver, storage that answers", "ドライバーにタイムアウトを設定し、ストレージの応答性を確保する"), Text("none", "なし"), verify="kubectl get events -A | grep -c 'already exists'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = Aborted desc = an operation with the given Volume ID 0001-0009-rook-77 already exists', "FailedMount"),
        hit("k8s-event", "rpc error: code = Aborted desc = volume vol-1: attach is still in progress", "FailedAttachVolume"),
        near_miss("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = DeadlineExceeded desc = context deadline exceeded', "FailedMount"),
        near_miss("kubelet", 'Operation for "pvc-5c" failed. No retries permitted until 2024-06-04'),
    ),
    versions="CSI",
    references=("https://github.com/container-storage-interface/spec/blob/master/spec.md#error-scheme",),
)
