"""The node's limit of memory maps is too low for the application."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="vm-max-map-count-low",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("vm.max_map_count of the node is too low for the application", "ノードの vm.max_map_count がアプリケーションに対して小さすぎる"),
    summary=Text(
        "Programs that map many files (Elasticsearch, OpenSearch, SonarQube, some databases and JVMs) check this node-wide limit at start and exit, or run into it later: mmap and thread creation fail with ENOMEM although memory is free. It cannot be set per pod.",
        "多数のファイルを mmap するプログラム(Elasticsearch・OpenSearch・SonarQube、一部のデータベースや JVM)は起動時にこのノード全体の上限を検査して終了する、または後で上限に達し、メモリが空いていても mmap・スレッド作成が ENOMEM で失敗する。Pod 単位では設定できない。",
    ),
    signatures=(
        Signature(r"max virtual memory areas vm\.max_map_count \[\d+\] (is )?(too low|likely too low)", component="app", proof="states", source="Elasticsearch and OpenSearch bootstrap checks"),
        Signature(r"vm\.max_map_count.{0,80}(too low|should be at least|increase)", component="app", source="Elasticsearch, SonarQube, Redis Enterprise"),
        Signature(r"sysctl: setting key \"?vm\.max_map_count\"?.{0,40}(Read-only file system|[Pp]ermission denied|not permitted)", component="app", proof="shows", source="an init container without privileges"),
    ),
    leads_to=(
        Link("app-error-exit", "pod", Text("the bootstrap check ends the process (exit 78)", "起動時の検査でプロセスが終了する(exit 78)"), strength=0.9),
        Link("crash-loop-back-off", "pod", Text("it fails at each start on that node", "そのノードでは起動のたびに失敗する"), strength=0.9),
        Link("init-container-failure", "pod", Text("the init container that should set it may not", "設定用の init コンテナに権限がない"), strength=0.3),
    ),
    asks=(
        Ask("sysctl vm.max_map_count  # on {node}", Text("65530, the kernel's default, where 262144 is wanted", "262144 が必要なところ、カーネル既定の 65530 のまま"), ("app-oomkilled", "sysctl-forbidden", "node-memory-starvation", "volume-mounted-read-only")),
    ),
    remedies=(
        Remedy("temporary", Text("set it on the node", "ノードで設定する"), Text("none", "なし"), "sysctl -w vm.max_map_count=262144  # on {node}", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("/etc/sysctl.d of the node image, a privileged DaemonSet or the Node Tuning Operator; or node.store.allow_mmap: false", "ノードイメージの /etc/sysctl.d、特権 DaemonSet、Node Tuning Operator で設定する。または node.store.allow_mmap: false"), Text("none", "なし"), "echo vm.max_map_count=262144 > /etc/sysctl.d/90-maps.conf  # on {node}", "sysctl vm.max_map_count  # on {node}", "none"),
    ),
    examples=(
        hit("pod-log", "bootstrap check failure [1] of [1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]"),
        hit("pod-log", "WARN vm.max_map_count is 65530, it should be at least 262144"),
        hit("pod-log", 'sysctl: setting key "vm.max_map_count": Read-only file system'),
        near_miss("pod-log", "bootstrap check failure [1] of [1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]"),
        near_miss("pod-log", "mmap failed: Cannot allocate memory"),
    ),
    versions="all; 65530 is the kernel's default",
    references=("https://www.elastic.co/guide/en/elasticsearch/reference/current/vm-max-map-count.html",),
)
