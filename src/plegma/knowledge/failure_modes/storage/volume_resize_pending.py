"""The volume's expansion does not finish."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="volume-resize-pending",
    layer="storage",
    role="cause",
    subject="Pod",
    title=Text("volume resize fails or waits", "ボリュームの拡張が失敗または保留"),
    summary=Text(
        "The claim was enlarged, but the back-end refuses (quota, cool-down, class without allowVolumeExpansion) or the file system waits for the node to grow it (offline drivers: until the pod is restarted).",
        "PVC を拡張したが、バックエンドが拒否した(クォータ、連続変更の制限、allowVolumeExpansion なし)か、ノード側のファイルシステム拡張待ち(オフライン方式では Pod 再起動まで)である。",
    ),
    signatures=(
        Signature(r"", "any", "states", reason="VolumeResizeFailed|FileSystemResizeFailed", source="external-resizer, kubelet"),
        Signature(r"[Rr]esize volume .{0,80}failed", "any", "states", source="external-resizer, operation generator"),
        Signature(r"NodeExpandVolume failed", "any", "states", source="external-resizer, operation generator"),
        Signature(r"MountVolume\.(?:NodeExpandVolume|resizeFileSystem) failed", "any", "states", source="external-resizer, operation generator"),
        Signature(r"only supports offline expansion and volume is currently in-use", "any", "states", source="external-resizer pkg/controller"),
        Signature(r"Waiting for user to \(?re-\)?start a pod to finish file system resize", "any", "states", source="PVC condition FileSystemResizePending"),
        Signature(r"only dynamically provisioned pvc can be resized", "any", "states", source="PVC validation"),
    ),
    states=(StateTest("Condition", {"type": "^(?:FileSystemResizePending|Resizing)$", "status": "^True$"}, "shows"),),
    leads_to=(Link("volume-mount-failing", "pod", Text("the expansion at mount time fails the mount", "マウント時の拡張失敗でマウントが失敗する"), strength=0.4), Link("app-error-exit", "pod", Text("the volume stays full", "ボリュームが満杯のままになる"), strength=0.2)),
    asks=(Ask("kubectl -n {namespace} describe pvc; kubectl get storageclass -o custom-columns=N:.metadata.name,E:.allowVolumeExpansion", Text("conditions and events of the claim", "PVC の Conditions とイベント"), ("volume-provisioning-failed", "cloud-quota-exceeded"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("restart the pod for the file system, or correct what the back-end refuses", "ファイルシステム拡張待ちなら Pod を再起動し、拒否ならその原因を直す"), Text("restarts the pod", "Pod の再起動を伴う"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pvc"),
        Remedy("permanent", Text("drivers with online expansion, allowVolumeExpansion: true, growth in larger steps", "オンライン拡張対応ドライバーと allowVolumeExpansion: true を使い、まとめて拡張する"), Text("none", "なし"), verify="kubectl get pvc -A", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'resize volume "pvc-5c" by resizer "disk.csi.lab.example" failed: rpc error: code = Internal desc = modification rate limit', "VolumeResizeFailed"),
        hit("k8s-event", 'MountVolume.NodeExpandVolume failed for volume "pvc-5c" : rpc error: code = Internal desc = resize2fs failed', "FileSystemResizeFailed"),
        hit("status", "Waiting for user to (re-)start a pod to finish file system resize of volume on node.", "FileSystemResizePending"),
        hit("shell", 'error: persistentvolumeclaims "data" could not be patched: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize'),
        hit("pod-log", "Error syncing PVC: Unable to expand shop/data because CSI driver disk.csi.lab.example only supports offline expansion and volume is currently in-use"),
        near_miss("k8s-event", "MountVolume.NodeExpandVolume succeeded for volume \"pvc-5c\"", "FileSystemResizeSuccessful"),
    ),
    state_examples=(StateExample("Condition", {"type": "FileSystemResizePending", "status": "True"}, True), StateExample("Condition", {"type": "Ready", "status": "True"}, False)),
    versions="expansion beta since v1.11, GA v1.24",
    references=("https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims",),
)
