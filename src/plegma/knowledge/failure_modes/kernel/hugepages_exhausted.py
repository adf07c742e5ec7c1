"""No huge page is free for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="hugepages-exhausted",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("the program finds no huge pages", "プログラムが HugePages を確保できない"),
    summary=Text(
        "Huge pages are set aside on the node at boot or by sysctl, and a pod gets only what it asks for as a resource. A program that wants more (or whose pod asks for none, or that finds them used by others) fails in mmap or dies of SIGBUS (exit 135). A pod that asks for more than the node has is not scheduled at all.",
        "HugePages は起動時または sysctl でノードに確保し、Pod はリソースとして要求した分だけ使える。要求以上に使おうとする、Pod が要求していない、他が使用中などの場合、mmap が失敗するか SIGBUS(exit 135)で終了する。ノードの容量を超えて要求した Pod はそもそもスケジュールされない。",
    ),
    signatures=(
        Signature(r"No free (\d+ kB )?hugepages reported", component="app", proof="states", source="DPDK EAL"),
        Signature(r"No available \d+ kB hugepages reported", component="app", proof="states", source="DPDK EAL, newer"),
        Signature(r"HugeTLB: allocating \d+ of page size .{0,20}failed", component="kernel", proof="states", source="mm/hugetlb.c"),
        Signature(r"[Cc]ould not (allocate|reserve|map|get) .{0,30}huge ?pages?", component="app"),
        Signature(r"MAP_HUGETLB.{0,80}Cannot allocate memory", component="app"),
        Signature(r"This error usually means that PostgreSQL's request for a shared memory segment exceeded available memory, swap space, or huge pages", component="app", proof="suggests", source="PostgreSQL sysv_shmem.c"),
    ),
    states=(StateTest("Container", {"exit_code": r"^135$"}, proof="suggests"), StateTest("Container", {"last_exit_code": r"^135$"}, proof="suggests")),
    leads_to=(
        Link("app-error-exit", "pod", Text("the program exits when it cannot map them", "確保できずプログラムが終了する"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("it fails at each start", "起動のたびに失敗する"), strength=0.6),
    ),
    asks=(
        Ask("grep -i huge /proc/meminfo  # on {node}; kubectl describe node {node} | grep hugepages; kubectl -n {namespace} get pod {pod} -o yaml | grep hugepages",
            Text("HugePages_Free 0, or the node's capacity is 0 although the sysctl is set (the kubelet was not restarted), or the pod requests none", "HugePages_Free が 0、または sysctl 設定後に kubelet を再起動しておらず capacity が 0、または Pod が要求していない"),
            ("node-memory-starvation", "app-oomkilled", "kubelet-admission-out-of-resources", "unschedulable-insufficient-resources")),
    ),
    remedies=(
        Remedy("temporary", Text("allocate pages now and restart the kubelet so that it sees them", "ページを確保し、kubelet を再起動して認識させる"), Text("memory set aside is lost for all else; a fragmented node gets fewer than asked", "確保したメモリは他に使えない。断片化したノードでは要求より少なくなる"), "sysctl -w vm.nr_hugepages=1024 && systemctl restart kubelet  # on {node}", "kubectl describe node {node} | grep hugepages", "restart"),
        Remedy("permanent", Text("hugepages= in the boot line (1 GiB pages can be had only there), requests equal to limits in the pod", "ブートパラメータ hugepages= で確保し(1 GiB ページは起動時のみ)、Pod の requests と limits を一致させる"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "grep HugePages_Total /proc/meminfo  # on {node}", "disruptive"),
    ),
    examples=(
        hit("pod-log", "EAL: No free 2048 kB hugepages reported on node 0"),
        hit("pod-log", "EAL: No available 1048576 kB hugepages reported"),
        hit("kernel", "HugeTLB: allocating 4096 of page size 2.00 MiB failed.  Only allocated 1201 hugepages."),
        hit("pod-log", "Could not allocate 512 huge pages: Cannot allocate memory"),
        hit("pod-log", "mmap(MAP_HUGETLB) failed, huge pages disabled: Cannot allocate memory"),
        hit("pod-log", "HINT:  This error usually means that PostgreSQL's request for a shared memory segment exceeded available memory, swap space, or huge pages."),
        near_miss("k8s-event", "0/6 nodes are available: 6 Insufficient memory.", reason="FailedScheduling"),
        near_miss("pod-log", "mmap failed: Cannot allocate memory"),
    ),
    state_examples=(
        StateExample("Container", {"state": "Waiting", "last_exit_code": 135}, True),
        StateExample("Container", {"state": "Terminated", "exit_code": 135}, True),
        StateExample("Container", {"state": "Terminated", "exit_code": 1}, False),
    ),
    versions="all with HugePages (1.14 on)",
    references=("https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/",),
)
