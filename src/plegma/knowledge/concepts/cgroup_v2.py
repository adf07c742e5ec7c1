"""The kernel's one tree of resource limits."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="cgroup-v2",
    title=Text("cgroups, v1 and v2", "cgroup(v1 と v2)"),
    what=Text(
        "A cgroup is a directory of the kernel that limits and counts CPU, memory, processes and I/O of the processes in it. v1 has one tree for each controller, v2 one tree for all (the unified hierarchy, /sys/fs/cgroup of type cgroup2fs). The kubelet makes kubepods, below it a directory for each QoS class and pod, and the runtime one for each container. Limits become memory.max and cpu.max, requests cpu.weight. v2 counts more things as memory, kills a whole container at once (memory.oom.group), and reports stalls (PSI).",
        "cgroup はカーネルのディレクトリで、中のプロセスの CPU・メモリ・プロセス数・I/O を制限し計測する。v1 はコントローラーごとに木があり、v2 は 1 つの木にまとまる(unified hierarchy、/sys/fs/cgroup が cgroup2fs)。kubelet は kubepods と、その下に QoS クラスと Pod のディレクトリを作り、ランタイムがコンテナごとのディレクトリを作る。limits は memory.max と cpu.max、requests は cpu.weight になる。v2 では計上されるメモリの範囲が広く、OOM ではコンテナ全体がまとめて終了し(memory.oom.group)、待ち時間の統計(PSI)が得られる。",
    ),
    fails=Text(
        "Version and program do not fit: an old runtime or JVM on v2 says 'cgroup mountpoint does not exist' or sees the node's whole memory. A controller is missing ('memory' switched off on the kernel command line) and the kubelet does not start. Cgroups pile up or cannot be removed (kernel memory leak, a frozen or non-empty cgroup), until none can be made: 'no space left on device' from mkdir without a full disk. CPU limits throttle: slow, never an error.",
        "版とプログラムが合わない: 古いランタイムや JVM を v2 で動かすと「cgroup mountpoint does not exist」と言うか、ノード全体のメモリを上限と見なす。コントローラーが無い(カーネル引数で memory が無効)と kubelet は起動しない。cgroup が溜まる、または消せない(カーネルメモリのリーク、凍結、中にプロセスが残る)と、やがて作れなくなり、ディスクは空いているのに mkdir が「no space left on device」を返す。CPU の limit はスロットリングになるだけで、遅くなるがエラーは出ない。",
    ),
    look=(
        Look("stat -fc %T /sys/fs/cgroup  # on {node}", Text("cgroup2fs: v2; tmpfs: v1", "cgroup2fs なら v2、tmpfs なら v1")),
        Look("cat /sys/fs/cgroup/cgroup.controllers; cat /proc/cgroups  # on {node}", Text("which controllers are on, and how many cgroups there are", "有効なコントローラーと cgroup の数")),
        Look("cat /sys/fs/cgroup/kubepods.slice/memory.events /sys/fs/cgroup/kubepods.slice/cpu.stat  # on {node}", Text("oom_kill and nr_throttled; the same files exist for each pod and container", "oom_kill と nr_throttled。Pod・コンテナごとにも同じファイルがある")),
    ),
    numbers=(
        Number(Text("period of CPU limits (cpuCFSQuotaPeriod)", "CPU limit の周期(cpuCFSQuotaPeriod)"), "100 ms", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("v1: maintenance mode from, refused by default from (failCgroupV1)", "v1: メンテナンスモードになった版、既定で拒否される版(failCgroupV1)"), "v1.31, v1.35", "keps/sig-node/5573-cgroup-v1-unsupported (kubernetes/enhancements)"),
    ),
    see=("cgroup-driver", "oom", "runc", "eviction"),
    modes=(
        "runtime-cgroup-version-unsupported", "kernel-memory-cgroup-disabled", "memcg-leak-kernel-kmem", "dying-memory-cgroups", "cgroup-freezer-stuck",
        "kubelet-cgroup-missing", "resource-pressure-stall", "pid-exhaustion", "app-heap-oom",
        "cgroup-v2-delegation-missing",
    ),
    aliases=("cgroup", "cgroups", "cgroup v1", "cgroupv2"),
    references=("https://kubernetes.io/docs/concepts/architecture/cgroups/", "https://docs.kernel.org/admin-guide/cgroup-v2.html"),
)
