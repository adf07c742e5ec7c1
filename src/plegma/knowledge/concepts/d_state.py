"""Processes that the kernel does not let go."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="d-state",
    title=Text("D state (uninterruptible sleep) and pressure (PSI)", "D 状態(割り込み不可の待ち)と PSI"),
    what=Text(
        "A process in state D waits inside the kernel for something that must come: a disk, an NFS or Ceph server, a lock, memory. No signal reaches it, not even SIGKILL; it goes on when the thing comes, or never. Whoever asks about it may get stuck as well: reading /proc/PID, a mount, a cgroup. D processes count as load, so load average rises while the CPUs idle. PSI (/proc/pressure) measures how much time tasks lose by waiting for CPU, memory and I/O.",
        "D 状態のプロセスは、カーネルの中で何か(ディスク、NFS や Ceph のサーバー、ロック、メモリ)を待っている。SIGKILL を含めシグナルは届かず、待ち相手が来れば進み、来なければ永久に止まる。/proc/PID・マウント・cgroup などでそのプロセスを調べようとした側も止まることがある。D のプロセスは load に数えられるため、CPU が空いていても load average が上がる。PSI(/proc/pressure)は、CPU・メモリ・I/O 待ちで失われた時間を測る。",
    ),
    fails=Text(
        "'INFO: task X blocked for more than 120 seconds' in dmesg names the process and, with the stack below, what it waits for: nfs_, rbd, ext4/jbd2, blk_, cgroup, netdev. A container with such a process cannot be killed, so its pod stays Terminating, StopContainer runs into its deadline, and a relist that asks for it makes PLEG unhealthy. Restarting kubelet or runtime does not help; the server has to come back, or the node to be rebooted. Short D states under load are normal.",
        "dmesg の「INFO: task X blocked for more than 120 seconds」がプロセスを示し、続くスタックが待ち相手(nfs_・rbd・ext4/jbd2・blk_・cgroup・netdev)を示す。そのようなプロセスを持つコンテナは殺せないため、Pod は Terminating のまま、StopContainer は期限切れになり、状態を尋ねた relist が止まって PLEG が異常になる。kubelet やランタイムを再起動しても直らず、サーバーが戻るかノードを再起動するしかない。負荷時の短い D 状態は正常である。",
    ),
    look=(
        Look("ps -eo pid,ppid,etime,stat,wchan:32,args | awk '$4 ~ /^D/'  # on {node}", Text("who waits, how long, in which kernel function", "誰が、どれだけ、カーネルのどこで待っているか")),
        Look("dmesg -T | grep -A20 'blocked for more than'  # on {node}", Text("the stack of the waiting task", "待っているタスクのスタック")),
        Look("cat /proc/pressure/io /proc/pressure/memory /proc/pressure/cpu; iostat -x 1 3  # on {node}", Text("share of time lost; a disk at 100 % with few requests is dead or slow", "失われた時間の割合。少ない要求で 100 % のディスクは遅いか死んでいる")),
    ),
    numbers=(
        Number(Text("kernel reports a task blocked for (kernel.hung_task_timeout_secs); reports at most", "カーネルが報告するまでの時間(kernel.hung_task_timeout_secs)。報告回数の上限"), "120 s; 10", "linux: kernel/hung_task.c"),
    ),
    see=("pleg", "shim", "volumes-attach-mount", "cgroup-v2"),
    modes=(
        "kernel-hung-task", "storage-hang-dstate", "kernel-dstate-memory-reclaim", "disk-io-saturation", "disk-io-errors", "disk-device-lost",
        "resource-pressure-stall", "kernel-netdev-refcount-leak", "kernel-soft-lockup", "node-cpu-starvation", "swap-thrash", "filesystem-corruption",
        "node-filesystem-readonly", "cpu-thermal-throttling", "gpu-device-lost", "hardware-memory-error",
    ),
    aliases=("dstate", "hung task", "uninterruptible sleep", "psi", "pressure", "iowait", "load average"),
    references=("https://docs.kernel.org/accounting/psi.html", "https://docs.kernel.org/admin-guide/sysctl/kernel.html#hung-task-timeout-secs"),
)
