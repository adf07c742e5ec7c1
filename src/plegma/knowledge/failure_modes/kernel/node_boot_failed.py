"""The node's boot stopped before the kubelet."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-boot-failed",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node did not boot through (emergency mode, a mount is missing)", "ノードの起動が途中で止まっている(emergency mode、マウント失敗)"),
    summary=Text(
        "After a reboot systemd waits for a device of fstab that is not there, a file-system check fails, or a dependency of the kubelet does not come: the machine ends in emergency mode, or runs without its kubelet. The node stays NotReady although the machine is on.",
        "再起動後、fstab のデバイスが現れない、ファイルシステム検査が失敗する、kubelet の依存先が起動しないなどの理由で、emergency mode に入るか kubelet なしで動いている。電源は入っているのにノードは NotReady のままになる。",
    ),
    signatures=(
        Signature(r"You are in emergency mode", proof="states", source="systemd src/shared, sulogin"),
        Signature(r"(Reached target|Started) (emergency\.target - )?Emergency (Mode|Shell)", component="systemd", proof="states", source="systemd units/emergency.target"),
        Signature(r"Dependency failed for (local-fs\.target - )?Local File Systems", component="systemd", proof="states", source="systemd units/local-fs.target"),
        Signature(r"Dependency failed for (kubelet|containerd|docker|crio|Kubernetes|.{0,20}[Cc]ontainer)", component="systemd", proof="states", source="systemd src/core/job.c"),
        Signature(r"Timed out waiting for device ", component="systemd", proof="shows", source="systemd src/core/job.c"),
        Signature(r"Failed to mount (/\S+|.{0,20}/var/lib/\S+)\.?$", component="systemd", proof="shows", source="systemd src/core/job.c"),
        Signature(r"VFS: Unable to mount root fs on", component="kernel", proof="states", source="init/do_mounts.c"),
        Signature(r"dracut-initqueue\S*: Warning: dracut-initqueue timeout", proof="shows", source="dracut"),
    ),
    leads_to=(
        Link("kubelet-stopped", "node", Text("the boot did not come as far as the kubelet", "起動が kubelet まで到達していない"), strength=0.7),
        Link("node-status-unknown", "node", Text("no kubelet, no heartbeat", "kubelet がないためハートビートがない"), strength=0.9),
        Link("containerd-stopped", "node", Text("the runtime's unit waits for the missing mount", "ランタイムの unit が欠けたマウントを待つ"), strength=0.4),
    ),
    asks=(
        Ask("systemctl --failed; systemctl list-jobs; journalctl -b -p err --no-pager | head -40; cat /etc/fstab; lsblk -f  # on {node}, at its console", Text("the unit that failed first: a mount, a device, a check", "最初に失敗した unit(マウント・デバイス・検査)"), ("node-rebooted", "filesystem-corruption", "disk-device-lost", "kubelet-crash-loop")),
    ),
    remedies=(
        Remedy("temporary", Text("at the console: take the missing mount out of fstab (or add nofail) and go on with the boot", "コンソールで fstab から該当マウントを外し(または nofail を付け)、起動を続行する"), Text("pods that use that mount see an empty directory", "そのマウントを使う Pod からは空のディレクトリに見える"), "systemctl daemon-reload && systemctl default  # on {node}", "systemctl is-system-running; systemctl is-active kubelet  # on {node}", "restart"),
        Remedy("permanent", Text("UUIDs instead of device names in fstab, nofail and x-systemd.device-timeout for data disks, the kubelet's unit ordered after the mounts it needs", "fstab はデバイス名ではなく UUID を使い、データディスクには nofail と x-systemd.device-timeout、kubelet の unit は必要なマウントの後に起動させる"), Text("none", "なし"), "", "systemd-analyze verify kubelet.service; reboot  # on {node}, drained", "disruptive"),
    ),
    examples=(
        hit("systemd", "You are in emergency mode. After logging in, type \"journalctl -xb\" to view system logs"),
        hit("systemd", "Reached target Emergency Mode."),
        hit("systemd", "Dependency failed for Local File Systems."),
        hit("systemd", "Dependency failed for containerd container runtime."),
        hit("systemd", "Timed out waiting for device dev-disk-by\\x2duuid-1f.device - /dev/disk/by-uuid/1f."),
        hit("systemd", "Failed to mount /var/lib/containerd."),
        hit("kernel", "VFS: Unable to mount root fs on unknown-block(0,0)"),
        hit("dracut", "dracut-initqueue[311]: Warning: dracut-initqueue timeout - starting timeout scripts"),
        near_miss("systemd", "Dependency failed for Bluetooth service."),
        near_miss("systemd", "Reached target Multi-User System."),
        near_miss("kubelet", "MountVolume.SetUp failed for volume \"x\" : timed out waiting for device"),
    ),
    versions="all with systemd",
    references=("https://man7.org/linux/man-pages/man5/systemd.mount.5.html",),
)
