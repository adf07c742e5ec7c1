"""Out of memory: in a container, on a node, in a program."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="oom",
    title=Text("out of memory (OOM killer)", "メモリ不足(OOM killer)"),
    what=Text(
        "Three different things. The container's limit: its cgroup reaches memory.max, the kernel kills in that cgroup (constraint=CONSTRAINT_MEMCG), and the container ends with 137 and OOMKilled. The node: free memory ends, and the kernel kills anywhere (CONSTRAINT_NONE), by size and oom_score_adj: BestEffort first, Guaranteed late, kubelet and runtime last. The program: a runtime such as the JVM or V8 has its own heap limit and ends by itself, with an error text and another exit code, often far below the container's limit.",
        "3 つの別物がある。コンテナの上限: cgroup が memory.max に達し、カーネルがその cgroup の中で殺す(constraint=CONSTRAINT_MEMCG)。コンテナは 137 / OOMKilled で終わる。ノード: 空きメモリが尽き、カーネルがどこでも殺す(CONSTRAINT_NONE)。大きさと oom_score_adj で選ばれ、BestEffort が先、Guaranteed は後、kubelet とランタイムは最後である。プログラム: JVM や V8 は自前のヒープ上限で自ら終わる。エラーの文章が残り、終了コードも異なり、コンテナの limit よりずっと下で起きることが多い。",
    ),
    fails=Text(
        "On cgroup v1 or with singleProcessOOMKill only one process of the container dies; if that is a child (a worker, a shell's command) the container runs on without it, and only dmesg and the event SystemOOM or OOMKilling tell. From v1.28 on cgroup v2 the whole container is killed. Page cache counts as memory but is given back: a container near its limit is not necessarily in danger; its working set is the number. When a daemon of the node (shim, runtime, kubelet) is hit, pods fail with errors that speak of everything but memory.",
        "cgroup v1 や singleProcessOOMKill では 1 プロセスだけが死ぬ。それが子プロセス(worker やシェルのコマンド)ならコンテナは動き続け、dmesg と SystemOOM / OOMKilling イベントにしか残らない。cgroup v2 では v1.28 以降、コンテナ全体が終了する。ページキャッシュもメモリに数えられるが回収されるため、使用量が limit に近いだけでは危険とは言えず、見るべきは working set である。ノードのデーモン(shim・ランタイム・kubelet)が殺されると、Pod はメモリと無関係に見えるエラーで失敗する。",
    ),
    look=(
        Look("dmesg -T | grep -iE 'oom-kill|killed process|out of memory'  # on {node}", Text("constraint, cgroup (task_memcg), process, its size and oom_score_adj", "constraint、cgroup(task_memcg)、プロセス、サイズ、oom_score_adj")),
        Look("kubectl top pod -n {namespace} {pod} --containers", Text("working set against the limit", "working set と limit の比較")),
        Look("grep -r 'oom_kill [1-9]' /sys/fs/cgroup/kubepods.slice --include=memory.events  # on {node}", Text("oom_kill by pod and container", "Pod・コンテナごとの oom_kill の回数")),
    ),
    numbers=(
        Number(Text("oom_score_adj: kubelet, Guaranteed, Burstable, BestEffort", "oom_score_adj: kubelet、Guaranteed、Burstable、BestEffort"), "-999, -997, 3–999, 1000", "pkg/kubelet/qos/policy.go"),
        Number(Text("oom_score_adj of the pause container", "pause コンテナの oom_score_adj"), "-998", "containerd: internal/cri/server/podsandbox/helpers.go"),
    ),
    see=("exit-codes", "cgroup-v2", "eviction", "shim"),
    modes=("app-oomkilled", "exit-137", "app-heap-oom", "node-memory-starvation", "node-daemon-oom-killed", "kubelet-oom-killed", "apiserver-oom-killed", "systemd-oomd-kill", "containerd-shim-killed", "swap-thrash", "hugepages-exhausted", "hardware-memory-error"),
    aliases=("out of memory", "oom killer", "OOMKilled", "SystemOOM", "OOMKilling"),
    references=("https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior", "https://docs.kernel.org/admin-guide/cgroup-v2.html#memory"),
)
