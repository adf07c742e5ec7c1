"""The node's clock jumped."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="time-jump",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's clock jumped", "ノードの時刻が飛んだ(ジャンプした)"),
    summary=Text(
        "The clock was stepped by seconds or hours at once: after a virtual machine was paused or restored, after a boot with a dead hardware clock, or by hand. Leases and heartbeats look expired, tokens and certificates may be judged invalid for a moment, log lines go backwards, and time differences (ages, back-offs) are wrong.",
        "時刻が一度に秒〜時間単位で変更された(VM の一時停止・復元、ハードウェアクロックの電池切れ後の起動、手動変更など)。lease やハートビートが期限切れに見え、トークン・証明書が一時的に無効と判定され、ログが逆行し、経過時間(AGE・バックオフ)が狂う。",
    ),
    signatures=(
        Signature(r"(Forward|Backward) time jump detected", source="chronyd local.c, sched.c"),
        Signature(r"System clock was stepped by -?[1-9]\d*\.\d+ seconds", source="chronyd"),
        Signature(r"Time jumped backwards", component="systemd", source="systemd-journald journald-server.c"),
        Signature(r"Time jumped backwards", proof="suggests", source="systemd-journald journald-server.c"),
        Signature(r"\bTime has been changed", component="systemd", proof="suggests", source="systemd src/core/manager.c; normal once at boot"),
        Signature(r"Clock change detected\. Flushing caches", proof="suggests", source="systemd-resolved"),
        Signature(r"\btime (stepped by|reset) [+-]?[1-9]\d*\.\d+", source="ntpd"),
        Signature(r"Marking clocksource '?\w+'? as unstable because the skew is too large", component="kernel", proof="suggests", source="kernel/time/clocksource.c"),
    ),
    leads_to=(
        Link("clock-skew", "node", Text("until all clocks agree again, certificates and tokens are judged by the wrong time", "時刻が揃うまで、証明書・トークンが誤った時刻で判定される"), strength=0.4),
        Link("node-status-unknown", "node", Text("the lease looks expired after a step", "補正後に lease が期限切れに見える"), strength=0.5),
        Link("node-readiness-flapping", "node", Text("each step makes a heartbeat look late", "補正のたびにハートビートが遅れたように見える"), strength=0.4),
        Link("control-plane-crash-loop", "node", Text("leader elections are lost when the clock steps", "時刻の補正でリーダー選出を失う"), strength=0.2),
    ),
    asks=(
        Ask("journalctl --no-pager | grep -E 'time jump|Time (jumped|has been changed)|stepped by|System clock wrong|suspend entry'; chronyc tracking; hwclock --show  # on {node}",
            Text("the size of the step and what came just before: a pause or restore of the machine, a boot, a hand", "ずれの大きさと直前の出来事(VM の停止・復元、起動、手動変更)"), ("clock-skew", "vm-paused-or-steal", "node-rebooted")),
    ),
    remedies=(
        Remedy("temporary", Text("restart the kubelet (and control-plane pods) once the clock is right", "時刻が正しくなってから kubelet(およびコントロールプレーンの Pod)を再起動する"), Text("none for running containers", "稼働中コンテナへの影響はない"), "systemctl restart kubelet  # on {node}", "kubectl get node {node}", "restart"),
        Remedy("permanent", Text("slew instead of step after boot (makestep 1 3), a clock source that survives pauses, no snapshots with memory, battery of the hardware clock", "起動後は step ではなく slew で合わせる(makestep 1 3)。一時停止に強い clocksource、メモリ付きスナップショットの禁止、RTC 電池の交換"), Text("none", "なし"), "", "journalctl -u chronyd --since -1d | grep -c 'time jump'  # on {node}", "none"),
    ),
    examples=(
        hit("chronyd", "Forward time jump detected!"),
        hit("chronyd", "System clock was stepped by 128.412003 seconds"),
        hit("systemd", "Time jumped backwards, rotating."),
        hit("systemd-journald", "Time jumped backwards relative to last journal entry, rotating."),
        hit("systemd", "Time has been changed"),
        hit("systemd-resolved", "Clock change detected. Flushing caches."),
        hit("ntpd", "ntpd: time stepped by -31.204412"),
        hit("kernel", "clocksource: timekeeping watchdog on CPU3: Marking clocksource 'tsc' as unstable because the skew is too large:"),
        near_miss("chronyd", "System clock was stepped by 0.000412 seconds"),
        near_miss("chronyd", "Selected source 10.0.0.9"),
        near_miss("etcd", "the clock difference against peer 8a1f0c is too high [1m4.2s > 1s]"),
    ),
    versions="all",
    references=("https://chrony-project.org/faq.html",),
)
