"""The kernel's audit queue is full: system calls wait for it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="audit-backlog-exceeded",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the audit backlog is full: audited system calls are held up", "audit のバックログが溢れ、監査対象のシステムコールが待たされている"),
    summary=Text(
        "Audit rules produce more records than auditd writes (a slow or full disk, too broad rules such as every execve on a container host). The kernel makes audited processes wait, a minute by default, or panics with failure mode 2: logins, execs, the runtime and even systemd stall.",
        "auditd の書き込みより監査記録の発生が多い(遅い・満杯のディスク、コンテナホストで全 execve を記録するような広すぎるルール)。カーネルは監査対象プロセスを待たせ(既定 60 秒)、failure mode 2 なら panic する。ログイン・exec・ランタイム・systemd まで停滞する。",
    ),
    signatures=(
        Signature(r"audit: backlog limit exceeded", component="kernel", proof="states", at_least=5, source="kernel/audit.c"),
        Signature(r"audit: backlog limit exceeded", component="kernel", proof="suggests", source="kernel/audit.c: once, as at many a boot"),
        Signature(r"audit_backlog=\d+ > audit_backlog_limit=", component="kernel", proof="states", source="kernel/audit.c"),
        Signature(r"kauditd (hold|retry|main) queue overflow", component="kernel", proof="suggests", source="kernel/audit.c"),
        Signature(r"audit_lost=[1-9]\d* audit_rate_limit=", component="kernel", source="kernel/audit.c"),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("the runtime's exec and open calls wait for the audit queue", "ランタイムの exec・open が監査キューを待つ"), strength=0.3),
        Link("probe-failing", "node", Text("exec probes wait for the audit queue", "exec probe が監査キューを待つ"), strength=0.3),
        Link("systemd-dbus-failure", "node", Text("systemd waits for the audit queue", "systemd が監査キューを待つ"), strength=0.2),
        Link("kernel-panic", "node", Text("failure mode 2 panics when records are lost", "failure mode 2 では記録が失われると panic する"), strength=0.2),
    ),
    asks=(
        Ask("auditctl -s; auditctl -l | head; systemctl status auditd; aureport -x --summary | head  # on {node}", Text("backlog at backlog_limit, lost growing; the rule and the program that produce most records", "backlog が backlog_limit に達し lost が増えている。最も記録の多いルールとプログラム"),
            ("disk-io-saturation", "node-cpu-starvation", "selinux-denial"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("enlarge the backlog, do not wait for it", "バックログを拡大し、待たせないようにする"), Text("records may be lost", "監査記録が失われることがある"), "auditctl -b 65536 --backlog_wait_time 0  # on {node}", "auditctl -s  # on {node}", "none"),
        Remedy("permanent", Text("narrower rules (exclude container runtimes and probes), a disk that keeps up, backlog in the rules file", "ルールの絞り込み(ランタイムや probe の除外)、十分速いディスク、ルールファイルでの backlog 設定"), Text("none", "なし"), "", "auditctl -s | grep lost  # on {node}", "none"),
    ),
    examples=(
        hit("kernel", "audit: backlog limit exceeded", count=31),
        hit("kernel", "audit: audit_backlog=8193 > audit_backlog_limit=8192"),
        hit("kernel", "audit: kauditd hold queue overflow"),
        hit("kernel", "audit: audit_lost=120311 audit_rate_limit=0 audit_backlog_limit=8192"),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:62): apparmor="DENIED" operation="open" profile="x" name="/data/x"'),
        near_miss("kernel", "audit: audit_backlog_wait_time set to 0"),
    ),
    versions="all with audit enabled",
    references=("https://man7.org/linux/man-pages/man8/auditctl.8.html",),
)
