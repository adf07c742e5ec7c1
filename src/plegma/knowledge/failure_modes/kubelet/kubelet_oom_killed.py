"""The kernel's OOM killer ended the kubelet."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-oom-killed",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet was killed by the OOM killer", "kubelet が OOM killer に強制終了された"),
    summary=Text(
        "Memory of the node, or of the slice in which the kubelet runs, ran out and the kernel chose the kubelet. It restarts, but if no memory is reserved for the system it happens again.",
        "ノード全体、または kubelet が属する slice のメモリが尽き、カーネルが kubelet を選んで終了させた。再起動はするが、システム用のメモリ予約がないと繰り返す。",
    ),
    signatures=(
        Signature(r"Kill(?:ed)? process \d+,? ?(?:UID \d+,? )?\(kubelet\)", "kernel", "states", source="mm/oom_kill.c"),
        Signature(r"oom-kill:.*task=kubelet,", "kernel", "states", source="mm/oom_kill.c (4.19 and later)"),
        Signature(r"kubelet\.service: (?:A process of this unit has been killed by the OOM killer|Failed with result 'oom-kill')", "systemd", "states", source="systemd"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the process is killed and restarted", "プロセスが kill され再起動される"), within=60, strength=0.7),
        Link("node-status-unknown", "node", Text("no heartbeat until it runs again", "再起動するまでハートビートが途絶える"), within=180, strength=0.4),
    ),
    asks=(Ask("dmesg -T | grep -B2 -A20 'invoked oom-killer'; systemctl show kubelet -p MemoryMax -p OOMScoreAdjust; free -m", Text("constraint=CONSTRAINT_NONE: the whole node; CONSTRAINT_MEMCG with /system.slice: the slice's limit", "CONSTRAINT_NONE ならノード全体、CONSTRAINT_MEMCG かつ /system.slice なら slice の上限"), ("node-memory-starvation", "app-oomkilled", "kubelet-stopped", "kubelet-panic"), "kernel-log"),),
    remedies=(
        Remedy("temporary", Text("end the largest consumer; the kubelet is restarted by systemd", "最大のメモリ消費者を止める。kubelet は systemd が再起動する"), Text("ends a workload", "ワークロードが 1 つ停止する"), "ps -eo pid,rss,comm --sort=-rss | head", "systemctl is-active kubelet", "disruptive"),
        Remedy("permanent", Text("systemReserved/kubeReserved memory and eviction thresholds that leave room, memory limits on all pods, OOMScoreAdjust=-999 for the kubelet's unit", "systemReserved / kubeReserved と退避しきい値で余裕を確保し、全 Pod に memory limit を設定し、kubelet ユニットの OOMScoreAdjust を -999 にする"), Text("allocatable shrinks: some pods may no longer fit", "allocatable が減り、載らなくなる Pod が出得る"), verify="kubectl describe node {node} | grep -A6 Allocatable", risk_level="disruptive"),
    ),
    examples=(
        hit("kernel", "Out of memory: Killed process 912 (kubelet) total-vm:2105324kB, anon-rss:412004kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1204kB oom_score_adj:-999"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/kubelet.service,task=kubelet,pid=912,uid=0"),
        hit("systemd", "kubelet.service: A process of this unit has been killed by the OOM killer."),
        near_miss("kernel", "Memory cgroup out of memory: Killed process 4410 (java) total-vm:4105324kB, anon-rss:1048004kB"),
        near_miss("systemd", "kubelet.service: Main process exited, code=killed, status=9/KILL"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/",),
)
