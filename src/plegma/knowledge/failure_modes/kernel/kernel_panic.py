"""The node's kernel crashed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-panic",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's kernel crashed (panic, oops)", "ノードのカーネルがクラッシュした(panic / oops)"),
    summary=Text(
        "A panic stops the machine at once, or reboots it when kernel.panic is set. An oops ends only the task at hand but may leave locks held, so that container operations hang until the reboot. The trace names the module: a driver, a file system, an eBPF or security agent.",
        "panic はマシンを直ちに停止させ、kernel.panic が設定されていれば再起動する。oops はそのタスクだけを終了させるが、ロックを保持したまま残ることがあり、再起動までコンテナ操作が固まる。トレースに原因のモジュール(ドライバー、ファイルシステム、eBPF・セキュリティエージェントなど)が現れる。",
    ),
    signatures=(
        Signature(r"Kernel panic - not syncing", proof="states", source="kernel/panic.c"),
        Signature(r"BUG: unable to handle (kernel )?(NULL pointer dereference|paging request|page fault)", component="kernel", proof="states", source="arch/x86/mm/fault.c"),
        Signature(r"BUG: unable to handle (kernel )?NULL pointer dereference", reason=r"KernelOops", proof="states", source="node-problem-detector config/kernel-monitor.json"),
        Signature(r"BUG: kernel NULL pointer dereference, address:", component="kernel", proof="states", source="arch/x86/mm/fault.c, from 5.2"),
        Signature(r"Unable to handle kernel (NULL pointer dereference|paging request|access to user memory)", component="kernel", proof="states", source="arch/arm64/mm/fault.c"),
        Signature(r"kernel BUG at \S+:\d+!", component="kernel", proof="states", source="lib/bug.c"),
        Signature(r"Oops: [0-9a-f]{4,} \[#\d+\]", component="kernel", proof="states", source="arch/*/kernel/dumpstack.c"),
        Signature(r"general protection fault(, probably for non-canonical address|: 0000 \[#\d+\])", component="kernel", proof="states", source="arch/x86/kernel/traps.c"),
        Signature(r"divide error: 0000 \[#\d+\]", component="kernel", proof="states", source="arch/x86/kernel/traps.c"),
        Signature(r"kdump\S*: saving vmcore", proof="shows", source="kexec-tools kdump"),
        Signature(r"Fatal exception in interrupt", component="kernel", proof="states", source="kernel/exit.c"),
    ),
    leads_to=(
        Link("node-rebooted", "node", Text("kernel.panic reboots the machine after a panic", "panic 後、kernel.panic の設定によりマシンが再起動する"), strength=0.8),
        Link("node-status-unknown", "node", Text("a dead kernel sends no heartbeat", "停止したカーネルはハートビートを送らない"), strength=0.9),
        Link("node-not-ready", "node", Text("what the oops left locked makes runtime calls hang", "oops が残したロックによりランタイムの呼び出しが固まる"), strength=0.3),
        Link("kernel-hung-task", "node", Text("tasks wait for a lock that the dead task held", "終了したタスクが保持していたロックを他のタスクが待つ"), strength=0.3),
        Link("image-store-corrupted", "node", Text("what was not yet on disk is lost", "ディスクに書かれていなかったデータが失われる"), strength=0.2),
    ),
    asks=(
        Ask("journalctl -k -b -1 --no-pager | tail -60; ls -lt /var/crash /sys/fs/pstore | head; last -x reboot | head -3  # on {node}",
            Text("the trace of the last boot, a vmcore, or a console log of the cloud provider", "前回起動時のトレース、vmcore、またはクラウドのコンソールログ"), ("node-shutdown", "vm-paused-or-steal", "hardware-memory-error", "kernel-soft-lockup", "sysrq-triggered", "node-memory-starvation"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("reboot the node if it hangs; fence it so that its volumes can be attached elsewhere", "固まっていれば再起動する。ボリュームを他ノードで使えるようノードを隔離(out-of-service taint)する"), Text("the taint force-deletes its pods: only when the node is surely off", "taint は Pod を強制削除する。確実に停止しているときだけ行う"),
               "kubectl taint node {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute", "kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("kernel or driver update for the function in the trace, removal of the agent that loads it; kernel.panic=10 and kdump so that the next one is short and documented", "トレースに現れた関数に対応するカーネル・ドライバーの更新、原因エージェントの除去。kernel.panic=10 と kdump を設定し次回に備える"), Text("a reboot per node", "ノードごとに再起動が必要"), "sysctl -w kernel.panic=10 kernel.panic_on_oops=1  # on {node}", "uptime  # on {node}", "disruptive"),
    ),
    examples=(
        hit("kernel", "Kernel panic - not syncing: Fatal exception in interrupt"),
        hit("shell", "[12034.991234] Kernel panic - not syncing: hung_task: blocked tasks"),
        hit("kernel", "BUG: unable to handle kernel paging request at ffffa01200000008"),
        hit("k8s-event", "BUG: unable to handle kernel NULL pointer dereference at 0000000000000008", reason="KernelOops"),
        hit("kernel", "BUG: kernel NULL pointer dereference, address: 0000000000000010"),
        hit("kernel", "Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010"),
        hit("kernel", "kernel BUG at fs/ext4/inode.c:2721!"),
        hit("kernel", "Oops: 0002 [#1] SMP PTI"),
        hit("kernel", "general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP NOPTI"),
        hit("kernel", "divide error: 0000 [#1] SMP"),
        hit("kdump", "kdump: saving vmcore-dmesg.txt complete"),
        near_miss("kernel", "traps: worker[2201] general protection fault ip:7f00 sp:7ffd error:0 in libc.so.6[7f00+1c0000]"),
        near_miss("kernel", "worker[2201]: segfault at 8 ip 0000 sp 7ffd error 4 in worker[400000+1000]"),
        near_miss("pod-log", "panic: runtime error: invalid memory address or nil pointer dereference"),
        near_miss("kernel", "WARNING: CPU: 3 PID: 411 at net/ipv4/tcp.c:1411 tcp_recvmsg+0x1"),
    ),
    versions="all",
    references=("https://docs.kernel.org/admin-guide/sysctl/kernel.html#panic", "https://docs.kernel.org/admin-guide/kdump/kdump.html"),
)
