"""A shim was killed, so nobody waits for its container."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-shim-killed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("a containerd-shim was killed", "containerd-shim が強制終了された"),
    summary=Text(
        "The process between containerd and the container is gone (OOM killer, kill by hand, crash). The container's processes end with it or become orphans of PID 1, no exit status is reported, and calls about it end with 'ttrpc: closed'. The pod turns Unknown or stays Terminating.",
        "containerd とコンテナの間のプロセスがなくなった(OOM killer、手動の kill、クラッシュ)。コンテナのプロセスは一緒に終了するか PID 1 の孤児になり、終了ステータスは報告されず、呼び出しは「ttrpc: closed」で終わる。Pod は Unknown か Terminating のままになる。",
    ),
    signatures=(
        Signature(r"[Kk]illed process \d+ \((?:containerd-shim|docker-containe)", component="kernel", proof="states", source="mm/oom_kill.c; the name is cut at 15 characters"),
        Signature(r"oom-kill:.{0,300}task=(?:containerd-shim|docker-containe)", component="kernel", proof="states", source="mm/oom_kill.c"),
        Signature(r"containerd-shim\S*\[\d+\]: segfault at ", component="kernel", proof="states", source="arch/x86/mm/fault.c"),
        Signature(r"failed to (?:stop|kill|exec in) (?:container|task).{0,200}ttrpc: closed", component="runtime", source="containerd ttrpc client"),
        Signature(r"failed to delete (?:container|task).{0,200}ttrpc: closed", component="runtime", proof="suggests", source="containerd ttrpc client; also when a shim ends by itself during an ordinary deletion"),
        Signature(r"dial unix \\*(?:x00)?/?\S*containerd-shim\S*: connect: connection refused", component="runtime", source="containerd runtime v1/v2 shim client"),
        Signature(r"dial unix /run/containerd/s/[0-9a-f]+: connect: connection refused", component="runtime", source="containerd runtime v2 shim client"),
        Signature(r"ttrpc: closed", component="runtime", proof="suggests", at_least=3, source="containerd ttrpc client"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "node", Text("nobody carries out the stop", "停止を実行するプロセスがない"), strength=0.8),
        Link("pod-stuck-terminating", "node", Text("no exit status ever arrives", "終了ステータスが届かない"), strength=0.7),
        Link("pause-container-dead", "node", Text("with one shim per pod the sandbox goes with it", "shim が Pod 単位なら sandbox も一緒に失われる"), strength=0.5),
        Link("exit-137", "node", Text("its containers are killed", "そのコンテナが終了させられる"), strength=0.5),
        Link("probe-failing", "node", Text("exec probes find no shim", "exec プローブの相手の shim がない"), strength=0.5),
        Link("docker-containerd-state-desync", "node", Text("docker goes on listing the container as running", "Docker はそのコンテナを稼働中と表示し続ける"), strength=0.4),
        Link("container-restarting", "node", Text("the kubelet starts the containers anew", "kubelet がコンテナを起動し直す"), strength=0.4),
        Link("pod-status-unknown", "node", Text("the container's state cannot be read", "コンテナの状態を取得できない"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("the node's runtime is CRI-O: it has no shims", "ノードのランタイムは CRI-O で、shim を使わない"), state=StateTest("Node", {"runtime": r"^cri-o"}), weight=0.9),
    ),
    asks=(
        Ask("dmesg -T | grep -E 'containerd-shim|docker-containe'; journalctl -u containerd --since -1h --no-pager | grep -E 'ttrpc: closed|shim disconnected|dead shim'; crictl ps -a | grep {pod}  # on {node}",
            Text("the OOM killer names the shim, or 'shim disconnected' stands there with no StopContainer before it", "OOM killer が shim を終了させた、または StopContainer なしに shim disconnected が出ている"),
            ("containerd-shim-deadlock", "pause-container-dead", "docker-containerd-state-desync", "runtime-kill-lost-processes", "node-memory-starvation", "app-segfault"), "kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the runtime so that it clears the dead shim, kill orphaned processes, delete the pod", "ランタイムを再起動して死んだ shim を片付け、孤児プロセスを終了し、Pod を削除する"),
               Text("containers of other pods stay up; check that an orphan is not still writing before the new pod starts", "他の Pod のコンテナは維持される。孤児プロセスが書き込みを続けていないか、新しい Pod の起動前に確認する"),
               "systemctl restart containerd; kubectl -n {namespace} delete pod {pod}", "crictl ps -a | grep {pod}", "restart"),
        Remedy("permanent", Text("keep memory for the system (kube-reserved, system-reserved), let the shims keep their oom_score_adj (containerd sets -998), stop scripts that kill by name", "システム用メモリ(kube-reserved・system-reserved)を確保し、shim の oom_score_adj(containerd は -998)を維持し、名前で kill するスクリプトをやめる"),
               Text("less memory for pods", "Pod に使えるメモリが減る"), verify="cat /proc/$(pgrep -o containerd-shim)/oom_score_adj", risk_level="none"),
    ),
    examples=(
        hit("kernel", "Out of memory: Killed process 4120 (containerd-shim) total-vm:712000kB, anon-rss:9000kB, file-rss:0kB, shmem-rss:0kB, UID:0"),
        hit("kernel", "Killed process 4120 (docker-containe) total-vm:212000kB, anon-rss:9000kB, file-rss:0kB"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/containerd.service,task=containerd-shim,pid=4120,uid=0"),
        hit("kernel", "containerd-shim[4120]: segfault at 0 ip 000000 sp 00007ffd error 4 in containerd-shim-runc-v2"),
        hit("containerd", 'StopContainer for "9f1c" failed error="rpc error: code = Unknown desc = failed to stop container \\"9f1c\\": ttrpc: closed: unknown"'),
        hit("containerd", 'failed to delete task error="ttrpc: closed: unknown"'),
        hit("containerd", 'connecting to shim failed error="dial unix \\x00/containerd-shim/moby/9f1c/shim.sock: connect: connection refused: unknown"'),
        hit("containerd", 'failed to load shim error="dial unix /run/containerd/s/3fa9c1: connect: connection refused"'),
        hit("kubelet", 'ExecSync 9f1c from runtime service failed: rpc error: code = Unknown desc = failed to exec in container: failed to create exec: ttrpc: closed: unknown', count=6),
        near_miss("containerd", 'collecting metrics for 9f1c error="ttrpc: closed: unknown"'),
        near_miss("containerd", "shim disconnected id=9f1c"),
        near_miss("containerd", "cleaning up dead shim"),
        near_miss("containerd", "shim reaped id=9f1c"),
        near_miss("containerd", 'get state for 9f1c77aa error="context deadline exceeded: unknown"'),
        near_miss("kubelet", "dial unix /run/containerd/containerd.sock: connect: connection refused"),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 4121 (node) total-vm:712000kB"),
    ),
    references=("https://github.com/containerd/containerd/blob/main/core/runtime/v2/README.md", "https://github.com/containerd/containerd/issues/4509"),
)
