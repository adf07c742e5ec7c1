"""The per-user limits of inotify watches or instances are used up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="inotify-limit",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the inotify limits of the node are used up", "ノードの inotify 上限(watches / instances)を使い切っている"),
    summary=Text(
        "fs.inotify.max_user_watches and max_user_instances are counted per user, and nearly everything on a node runs as root. When they are used up, watching a file fails with ENOSPC (watches) or EMFILE (instances): no disk is full and no process is out of descriptors. The kubelet's cAdvisor, kubectl logs -f, device plugins and apps that reload their configuration fail.",
        "fs.inotify.max_user_watches / max_user_instances はユーザー単位の上限で、ノード上のほとんどのプロセスは root で動く。使い切るとファイル監視が ENOSPC(watches)または EMFILE(instances)で失敗する。ディスクフルでもファイルディスクリプタ不足でもない。kubelet の cAdvisor、kubectl logs -f、デバイスプラグイン、設定を監視するアプリが失敗する。",
    ),
    signatures=(
        Signature(r"inotify_add_watch \S+: no space left on device", proof="states", source="google/cadvisor via golang.org/x/exp/inotify"),
        Signature(r"inotify_init1?: too many open files", proof="states", source="google/cadvisor, fsnotify"),
        Signature(r"unable to create inotify: too many open files", proof="states", source="pkg/kubelet/config/file_linux.go"),
        Signature(r"[Ff]ailed to (create|created|initialize|init) (a )?(new )?(fsnotify|inotify|FS|fs|file ?system|file) ?watcher: too many open files", proof="states"),
        Signature(r"fsnotify watcher.{0,40}too many open files", proof="states"),
        Signature(r"inotify resources exhausted", proof="states", source="coreutils tail"),
        Signature(r"inotify cannot be used, reverting to polling: (Too many open files|No space left on device)", proof="states", source="coreutils tail"),
        Signature(r"ENOSPC: System limit for number of file watchers reached", proof="states", source="node.js fs.watch"),
        Signature(r"configured user limit \(\d+\) on the number of inotify (instances|watches)", proof="states", source=".NET FileSystemWatcher"),
        Signature(r"User limit of inotify (instances|watches) reached", proof="states", source="OpenJDK LinuxWatchService"),
        Signature(r"inotify (watch|instance) limit reached", proof="states", source="systemd, python watchdog"),
        Signature(r"Failed to allocate directory watch: Too many open files", proof="states", source="systemd src/shared"),
        Signature(r"[Ff]ailed to watch (directory|file|path) \S+.{0,200}no space left on device", proof="shows"),
    ),
    states=(
        StateTest("Sysctl", {"key": r"^fs\.inotify\.max_user_watches$", "value": "<=8192"}, proof="suggests"),
        StateTest("Sysctl", {"key": r"^fs\.inotify\.max_user_instances$", "value": "<=128"}, proof="suggests"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the kubelet ends when cAdvisor or its config source cannot make a watcher", "cAdvisor や設定ソースが watcher を作れず、kubelet が終了する"), strength=0.5),
        Link("app-error-exit", "node", Text("an application that cannot watch its configuration exits", "設定ファイルを監視できないアプリケーションが終了する"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("the application ends at start again and again", "アプリケーションが起動のたびに終了する"), strength=0.4),
        Link("device-plugin-unhealthy", "node", Text("a device plugin cannot watch the kubelet's socket and does not register", "デバイスプラグインが kubelet のソケットを監視できず、登録されない"), strength=0.3),
    ),
    asks=(
        Ask("sysctl fs.inotify; find /proc/*/fd -lname anon_inode:inotify 2>/dev/null | cut -d/ -f3 | sort | uniq -c | sort -rn | head; df -h  # on {node}",
            Text("instances of one user near the limit, while the disks have room", "1 ユーザーの inotify インスタンス数が上限に近く、ディスクには空きがある"),
            ("fd-exhaustion", "disk-pressure-eviction", "memcg-leak-kernel-kmem", "systemd-unit-leak", "run-tmpfs-full")),
    ),
    remedies=(
        Remedy("temporary", Text("raise both limits at once", "両方の上限を直ちに引き上げる"), Text("each watch costs about 1 KiB of kernel memory when in use", "使用中の watch 1 つにつき約 1 KiB のカーネルメモリを使う"),
               "sysctl -w fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=8192  # on {node}", "sysctl fs.inotify; kubectl logs -f -n {namespace} {pod} --tail=1", "none"),
        Remedy("permanent", Text("set both in /etc/sysctl.d of the node image, and find the workload that leaks watchers", "ノードイメージの /etc/sysctl.d に両方を設定し、watcher をリークするワークロードを特定する"),
               Text("none", "なし"), "printf 'fs.inotify.max_user_watches=1048576\\nfs.inotify.max_user_instances=8192\\n' > /etc/sysctl.d/90-inotify.conf  # on {node}", "sysctl --system | grep inotify  # on {node}", "none"),
    ),
    versions="all; defaults are 8192 watches (kernels before 5.11) and 128 instances",
    references=("https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files", "https://github.com/kubernetes/kubernetes/issues/46230", "https://man7.org/linux/man-pages/man7/inotify.7.html"),
    examples=(
        hit("kubelet", 'Error while processing event ("/sys/fs/cgroup/cpu/kubepods/pod9c": 0x40000100 == IN_CREATE|IN_ISDIR): inotify_add_watch /sys/fs/cgroup/cpu/kubepods/pod9c: no space left on device'),
        hit("kubelet", '"Failed to start cAdvisor" err="inotify_init: too many open files"'),
        hit("kubelet", '"Unable to read config path" err="unable to create inotify: too many open files" path="/etc/kubernetes/manifests"'),
        hit("pod-log", "failed to create fsnotify watcher: too many open files"),
        hit("shell", "failed to create fsnotify watcher: too many open files"),
        hit("pod-log", "Failed to create FS watcher: too many open files"),
        hit("shell", "tail: inotify resources exhausted"),
        hit("shell", "tail: inotify cannot be used, reverting to polling: Too many open files"),
        hit("pod-log", "Error: ENOSPC: System limit for number of file watchers reached, watch '/app/src'"),
        hit("pod-log", "System.IO.IOException: The configured user limit (128) on the number of inotify instances has been reached, or the per-process limit on the number of open file descriptors has been reached."),
        hit("pod-log", "java.io.IOException: User limit of inotify instances reached or too many open files"),
        hit("pod-log", "OSError: [Errno 28] inotify watch limit reached"),
        hit("systemd", "Failed to allocate directory watch: Too many open files"),
        hit("kubelet", 'Failed to watch directory "/sys/fs/cgroup/memory/system.slice": no space left on device'),
        near_miss("pod-log", "accept tcp [::]:8080: accept4: too many open files; retrying in 1s"),
        near_miss("kubelet", "mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod9c: no space left on device"),
        near_miss("containerd", "write /var/lib/containerd/io.containerd.content.v1.content/ingest/a/data: no space left on device"),
        near_miss("dockerd", "open /var/lib/docker/containers/6a7b/config.v2.json: too many open files"),
    ),
    state_examples=(
        StateExample("Sysctl", {"key": "fs.inotify.max_user_watches", "value": 8192}, True),
        StateExample("Sysctl", {"key": "fs.inotify.max_user_instances", "value": "128"}, True),
        StateExample("Sysctl", {"key": "fs.inotify.max_user_watches", "value": "1048576"}, False),
    ),
)
