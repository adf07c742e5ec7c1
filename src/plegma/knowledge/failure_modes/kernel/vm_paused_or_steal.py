"""The hypervisor does not run the node's virtual CPUs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="vm-paused-or-steal",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the hypervisor paused the node or gives it too little CPU (steal)", "ハイパーバイザーがノードを一時停止した、または CPU を十分に割り当てていない(steal)"),
    summary=Text(
        "The virtual machine was stopped for seconds (snapshot, live migration, suspend), or its CPUs wait for the host (over-commit, exhausted CPU credits). Inside it looks as if everything stalled at once for no reason: soft lockups, clock jumps, lost leases, probes of all pods failing in the same second. Several nodes of one host at once are typical.",
        "VM が数秒間停止した(スナップショット、ライブマイグレーション、サスペンド)、または仮想 CPU がホストを待っている(オーバーコミット、CPU クレジット枯渇)。内部からは理由なく全体が一斉に停止したように見え、soft lockup、時刻の飛び、lease の喪失、同じ秒に全 Pod の probe 失敗が起きる。同じホスト上の複数ノードで同時に起きるのが典型。",
    ),
    signatures=(
        Signature(r"Cpu\(s\):.{0,140}\b([2-9]\d|100)[.,]\d+\s*%?\s*st\b", component="shell", proof="states", source="top"),
        Signature(r"PM: suspend (entry|exit)", component="kernel", proof="states", source="kernel/power/suspend.c: the machine itself slept"),
        Signature(r"guest-fsfreeze called", proof="shows", source="qemu-guest-agent: a snapshot"),
        Signature(r"Marking clocksource '?\w+'? as unstable because the skew is too large", component="kernel", proof="suggests", source="kernel/time/clocksource.c"),
        Signature(r"hrtimer: interrupt took \d{8,} ns", component="kernel", proof="suggests", source="kernel/time/hrtimer.c"),
        Signature(r"INFO: NMI handler \(\S+\) took too long to run", component="kernel", proof="suggests", source="arch/x86/kernel/nmi.c"),
        Signature(r"clocksource: Long readout interval", component="kernel", proof="suggests", source="kernel/time/clocksource.c"),
    ),
    leads_to=(
        Link("time-jump", "node", Text("the guest's clock is stepped when it runs again", "再開時にゲストの時刻が補正される"), strength=0.6),
        Link("kernel-soft-lockup", "node", Text("the guest's watchdog sees its CPUs as stuck", "ゲストの watchdog が CPU の停止とみなす"), strength=0.5),
        Link("node-cpu-starvation", "node", Text("the guest gets a fraction of its CPUs", "ゲストに CPU が一部しか割り当てられない"), strength=0.5),
        Link("node-status-unknown", "node", Text("no heartbeat while the machine stands still", "停止中はハートビートがない"), strength=0.5),
        Link("node-readiness-flapping", "node", Text("each pause costs a lease", "停止のたびに lease を失う"), strength=0.5),
        Link("probe-failing", "node", Text("all probes fail in the same second", "すべての probe が同じ秒に失敗する"), strength=0.4),
        Link("control-plane-crash-loop", "node", Text("leader elections are lost during the pause", "停止中にリーダー選出を失う"), strength=0.3),
        Link("etcd-slow-disk", "node", Text("etcd is late with its heartbeats, which looks like a slow disk", "etcd のハートビートが遅れ、遅いディスクのように見える"), strength=0.2),
    ),
    asks=(
        Ask("vmstat 1 10; journalctl -k --no-pager | grep -E 'clocksource|suspend|lockup|stall' | tail; journalctl -u qemu-guest-agent -u vmtoolsd --since -1d --no-pager | tail  # on {node}; and the hypervisor's task list at that time",
            Text("st above 10 all the time, or a gap in all logs of the machine at the moment of a snapshot or migration", "st が常に 10 を超える、またはスナップショット・移行の時刻に全ログの空白がある"),
            ("kernel-soft-lockup", "node-cpu-starvation", "time-jump", "disk-io-saturation", "etcd-slow-disk", "cpu-thermal-throttling")),
    ),
    remedies=(
        Remedy("temporary", Text("move the node to another host, stop the snapshot job", "ノードを別ホストへ移す、スナップショットのジョブを止める"), Text("a migration is itself a pause", "移行自体も一時停止を伴う"), "", "vmstat 1 5  # on {node}: st near 0", "none"),
        Remedy("permanent", Text("reserved or dedicated vCPUs, no burstable instance types for nodes, no snapshots with memory or quiescing of running nodes, no power saving on host and guest", "vCPU の予約・専有、ノードにバースト型インスタンスを使わない、稼働中ノードのメモリ付き・静止点スナップショットの禁止、ホスト・ゲストの省電力の無効化"), Text("cost", "コストが増える"), "", "sar -u -f /var/log/sa/sa$(date +%d)  # on {node}: %steal", "none"),
    ),
    examples=(
        hit("shell", "%Cpu(s): 22.1 us,  6.0 sy,  0.0 ni, 10.2 id,  0.3 wa,  0.0 hi,  0.4 si, 61.0 st"),
        hit("kernel", "PM: suspend entry (deep)"),
        hit("qemu-ga", "info: guest-fsfreeze called"),
        hit("kernel", "clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc' as unstable because the skew is too large:"),
        hit("kernel", "hrtimer: interrupt took 1204311922 ns"),
        hit("kernel", "INFO: NMI handler (perf_event_nmi_handler) took too long to run: 12.311 msecs"),
        hit("kernel", "clocksource: Long readout interval, skipping watchdog check: cs_nsec: 2112123 wd_nsec: 2112130"),
        near_miss("shell", "%Cpu(s): 22.1 us,  6.0 sy,  0.0 ni, 70.2 id,  0.3 wa,  0.0 hi,  0.4 si,  1.0 st"),
        near_miss("kernel", "hrtimer: interrupt took 41201 ns"),
        near_miss("kernel", "PM: RTC time: 03:12:11, date: 2024-03-01"),
    ),
    versions="virtual machines",
    references=("https://docs.kernel.org/virt/kvm/x86/timekeeping.html", "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html"),
)
