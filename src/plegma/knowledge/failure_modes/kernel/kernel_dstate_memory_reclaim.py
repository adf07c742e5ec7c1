"""Processes hang in the kernel's memory reclaim."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-dstate-memory-reclaim",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("processes hang in the kernel's memory reclaim (D state)", "カーネルのメモリ回収処理でプロセスが固まっている(D 状態)"),
    summary=Text(
        "A process that needs memory (often runc init, which creates a cgroup and namespaces) enters reclaim, which walks inode and dentry caches and waits there for a file-system lock or for writeback. It cannot be killed; everything that starts containers queues up behind it although disks and storage servers are well.",
        "メモリを必要とするプロセス(cgroup や名前空間を作る runc init が多い)が回収処理に入り、inode・dentry キャッシュの走査中にファイルシステムのロックや書き戻しを待って固まる。kill できず、ディスクもストレージサーバーも正常なのに、コンテナを起動する処理がその後ろで詰まる。",
    ),
    signatures=(
        Signature(r"\bxfs_reclaim_inodes(_ag|_nr)?\+0x", component="kernel", source="fs/xfs/xfs_icache.c"),
        Signature(r"\b(do_)?shrink_slab\S*\+0x", component="kernel", source="mm/vmscan.c"),
        Signature(r"\bshrink_(node|lruvec|zone|dcache_sb)\S*\+0x", component="kernel", proof="suggests", source="mm/vmscan.c"),
        Signature(r"\b(do_)?try_to_free_(mem_cgroup_)?pages\+0x", component="kernel", proof="suggests", source="mm/vmscan.c"),
        Signature(r"task runc:\[\d:\w+\]:\d+ blocked for more than \d+ seconds", component="kernel", proof="suggests", source="kernel/hung_task.c"),
        Signature(r"task (kswapd\d+|khugepaged|kcompactd\d+):\d+ blocked for more than \d+ seconds", component="kernel", source="kernel/hung_task.c"),
        Signature(r"task (kswapd\d+|khugepaged|kcompactd\d+):\w+ blocked for more than \w+ seconds", reason=r"TaskHung|KernelDeadlock", source="node-problem-detector config/kernel-monitor.json"),
    ),
    leads_to=(
        Link("kernel-hung-task", "node", Text("the process in reclaim is not scheduled for minutes", "回収処理中のプロセスが数分間スケジューリングされない"), strength=0.9),
        Link("runc-init-hang", "node", Text("runc init waits in reclaim and never signals its parent", "runc init が回収処理で待ち、親に応答しない"), strength=0.6),
        Link("cri-call-timeout", "node", Text("starting a container does not end within the deadline", "コンテナの起動が期限内に終わらない"), strength=0.7),
        Link("cri-name-reserved-inflight", "node", Text("the first create still runs and holds the name when the kubelet retries", "最初の作成処理が名前を保持したまま kubelet が再試行する"), strength=0.5),
        Link("pleg-unhealthy", "node", Text("inspect calls wait for the same container", "同じコンテナの状態取得が待たされる"), strength=0.5),
        Link("node-not-ready", "node", Text("PLEG or the runtime check fail", "PLEG またはランタイムの確認が失敗する"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the stack is in a network file system", "スタックはネットワークファイルシステムの中にある"), pattern=r"\b(nfs\d?_|rpc_wait|ceph_|fuse_)\w+\+0x", component="kernel", weight=0.6),
        Refutation(Text("the disk itself reports errors or time-outs", "ディスク自体がエラー・タイムアウトを報告している"), mode="disk-io-errors", weight=0.4),
    ),
    asks=(
        Ask("dmesg -T | grep -A25 'blocked for more than'; for p in $(ps -eo pid,stat | grep ' D' | tr -s ' ' | cut -d' ' -f2); do cat /proc/$p/stack; done; cat /proc/meminfo | head -5; sysctl vm.min_free_kbytes  # on {node}",
            Text("reclaim functions (shrink_slab, xfs_reclaim_inodes) in the stacks and little MemFree, with normal disk latencies", "スタックに回収処理の関数(shrink_slab・xfs_reclaim_inodes)があり、MemFree が少なく、ディスクの遅延は正常"),
            ("storage-hang-dstate", "disk-io-saturation", "node-memory-starvation", "swap-thrash"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain and reboot the node", "ノードを drain して再起動する"), Text("processes in D state may block an orderly shutdown", "D 状態のプロセスが通常のシャットダウンを妨げることがある"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data --force; ssh {node} reboot", "ps -eo stat | grep -c '^D'  # on {node}", "disruptive"),
        Remedy("permanent", Text("kernel with the reclaim fixes, larger vm.min_free_kbytes, memory reserved for the system (systemReserved, eviction thresholds)", "回収処理の修正を含むカーネル、vm.min_free_kbytes の拡大、システム用メモリの確保(systemReserved・退避しきい値)"),
               Text("less memory for pods", "Pod に使えるメモリが減る"), "sysctl -w vm.min_free_kbytes=262144  # on {node}", "sysctl vm.min_free_kbytes; grep MemFree /proc/meminfo  # on {node}", "restart"),
    ),
    versions="xfs inode reclaim blocks in kernels before 5.9; memcg reclaim in 3.10 to 4.19",
    references=("https://docs.kernel.org/admin-guide/sysctl/vm.html#min-free-kbytes", "https://docs.kernel.org/admin-guide/sysctl/kernel.html#hung-task-timeout-secs"),
    examples=(
        hit("kernel", " [<ffffffffc04a2c11>] xfs_reclaim_inodes_ag+0x2b1/0x340 [xfs]"),
        hit("kernel", " shrink_slab+0x18e/0x2c0"),
        hit("kernel", " shrink_node+0x11f/0x4b0"),
        hit("kernel", " try_to_free_mem_cgroup_pages+0xf3/0x1b0"),
        hit("kernel", "INFO: task runc:[2:INIT]:18123 blocked for more than 120 seconds."),
        hit("kernel", "INFO: task kswapd0:97 blocked for more than 120 seconds."),
        hit("k8s-event", "INFO: task kswapd1:214 blocked for more than 120 seconds.", reason="TaskHung"),
        near_miss("k8s-event", "INFO: task dockerd:20744 blocked for more than 120 seconds.", reason="TaskHung"),
        near_miss("kernel", " nfs4_proc_getattr+0x6f/0xd0 [nfsv4]"),
        near_miss("kernel", "INFO: task jbd2/sda1-8:311 blocked for more than 120 seconds."),
        near_miss("kernel", " out_of_memory+0x1d2/0x4e0"),
    ),
)
