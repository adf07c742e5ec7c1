"""The node, or one of its daemons, has no file descriptor left."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="fd-exhaustion",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("file descriptors of the node or of one of its daemons are used up", "ノード全体またはデーモンのファイルディスクリプタを使い切っている"),
    summary=Text(
        "ENFILE: the whole kernel has reached fs.file-max. EMFILE from kubelet, runtime or API server: that daemon has reached its LimitNOFILE. Nothing can be opened, no connection accepted: mounts, log reading, CRI and API calls fail. A leak (sockets, log files, watches) stands behind it nearly always.",
        "ENFILE はカーネル全体の fs.file-max、kubelet・ランタイム・API サーバーの EMFILE はそのデーモンの LimitNOFILE に達したことを示す。ファイルを開けず接続も受け付けられないため、マウント・ログ読み取り・CRI・API の呼び出しが失敗する。ほとんどの場合リーク(ソケット・ログファイル・watch)が背後にある。",
    ),
    signatures=(
        Signature(r"VFS: file-max limit \d+ reached", component="kernel", proof="states", source="fs/file_table.c"),
        Signature(r"[Tt]oo many open files in system", proof="states", source="strerror(ENFILE)"),
        Signature(r"accept4?: too many open files", component="kubelet", proof="states", source="Go net; kubelet", signed=True),
        Signature(r"accept4?: too many open files", component="runtime", proof="states", source="Go net; runtime", signed=True),
        Signature(r"accept4?: too many open files", component="apiserver", proof="states", source="Go net; API server", signed=True),
        Signature(r"(dial \S+ \S+: )?\bsocket: too many open files", component="runtime", source="Go net"),
        Signature(r"(open|openat|pipe2?|fork/exec|opendir|readdirent|epoll_create1) \S*: too many open files", component="runtime", source="Go os.PathError"),
        Signature(r"pipe2?: too many open files", component="runtime", source="Go os.Pipe"),
    ),
    leads_to=(
        Link("container-runtime-down", "node", Text("the runtime accepts no connection", "ランタイムが接続を受け付けない"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("the runtime cannot open what a sandbox needs", "sandbox に必要なファイルを開けない"), strength=0.6),
        Link("container-cannot-run", "node", Text("pipes and log files of a new container cannot be opened", "新しいコンテナの pipe やログファイルを開けない"), strength=0.5),
        Link("volume-mount-failing", "node", Text("the mount helper's pipes cannot be opened", "マウントコマンドの pipe を開けない"), strength=0.4),
        Link("apiserver-unavailable", "cluster", Text("an API server out of descriptors refuses connections", "ディスクリプタを使い切った API サーバーが接続を拒否する"), strength=0.3),
        Link("pleg-unhealthy", "node", Text("list calls fail or hang", "一覧取得が失敗・停滞する"), strength=0.3),
        Link("probe-failing", "node", Text("the kubelet cannot open sockets for its probes", "kubelet が probe 用のソケットを開けない"), strength=0.3),
    ),
    asks=(
        Ask("cat /proc/sys/fs/file-nr; for p in $(pidof kubelet containerd dockerd crio kube-apiserver); do echo $p $(ls /proc/$p/fd | wc -l) $(grep 'open files' /proc/$p/limits); done  # on {node}",
            Text("file-nr: first number near the third; or a daemon near its limit", "file-nr の 1 番目が 3 番目に近い、またはデーモンが上限に近い"), ("inotify-limit", "app-fd-limit", "pid-exhaustion", "grpc-message-too-large-dead-containers")),
        Ask("ls -l /proc/$(pidof kubelet)/fd | grep -o '> .*' | sed 's/[0-9]\\+/N/g' | sort | uniq -c | sort -rn | head  # on {node}; for the daemon that is out", Text("what leaks: sockets, one log path, anon_inode", "何がリークしているか(ソケット、特定のログ、anon_inode)"), ("inotify-limit",)),
    ),
    remedies=(
        Remedy("temporary", Text("restart the daemon that leaks, or raise the limit that was reached", "リークしているデーモンを再起動する、または達した上限を引き上げる"), Text("running containers stay up when kubelet or containerd are restarted", "kubelet・containerd の再起動では稼働中のコンテナは維持される"),
               "sysctl -w fs.file-max=2097152; systemctl restart kubelet  # on {node}", "cat /proc/sys/fs/file-nr  # on {node}", "restart"),
        Remedy("permanent", Text("LimitNOFILE=1048576 in the daemons' units, fs.file-max in sysctl.d, a version without the leak", "デーモンの unit に LimitNOFILE=1048576、sysctl.d に fs.file-max、リークのない版への更新"), Text("none", "なし"), "systemctl edit containerd  # [Service] LimitNOFILE=1048576", "grep 'open files' /proc/$(pidof containerd)/limits  # on {node}", "restart"),
    ),
    examples=(
        hit("kernel", "VFS: file-max limit 808640 reached"),
        hit("pod-log", "open /etc/resolv.conf: too many open files in system"),
        hit("kubelet", "http: Accept error: accept tcp [::]:10250: accept4: too many open files; retrying in 1s"),
        hit("containerd", "accept unix /run/containerd/containerd.sock: accept4: too many open files"),
        hit("kube-apiserver", "http: Accept error: accept tcp [::]:6443: accept4: too many open files; retrying in 20ms"),
        hit("kubelet", "Get \"https://10.0.0.1:6443/api/v1/nodes/n3\": dial tcp 10.0.0.1:6443: socket: too many open files"),
        hit("dockerd", "open /var/lib/docker/containers/6a7b/config.v2.json: too many open files"),
        hit("kubelet", "failed to create exec: pipe2: too many open files"),
        near_miss("kubelet", "failed to create fsnotify watcher: too many open files"),
        near_miss("kubelet", '"Failed to start cAdvisor" err="inotify_init: too many open files"'),
        near_miss("", "http: Accept error: accept tcp [::]:9000: accept4: too many open files; retrying in 1s"),
        near_miss("pod-log", "accept tcp [::]:8080: accept4: too many open files; retrying in 1s"),
    ),
    versions="all; systemd's default soft limit is 1024",
    references=("https://docs.kernel.org/admin-guide/sysctl/fs.html#file-max-file-nr",),
)
