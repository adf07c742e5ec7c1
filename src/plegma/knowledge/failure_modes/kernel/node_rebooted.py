"""The node was rebooted."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-rebooted",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("the node was rebooted", "ノードが再起動された"),
    summary=Text(
        "The kubelet saw another boot id than before. All sandboxes of the node are made anew once, restart counts go up by one, what lived on tmpfs is gone. Whether it was planned (a shutdown in the journal) or a crash (no shutdown lines) decides what to look for.",
        "kubelet が以前と異なる boot ID を検出した。ノード上の sandbox はすべて一度作り直され、再起動回数が 1 増え、tmpfs の内容は失われる。計画的(journal に shutdown の記録がある)かクラッシュ(記録がない)かで、調べるべきものが変わる。",
    ),
    signatures=(
        Signature(r"has been rebooted, boot id: ", component="kubelet", proof="states", source="pkg/kubelet/nodestatus/setters.go"),
        Signature(r"", component="kubelet", reason=r"Rebooted", proof="states", source="pkg/kubelet/events/event.go"),
        Signature(r"^-- Boot [0-9a-f]{32} --", source="journalctl"),
        Signature(r"^-- Reboot --", source="journalctl, older"),
        Signature(r"^reboot\s+system boot\s", component="shell", proof="suggests", source="last -x"),
        Signature(r"\bLinux version \d+\.\d+\S* \(", component="kernel", proof="suggests", source="init/version.c: first line of a boot"),
        Signature(r"The system will (reboot|power off) now", source="systemd-logind: a planned one"),
        Signature(r"System is (rebooting|powering down|halting)", source="systemd-logind: a planned one"),
    ),
    leads_to=(
        Link("container-restarting", "node", Text("every container of the node is started again", "ノード上の全コンテナが再起動される"), within=1800, strength=0.6),
        Link("sandbox-changed-loop", "node", Text("each pod gets a new sandbox once", "各 Pod の sandbox が一度作り直される"), within=1800, strength=0.3),
        Link("node-not-ready", "node", Text("until runtime and CNI are up again", "ランタイムと CNI が起動するまで"), within=1800, strength=0.6),
        Link("node-status-unknown", "node", Text("no heartbeat while the machine boots", "起動中はハートビートがない"), within=1800, strength=0.5),
        Link("kubelet-swap-on", "node", Text("swap from fstab or zram is back after the boot", "fstab や zram の swap が起動後に有効に戻る"), strength=0.3),
        Link("kubelet-node-affinity-race", "node", Text("pods are admitted before the node object is synced", "node オブジェクトの同期前に Pod が受け入れ検査を受ける"), within=1800, strength=0.3),
        Link("device-plugin-unhealthy", "node", Text("pods start before the device plugin has registered", "デバイスプラグインの登録前に Pod が起動する"), within=1800, strength=0.4),
        Link("flannel-subnet-env-missing", "node", Text("/run is empty until flanneld has written its file again", "flanneld が書き直すまで /run が空"), within=3600, strength=0.3),
        Link("kernel-module-missing", "node", Text("modules loaded by hand, or for the old kernel, are gone", "手動で読み込んだモジュールや旧カーネルのモジュールが失われる"), strength=0.2),
        Link("orphaned-pod-volumes", "node", Text("directories of pods that were deleted meanwhile stay", "停止中に削除された Pod のディレクトリが残る"), strength=0.3),
        Link("image-store-corrupted", "node", Text("after a hard power-off blobs and metadata may disagree", "強制的な電源断では blob とメタデータが食い違うことがある"), strength=0.2),
        Link("host-local-ipam-exhausted", "node", Text("reservations of the old sandboxes stay if the store is on disk", "保存先がディスク上だと古い sandbox の予約が残る"), strength=0.2),
    ),
    asks=(
        Ask("last -x | head -5; journalctl -b -1 -n 50 --no-pager; journalctl --list-boots | tail -3  # on {node}",
            Text("shutdown lines at the end of the last boot: planned; none: crash, reset or loss of power", "前回起動の末尾に shutdown の記録があれば計画的、なければクラッシュ・リセット・電源断"),
            ("kernel-panic", "node-shutdown", "hardware-memory-error", "sysrq-triggered", "vm-paused-or-steal")),
    ),
    examples=(
        hit("k8s-event", "Node n2 has been rebooted, boot id: 0f9d2c31-1111-4222-8333-944455566677", reason="Rebooted"),
        hit("shell", "Node n2 has been rebooted, boot id: 0f9d2c31-1111-4222-8333-944455566677"),
        hit("shell", "-- Boot 0f9d2c31111142228333944455566677 --"),
        hit("shell", "-- Reboot --"),
        hit("shell", "reboot   system boot  5.15.0-91-generic Fri Mar  1 03:12   still running"),
        hit("kernel", "Linux version 5.15.0-91-generic (buildd@lcy02) (gcc 11.4.0) #101-Ubuntu SMP"),
        hit("systemd-logind", "The system will reboot now!"),
        hit("systemd-logind", "System is rebooting."),
        near_miss("k8s-event", "Starting kubelet.", reason="Starting"),
        near_miss("k8s-event", "Node n2 status is now: NodeReady", reason="NodeReady"),
        near_miss("kubelet", "Node is shutting, evicting pods"),
    ),
    versions="all",
    references=("https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/nodestatus/setters.go",),
)
