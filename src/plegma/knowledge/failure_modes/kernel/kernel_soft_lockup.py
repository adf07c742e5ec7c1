"""A CPU is stuck in the kernel."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-soft-lockup",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a CPU is stuck in the kernel (soft or hard lockup, RCU stall)", "CPU がカーネル内で停止している(soft lockup / hard lockup / RCU stall)"),
    summary=Text(
        "The watchdog found a CPU that has run kernel code for more than 20 s without scheduling, or RCU waits for it. Everything on that CPU stands still; kubelet, etcd and leases are late, the node flaps or goes NotReady, and it often ends in a panic or reset. Several virtual machines at the same moment mean that the hypervisor paused them.",
        "20 秒以上スケジューリングせずにカーネルコードを実行し続ける CPU を watchdog が検出した、または RCU がその CPU を待っている。その CPU 上の処理は止まり、kubelet・etcd・lease が遅れてノードがフラッピングまたは NotReady になり、panic やリセットに至ることも多い。複数の VM で同時に出る場合はハイパーバイザー側の停止である。",
    ),
    signatures=(
        Signature(r"BUG: soft lockup - CPU#\d+ stuck for", component="kernel", proof="states", source="kernel/watchdog.c"),
        Signature(r"Watchdog detected hard LOCKUP on cpu", component="kernel", proof="states", source="kernel/watchdog_hld.c"),
        Signature(r"self-detected stall on CPU", component="kernel", source="kernel/rcu/tree_stall.h"),
        Signature(r"rcu_\w+ detected (expedited )?stalls on CPUs/tasks", component="kernel", source="kernel/rcu/tree_stall.h"),
        Signature(r"rcu_\w+ kthread (starved for|timer wakeup didn't happen)", component="kernel", proof="suggests", source="kernel/rcu/tree_stall.h"),
        Signature(r"BUG: soft lockup - CPU#", reason=r"\w*([Ll]ock|[Kk]ernel)\w*", proof="states", source="node-problem-detector"),
        Signature(r"workqueue lockup - pool cpus=", component="kernel", proof="shows", source="kernel/workqueue.c"),
    ),
    leads_to=(
        Link("kernel-panic", "node", Text("with softlockup_panic set, or when the lockup spreads, the kernel panics", "softlockup_panic が有効、または停止が広がるとカーネルが panic する"), strength=0.4),
        Link("node-cpu-starvation", "node", Text("the stuck CPU's run queue gets no time", "停止した CPU の実行待ちのタスクに時間が割り当てられない"), strength=0.4),
        Link("node-readiness-flapping", "node", Text("heartbeats come late again and again", "ハートビートが繰り返し遅れる"), strength=0.5),
        Link("node-status-unknown", "node", Text("the kubelet does not get to renew its lease", "kubelet が lease を更新できない"), strength=0.6),
        Link("node-not-ready", "node", Text("kubelet or runtime stand still for tens of seconds", "kubelet やランタイムが数十秒停止する"), strength=0.6),
        Link("pleg-unhealthy", "node", Text("runtime calls stand still together with the CPU", "CPU とともにランタイムの呼び出しも停止する"), strength=0.4),
        Link("probe-failing", "node", Text("probes time out while the CPU is stuck", "CPU 停止中に probe がタイムアウトする"), strength=0.4),
        Link("etcd-slow-disk", "node", Text("etcd is late with its heartbeats, which looks like a slow disk", "etcd のハートビートが遅れ、遅いディスクのように見える"), strength=0.2),
    ),
    asks=(
        Ask("dmesg -T | grep -E 'soft lockup|LOCKUP|rcu.*stall' -A25 | tail -80; uname -r  # on {node}",
            Text("the same function at the top of each stack: a kernel bug; ever different ones: no CPU time from the hypervisor", "毎回同じ関数がスタック先頭ならカーネルの不具合、毎回異なるならハイパーバイザーから CPU が割り当てられていない"),
            ("vm-paused-or-steal", "node-cpu-starvation", "kernel-hung-task"), evidence="kernel-log"),
        Ask("top -b -n1 | head -5; vmstat 1 5  # on {node}; and the hypervisor's view of snapshots, migrations and over-commit",
            Text("steal time, or a snapshot or migration at the same moment", "steal が大きい、または同時刻にスナップショット・ライブマイグレーションがある"), ("vm-paused-or-steal",)),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node if it still answers, and reboot it", "応答するうちに drain し、再起動する"), Text("pods of the node are interrupted", "ノード上の Pod が中断する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data --force; ssh {node} reboot", "dmesg -T | grep -c lockup  # on {node}", "disruptive"),
        Remedy("permanent", Text("kernel and microcode update; on virtual machines less over-commit, no snapshots with memory", "カーネルとマイクロコードの更新。VM ではオーバーコミットの抑制、メモリ付きスナップショットの中止"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "uname -r  # on {node}", "disruptive"),
    ),
    versions="all kernels",
    references=("https://docs.kernel.org/admin-guide/lockup-watchdogs.html", "https://docs.kernel.org/RCU/stallwarn.html"),
    examples=(
        hit("kernel", "watchdog: BUG: soft lockup - CPU#6 stuck for 23s! [kworker/6:2:30411]"),
        hit("kernel", "NMI watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [runc:[2:INIT]:9123]"),
        hit("kernel", "NMI watchdog: Watchdog detected hard LOCKUP on cpu 11"),
        hit("kernel", "rcu: INFO: rcu_sched self-detected stall on CPU"),
        hit("kernel", "INFO: rcu_preempt detected stalls on CPUs/tasks: { 3} (detected by 0, t=60002 jiffies)"),
        hit("kernel", "rcu: rcu_sched kthread starved for 2532 jiffies! g1201 f0x0 RCU_GP_WAIT_FQS(5) ->state=0x0 ->cpu=1"),
        hit("k8s-event", "watchdog: BUG: soft lockup - CPU#6 stuck for 23s! [java:411]", reason="KernelOops"),
        hit("kernel", "BUG: workqueue lockup - pool cpus=3 node=0 flags=0x0 nice=0 stuck for 41s!"),
        near_miss("kernel", "INFO: task java:411 blocked for more than 120 seconds."),
        near_miss("kernel", "NMI watchdog: Enabled. Permanently consumes one hw-PMU counter."),
        near_miss("kernel", "rcu: Hierarchical SRCU implementation."),
    ),
)
