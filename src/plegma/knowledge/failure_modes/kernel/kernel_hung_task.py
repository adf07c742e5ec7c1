"""A process has been in uninterruptible sleep for minutes."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-hung-task",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("processes hang in the kernel (D state)", "プロセスがカーネル内で固まっている(D 状態)"),
    summary=Text(
        "The kernel reports a process that has not been scheduled for 120 s while in uninterruptible sleep. It waits for something below: a disk, a network file system, memory reclaim or a kernel lock. Such a process cannot be killed, so what waits for it hangs too. The stack under the line tells what it waits for.",
        "120 秒以上、割り込み不可スリープ(D 状態)のままスケジューリングされないプロセスをカーネルが報告している。ディスク、ネットワークファイルシステム、メモリ回収、カーネルロックなど下位の何かを待っており、kill できないため、それを待つ処理も固まる。何を待つかは直後のスタックで分かる。",
    ),
    signatures=(
        Signature(r"task \S.{0,60}:\d+ blocked for more than \d+ seconds", component="kernel", source="kernel/hung_task.c"),
        Signature(r"task \S.{0,60}:\w+ blocked for more than \w+ seconds", reason=r"TaskHung|DockerHung|KernelDeadlock", source="node-problem-detector config/kernel-monitor.json"),
    ),
    states=(
        StateTest("Condition", {"type": r"^KernelDeadlock$", "status": r"^True$"}),
        StateTest("Process", {"state": r"^D", "count": ">=5"}, proof="suggests"),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("a runtime call waits for the hung process", "ランタイムの呼び出しが固まったプロセスを待つ"), strength=0.6),
        Link("sandbox-kill-failing", "node", Text("a process in D state takes no signal, so its container cannot be stopped", "D 状態のプロセスはシグナルを受け付けず、コンテナを停止できない"), strength=0.6),
        Link("pod-stuck-terminating", "node", Text("the pod's processes cannot be ended", "Pod のプロセスを終了できない"), strength=0.6),
        Link("pleg-unhealthy", "node", Text("relists wait for the hung call", "relist が固まった呼び出しを待つ"), strength=0.5),
        Link("node-not-ready", "node", Text("runtime and kubelet stand still", "ランタイムと kubelet が停滞する"), strength=0.4),
    ),
    asks=(
        Ask("dmesg -T | grep -A25 'blocked for more than'; ps -eo pid,etime,stat,wchan:40,args | grep ' D'  # on {node}",
            Text("nfs, rpc, ceph or fuse functions: storage server; blk, xfs, ext4, jbd2: local disk; shrink, reclaim: memory; rtnl, netns: network devices",
                 "nfs・rpc・ceph・fuse ならストレージサーバー、blk・xfs・ext4・jbd2 ならローカルディスク、shrink・reclaim ならメモリ回収、rtnl・netns ならネットワークデバイス"),
            ("storage-hang-dstate", "disk-io-saturation", "kernel-dstate-memory-reclaim", "disk-io-errors", "kernel-netdev-refcount-leak", "cgroup-freezer-stuck", "cni-plugin-hang-or-lock"), evidence="kernel-log"),
    ),
    examples=(
        hit("kernel", "INFO: task jbd2/dm-0-8:611 blocked for more than 120 seconds."),
        hit("kernel", "INFO: task runc:[1:CHILD]:21001 blocked for more than 241 seconds."),
        hit("kernel", "task:kworker/u8:3 blocked on a mutex; INFO: task dockerd:981 blocked for more than 120 seconds."),
        hit("k8s-event", "INFO: task dockerd:20744 blocked for more than 120 seconds.", reason="TaskHung"),
        near_miss("kernel", "watchdog: BUG: soft lockup - CPU#6 stuck for 23s! [kworker/6:2:30411]"),
        near_miss("kernel", '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.'),
    ),
    state_examples=(
        StateExample("Condition", {"type": "KernelDeadlock", "status": "True"}, True),
        StateExample("Process", {"command": "df", "state": "D", "count": 12}, True),
        StateExample("Process", {"command": "java", "state": "S", "count": 12}, False),
    ),
    generic=True,
    versions="all kernels with CONFIG_DETECT_HUNG_TASK; by default the kernel stops reporting after 10 such lines",
    references=("https://docs.kernel.org/admin-guide/sysctl/kernel.html#hung-task-timeout-secs",),
)
