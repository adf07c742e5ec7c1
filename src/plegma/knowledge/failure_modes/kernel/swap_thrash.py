"""The node pages in and out instead of working."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="swap-thrash",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node thrashes: it pages in and out all the time", "ノードがスワップ・再読み込みを繰り返している(スラッシング)"),
    summary=Text(
        "Less memory than the working set: with swap on, anonymous pages go to disk and back; without swap the same happens to program code in the page cache. kswapd burns a CPU, the disk is busy with reads, nothing is killed yet, and every call takes seconds to minutes.",
        "ワーキングセットよりメモリが少ない状態。swap があれば匿名ページがディスクと往復し、なければページキャッシュ上のプログラムコードで同じことが起きる。kswapd が CPU を消費し、ディスク読み込みが続き、まだ何も強制終了されないまま、すべての呼び出しに数秒〜数分かかる。",
    ),
    signatures=(
        Signature(r"page allocation stalls for \d+ms", component="kernel", proof="suggests", source="mm/page_alloc.c, Linux 4.10 to 4.14"),
        Signature(r"\b([3-9]\d|100)[.,]\d\s+0[.,]0\s+\d+:\d+[.,]\d+\s+kswapd\d", component="shell", proof="shows", source="top"),
        Signature(r"\b([3-9]\d|100)[.,]\d\s+0[.,]0\s.{0,60}\[kswapd\d\]", component="shell", proof="shows", source="ps aux"),
        Signature(r"\bkswapd\d+\b.{0,40}page allocation failure", component="kernel", proof="suggests", source="mm/page_alloc.c"),
    ),
    states=(StateTest("Process", {"command": r"^\[?kswapd\d", "state": r"^[RD]"}, proof="suggests"),),
    leads_to=(
        Link("disk-io-saturation", "node", Text("paging fills the disk's queue", "ページングがディスクのキューを埋める"), strength=0.6),
        Link("cri-call-timeout", "node", Text("the runtime is paged out", "ランタイムがページアウトされている"), strength=0.6),
        Link("probe-failing", "node", Text("applications answer after the probe's timeout", "アプリケーションの応答が probe の期限を過ぎる"), strength=0.6),
        Link("pleg-unhealthy", "node", Text("a relist takes minutes", "relist に数分かかる"), strength=0.5),
        Link("node-not-ready", "node", Text("PLEG or the runtime check are late", "PLEG やランタイムの確認が遅れる"), strength=0.4),
        Link("node-status-unknown", "node", Text("heartbeats are late", "ハートビートが遅れる"), strength=0.4),
        Link("kernel-hung-task", "node", Text("processes wait for their pages for minutes", "プロセスが数分間ページの読み込みを待つ"), strength=0.3),
    ),
    asks=(
        Ask("vmstat 1 5; free -m; cat /proc/pressure/memory /proc/pressure/io; top -b -n1 | head -15  # on {node}", Text("si and so (or bi with a tiny page cache) all the time, full avg10 of memory in tens of percent", "si・so(またはページキャッシュが極小での bi)が継続し、memory の full avg10 が数十 %"),
            ("node-memory-starvation", "disk-io-saturation", "kernel-dstate-memory-reclaim", "node-cpu-starvation", "resource-pressure-stall"), evidence="processes"),
    ),
    remedies=(
        Remedy("temporary", Text("end the pod that uses the memory", "メモリを使い切っている Pod を終了する"), Text("that workload is interrupted", "そのワークロードが中断する"), "kubectl -n {namespace} delete pod {pod}", "vmstat 1 3  # on {node}: si and so 0", "restart"),
        Remedy("permanent", Text("memory requests and limits, eviction thresholds that act before, no swap for pods (or LimitedSwap on a fast disk), an early OOM daemon", "memory の requests・limits、先に動く退避しきい値、Pod に swap を使わせない(または高速ディスクで LimitedSwap)、早期 OOM デーモン"), Text("less allocatable memory", "割り当て可能メモリが減る"), "", "free -m  # on {node}", "restart"),
    ),
    examples=(
        hit("kernel", "containerd: page allocation stalls for 12034ms, order:0, mode:0x14280ca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO), nodemask=(null)"),
        hit("shell", "   97 root      20   0       0      0      0 R  99.3   0.0 120:14.22 kswapd0"),
        hit("shell", "root        97 88.1  0.0      0     0 ?        R    Feb28 120:14 [kswapd0]"),
        hit("kernel", "kswapd0: page allocation failure: order:0, mode:0x1"),
        near_miss("shell", "   97 root      20   0       0      0      0 S   0.0   0.0   0:14.22 kswapd0"),
        near_miss("kernel", "kubelet: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)"),
    ),
    state_examples=(
        StateExample("Process", {"command": "kswapd0", "state": "R", "count": 1}, True),
        StateExample("Process", {"command": "[kswapd0]", "state": "S", "count": 1}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/", "https://docs.kernel.org/accounting/psi.html"),
)
