"""systemd-oomd kills pods or daemons because of memory pressure."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="systemd-oomd-kill",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("systemd-oomd killed a cgroup of the node", "systemd-oomd がノードの cgroup を強制終了した"),
    summary=Text(
        "systemd-oomd kills whole cgroups when their memory pressure or the swap use passes a limit, long before the kernel would. On nodes where it watches system.slice or kubepods it kills containers, shims or daemons: exit code 137 with reason Error, no OOMKilled, nothing in dmesg.",
        "systemd-oomd はメモリ圧迫(PSI)や swap 使用率が上限を超えると、カーネルより先に cgroup 全体を強制終了する。system.slice や kubepods を監視しているノードでは、コンテナ・shim・デーモンが終了させられ、終了コード 137・理由 Error となり、OOMKilled にも dmesg にも現れない。",
    ),
    signatures=(
        Signature(r"(Marked|Killed) /\S+ (for killing )?due to memory (pressure|used)", proof="states", source="systemd src/oom/oomd-manager.c"),
        Signature(r"systemd-oomd killed \d+ process", proof="states", source="systemd src/core/unit.c"),
        Signature(r"Memory pressure for /\S+ is \d+\.\d+% > ", proof="shows", source="systemd src/oom/oomd-manager.c"),
        Signature(r"oomd attempting to kill \d+ with", proof="states", source="systemd src/oom/oomd-util.c"),
    ),
    leads_to=(
        Link("exit-137", "node", Text("every process of the cgroup gets SIGKILL", "cgroup の全プロセスが SIGKILL を受ける"), strength=0.8),
        Link("container-restarting", "node", Text("the kubelet restarts the killed containers", "強制終了されたコンテナを kubelet が再起動する"), strength=0.6),
        Link("pause-container-dead", "node", Text("the pod's pause process is killed with the rest", "pause プロセスも一緒に強制終了される"), strength=0.3),
        Link("containerd-stopped", "node", Text("the runtime's own unit was chosen", "ランタイム自身の unit が選ばれた"), strength=0.2),
        Link("kubelet-stopped", "node", Text("the kubelet's own unit was chosen", "kubelet 自身の unit が選ばれた"), strength=0.2),
    ),
    asks=(
        Ask("oomctl; systemctl status systemd-oomd; journalctl -u systemd-oomd --since -1d --no-pager | tail  # on {node}", Text("a watched cgroup that holds kubepods or the runtime, and a kill at the second of the restart", "kubepods やランタイムを含む監視対象 cgroup と、再起動と同時刻の強制終了"),
            ("app-oomkilled", "node-memory-starvation", "liveness-probe-kill", "node-daemon-oom-killed")),
    ),
    remedies=(
        Remedy("temporary", Text("stop systemd-oomd on the node", "ノードで systemd-oomd を停止する"), Text("the kernel's OOM killer and the kubelet's eviction remain", "カーネルの OOM killer と kubelet の退避は引き続き働く"), "systemctl disable --now systemd-oomd.service systemd-oomd.socket  # on {node}", "systemctl is-active systemd-oomd  # on {node}", "none"),
        Remedy("permanent", Text("leave it out of the node image, or ManagedOOMMemoryPressure=auto for kubepods and system.slice; memory limits on workloads", "ノードイメージから外す、または kubepods・system.slice を ManagedOOMMemoryPressure=auto にする。ワークロードにメモリ制限を設定する"), Text("none", "なし"), "systemctl mask systemd-oomd.service  # on {node}", "oomctl  # on {node}", "none"),
    ),
    examples=(
        hit("systemd-oomd", "Killed /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod5c1d.slice due to memory pressure for /kubepods.slice being 71.22% > 50.00% for > 20s with reclaim activity"),
        hit("systemd-oomd", "Marked /system.slice/containerd.service for killing due to memory pressure for /system.slice being 85.03% > 80.00% for > 20s with reclaim activity"),
        hit("systemd", "cri-containerd-6a7b.scope: systemd-oomd killed 12 process(es) in this unit."),
        hit("systemd-oomd", "Memory pressure for /kubepods.slice is 71.22% > 50.00% for > 20s with reclaim activity"),
        hit("systemd-oomd", "oomd attempting to kill 407 with KILL"),
        near_miss("systemd", "cri-containerd-6a7b.scope: A process of this unit has been killed by the OOM killer."),
        near_miss("systemd-oomd", "No swap; memory pressure usage will be degraded"),
    ),
    versions="systemd 247 and later; on by default in Fedora, Ubuntu desktop and CentOS Stream 10",
    references=("https://man7.org/linux/man-pages/man8/systemd-oomd.service.8.html", "https://github.com/systemd/systemd/issues/32304"),
)
