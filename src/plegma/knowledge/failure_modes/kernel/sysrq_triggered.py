"""Someone, or a watchdog, used SysRq to reset or crash the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sysrq-triggered",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node was reset or crashed on purpose (SysRq, fencing)", "SysRq やフェンシングにより、ノードが意図的にリセット・クラッシュさせられた"),
    summary=Text(
        "The kernel log has a SysRq command: a person at the console, a script (echo b or c to sysrq-trigger), a cluster manager's fencing or a hardware watchdog. The reboot that follows is not a kernel fault.",
        "カーネルログに SysRq コマンドの記録がある。コンソールの操作者、スクリプト(sysrq-trigger への b・c の書き込み)、クラスターマネージャーのフェンシング、ハードウェア watchdog など。その後の再起動はカーネルの不具合ではない。",
    ),
    signatures=(
        Signature(r"sysrq: (SysRq : )?(Resetting|Trigger a crash|Power Off|Emergency Remount R/O|Kill All Tasks|Terminate All Tasks)", component="kernel", proof="states", source="drivers/tty/sysrq.c"),
        Signature(r"SysRq : (Resetting|Trigger a crash|Power Off|Emergency Remount R/O|Kill All Tasks|Terminate All Tasks)", component="kernel", proof="states", source="drivers/tty/sysrq.c, older"),
        Signature(r"Kernel panic - not syncing: sysrq triggered crash", proof="states", source="drivers/tty/sysrq.c"),
        Signature(r"sysrq: (SysRq : )?(Show Blocked State|Show State|Emergency Sync)", component="kernel", proof="suggests", source="drivers/tty/sysrq.c: someone is debugging"),
    ),
    leads_to=(
        Link("node-rebooted", "node", Text("the reset reboots the machine", "リセットによりマシンが再起動する"), strength=0.9),
        Link("kernel-panic", "node", Text("the triggered crash is a panic", "発生させたクラッシュは panic として現れる"), strength=0.5),
        Link("node-filesystem-readonly", "node", Text("Emergency Remount R/O makes all file systems read-only", "Emergency Remount R/O は全ファイルシステムを読み取り専用にする"), strength=0.4),
        Link("node-status-unknown", "node", Text("no heartbeat after the reset", "リセット後ハートビートがない"), strength=0.7),
    ),
    asks=(
        Ask("journalctl -b -1 -k --no-pager | grep -i -B5 sysrq; last -x | head; ausearch -f sysrq-trigger  # on {node}; and the fencing agent's log", Text("who was logged in, or which agent, at that second", "その時刻のログイン者、または実行したエージェント"), ("kernel-panic", "node-rebooted")),
    ),
    remedies=(
        Remedy("temporary", Text("none: let the node come back and look at its pods", "対処不要。ノードの復帰を待ち Pod を確認する"), Text("none", "なし"), "", "kubectl get node {node}; kubectl get pods -A --field-selector spec.nodeName={node}", "none"),
        Remedy("permanent", Text("drain before a reset; fencing that tells the cluster (out-of-service taint); kernel.sysrq=0 where nobody needs it", "リセット前に drain する。フェンシング時にクラスターへ通知する(out-of-service taint)。不要なら kernel.sysrq=0"), Text("none", "なし"), "sysctl -w kernel.sysrq=0  # on {node}", "sysctl kernel.sysrq  # on {node}", "none"),
    ),
    examples=(
        hit("kernel", "sysrq: Resetting"),
        hit("kernel", "sysrq: SysRq : Trigger a crash"),
        hit("kernel", "SysRq : Resetting"),
        hit("kernel", "Kernel panic - not syncing: sysrq triggered crash"),
        hit("kernel", "sysrq: Show Blocked State"),
        near_miss("kernel", "sysrq: This sysrq operation is disabled."),
        near_miss("kernel", "Kernel panic - not syncing: Fatal exception in interrupt"),
    ),
    versions="all",
    references=("https://docs.kernel.org/admin-guide/sysrq.html",),
)
