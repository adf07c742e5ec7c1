"""runc may not set the resource limit that the container is given."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-rlimit-refused",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("a ulimit of the containers is refused or unfit", "コンテナの ulimit が設定できない、または不適切である"),
    summary=Text("Containers inherit their ulimits from the runtime (default-ulimits, base spec, LimitNOFILE of the unit). runc cannot raise one above the daemon's own hard limit (nested or rootless nodes), or the value does not fit the application: infinity makes old programs loop over a thousand million descriptors, 1024 (containerd 2.0 dropped LimitNOFILE) is too few.",
                 "コンテナの ulimit はランタイム(default-ulimits、base spec、unit の LimitNOFILE)から引き継がれる。runc はデーモン自身の hard limit を超えられない(入れ子・rootless)。また値がアプリケーションに合わないこともある。infinity では古いプログラムが 10 億個の記述子を走査し、1024(containerd 2.0 で LimitNOFILE が廃止)では不足する。"),
    signatures=(
        Signature(r"error setting rlimit type \d+: operation not permitted", component="runtime", proof="states", source="runc libcontainer/init_linux.go"),
        Signature(r"error setting rlimits? .{0,80}operation not permitted", component="runtime", proof="states", source="runc libcontainer/init_linux.go"),
        Signature(r"max file descriptors \[\d+\] for elasticsearch process is too low", component="app", proof="states", source="Elasticsearch bootstrap checks"),
        Signature(r"memory locking requested for \w+ process but memory is not locked", component="app", proof="suggests", source="Elasticsearch bootstrap checks"),
        Signature(r"library initialization failed - unable to allocate file descriptor table - out of memory", component="app", proof="states", source="OpenJDK with nofile=infinity"),
        Signature(r"RLIMIT_NOFILE .{0,60}(?:too low|failed)", component="app", proof="suggests"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("runc ends the create", "runc が作成を中断する"), strength=0.7),
        Link("app-error-exit", "node", Text("the application refuses the limit at start", "アプリケーションが起動時に拒否する"), strength=0.6),
        Link("crash-loop-back-off", "node", Text("it fails again at each start", "起動のたびに失敗する"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("the sandbox gets the same limits", "sandbox にも同じ制限が適用される"), strength=0.3),
        Link("app-fd-limit", "node", Text("1024 descriptors are soon used up", "1024 個の記述子はすぐに尽きる"), strength=0.5),
    ),
    asks=(Ask("systemctl show -p LimitNOFILE -p LimitMEMLOCK containerd docker crio; cat /proc/$(pidof containerd)/limits; kubectl -n {namespace} exec {pod} -- sh -c 'ulimit -n -H; ulimit -n'", Text("the daemon's hard limit is below what is asked for, or the container has 1024 or 1073741816", "デーモンの hard limit が要求より低い、またはコンテナが 1024 や 1073741816 になっている"), ("app-fd-limit", "fd-exhaustion", "app-heap-oom", "node-memory-starvation"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("set LimitNOFILE=1048576 (LimitMEMLOCK as needed) for the runtime's unit and restart it", "ランタイムの unit に LimitNOFILE=1048576(必要なら LimitMEMLOCK)を設定して再起動する"), Text("only new containers have it", "新しいコンテナにのみ適用される"), "systemctl set-property containerd.service LimitNOFILE=1048576 2>/dev/null || systemctl edit containerd; systemctl restart containerd  # on {node}", "systemctl show -p LimitNOFILE containerd", "restart"),
        Remedy("permanent", Text("fixed soft and hard limits in the node image (base_runtime_spec, default-ulimits, CRI-O default_ulimits), applications that raise their own soft limit", "ノードイメージで soft/hard を固定し(base_runtime_spec、default-ulimits、CRI-O の default_ulimits)、アプリケーション側で soft limit を引き上げる"), Text("none", "なし"), verify="kubectl -n {namespace} exec {pod} -- sh -c 'ulimit -n'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Error: failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted: unknown", reason="Failed"),
        hit("pod-log", "bootstrap check failure [1] of [1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]"),
        hit("pod-log", "memory locking requested for elasticsearch process but memory is not locked"),
        hit("pod-log", "library initialization failed - unable to allocate file descriptor table - out of memory"),
        hit("pod-log", "RLIMIT_NOFILE soft limit 1024 is too low"),
        near_miss("pod-log", "accept4: too many open files"),
        near_miss("pod-log", "max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]"),
    ),
    references=("https://github.com/containerd/containerd/pull/8924", "https://docs.docker.com/reference/cli/dockerd/#default-ulimits"),
)
