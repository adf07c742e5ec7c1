"""Thousands of removed memory cgroups linger in the kernel."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dying-memory-cgroups",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("thousands of dying cgroups slow the kernel's memory statistics down", "削除待ち(dying)の cgroup が数千個残り、カーネルのメモリ統計が遅くなっている"),
    summary=Text(
        "A removed memory cgroup stays in the kernel while page cache or slab objects are still charged to it. On nodes with much churn (CronJobs, crash loops) thousands gather. Reading memory.stat then walks all of them: the kubelet's cAdvisor burns CPU in the kernel, housekeeping, stats and relists become slow, and the root counters may go wrong.",
        "削除された memory cgroup は、ページキャッシュや slab が課金されている間カーネルに残る。入れ替わりの多いノード(CronJob・クラッシュループ)では数千個になり、memory.stat の読み取りがすべてを走査するため、kubelet の cAdvisor がカーネル内で CPU を消費し、housekeeping・統計・relist が遅くなる。ルートのカウンターが狂うこともある。",
    ),
    signatures=(
        Signature(r"nr_dying_descendants ([1-9]\d{3,})", source="cgroup v2: cgroup.stat"),
        Signature(r"^\s*memory\s+\d+\s+([3-9]\d{3}|[1-4]\d{4})\s+1\s*$", source="/proc/cgroups: subsys, hierarchy, num_cgroups, enabled"),
        Signature(r"\bmemcg_(stat_show|sum_events)\b", proof="suggests", source="perf top, mm/memcontrol.c"),
        Signature(r"\bmem_cgroup_css_rstat_flush\b", proof="suggests", source="perf top, mm/memcontrol.c"),
    ),
    states=(
        StateTest("Metric", {"name": r"^nr_dying_descendants$", "value": ">=1000"}),
        StateTest("Counter", {"name": r"^cgroups memory$", "value": r"^([3-9]\d{3}|[1-4]\d{4})$"}),
    ),
    leads_to=(
        Link("node-cpu-starvation", "node", Text("the kubelet's statistics burn CPU in the kernel", "kubelet の統計取得がカーネル内で CPU を消費する"), strength=0.4),
        Link("memory-pressure-false-positive", "node", Text("what is charged to dying cgroups still counts in the root cgroup", "削除待ち cgroup への課金分がルート cgroup に残る"), strength=0.3),
        Link("pleg-unhealthy", "node", Text("the kubelet is slow with everything", "kubelet のあらゆる処理が遅くなる"), strength=0.2),
        Link("probe-failing", "node", Text("the kubelet is late with its probes", "kubelet の probe が遅れる"), strength=0.2),
    ),
    asks=(
        Ask("cat /sys/fs/cgroup/cgroup.stat; grep memory /proc/cgroups; find /sys/fs/cgroup/memory -type d | wc -l; time cat /sys/fs/cgroup/memory/memory.stat >/dev/null  # on {node}",
            Text("far more cgroups in the kernel than directories; reading memory.stat takes tens of milliseconds or more", "カーネル内の cgroup 数がディレクトリ数より桁違いに多く、memory.stat の読み取りに数十 ms 以上かかる"),
            ("memcg-leak-kernel-kmem", "node-cpu-starvation", "disk-io-saturation")),
    ),
    remedies=(
        Remedy("temporary", Text("drop caches so that the cgroups can go", "キャッシュを解放し cgroup を消えさせる"), Text("reads are slow for a while", "しばらく読み込みが遅くなる"), "sync; echo 3 > /proc/sys/vm/drop_caches  # on {node}", "cat /sys/fs/cgroup/cgroup.stat; grep memory /proc/cgroups  # on {node}", "none"),
        Remedy("permanent", Text("newer kernel (slab reparenting from 5.9, rstat from 5.x), less churn of short-lived pods", "新しいカーネル(5.9 以降の slab の付け替え、5.x の rstat)、短命な Pod の入れ替わりを減らす"), Text("a reboot per node", "ノードごとに再起動が必要"), "", "grep memory /proc/cgroups  # on {node}, a week later", "disruptive"),
    ),
    examples=(
        hit("shell", "nr_dying_descendants 10233"),
        hit("shell", "memory\t9\t14211\t1"),
        hit("shell", "  31.0%  [kernel]  [k] memcg_stat_show"),
        hit("shell", "  22.4%  [kernel]  [k] mem_cgroup_css_rstat_flush"),
        near_miss("shell", "nr_dying_descendants 12"),
        near_miss("shell", "memory\t9\t211\t1"),
        near_miss("shell", "memory\t9\t64992\t1"),
    ),
    state_examples=(
        StateExample("Metric", {"name": "nr_dying_descendants", "value": 10233.0}, True),
        StateExample("Counter", {"name": "cgroups memory", "value": 14211}, True),
        StateExample("Counter", {"name": "cgroups memory", "value": 65301}, False),
        StateExample("Metric", {"name": "nr_dying_descendants", "value": 4.0}, False),
    ),
    versions="cgroup v1 and v2, kernels before 5.9 above all",
    references=("https://github.com/google/cadvisor/issues/1774", "https://docs.kernel.org/admin-guide/cgroup-v2.html"),
)
