"""The tmpfs /run is full, so the runtime cannot write its state."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="run-tmpfs-full",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("/run (tmpfs) is full", "/run(tmpfs)が満杯になっている"),
    summary=Text(
        "The runtime keeps the state of each sandbox and container below /run, a small file system in memory. Logs, leaked state directories or another program fill it (bytes or inodes): no sandbox can be created and systemd cannot write units, while / and /var have room.",
        "ランタイムは sandbox とコンテナの状態を /run(メモリ上の小さなファイルシステム)に置く。ログ、残った状態ディレクトリ、他のプログラムが容量または inode を使い切ると、/ や /var に空きがあっても sandbox を作れず、systemd も unit を書けなくなる。",
    ),
    signatures=(
        Signature(r"(write|mkdir|open|creat|copy_file_range|symlink|mknod|fallocate) /(var/)?run/[^\s\"]+: no space left on device", component="runtime", proof="states", source="Go os.PathError on a path below /run"),
        Signature(r"mkdir: cannot create directory ['‘]/(var/)?run/[^:]+: No space left on device", proof="states", source="coreutils"),
        Signature(r"/(var/)?run/(systemd|containerd|docker|crio|runc|user)/[^\s\"]+: [Nn]o space left on device", proof="states"),
        Signature(r"[Ff]ailed to (create|write|add) .{0,160}/run/.{0,160}: No space left on device", component="systemd", proof="shows", source="systemd"),
    ),
    states=(
        StateTest("Filesystem", {"mount": r"^/run$", "use_percent": ">=99"}, proof="states"),
        StateTest("Filesystem", {"mount": r"^/run$", "inode_use_percent": ">=99"}, proof="states"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the shim's bundle and the state of runc cannot be written", "shim の bundle や runc の状態ファイルを書けない"), strength=0.95),
        Link("container-cannot-run", "node", Text("the container's task directory cannot be made", "コンテナの task ディレクトリを作れない"), strength=0.7),
        Link("pod-stuck-creating", "node", Text("no new pod of the node gets a sandbox", "新しい Pod の sandbox が作成されない"), strength=0.8),
        Link("systemd-dbus-failure", "node", Text("systemd cannot write the files of transient units", "systemd が transient unit のファイルを書けない"), strength=0.3),
        Link("flannel-subnet-env-missing", "node", Text("flanneld cannot write /run/flannel/subnet.env", "flanneld が /run/flannel/subnet.env を書けない"), strength=0.2),
    ),
    asks=(
        Ask("df -h /run; df -i /run; du -xah /run | sort -rh | head -20  # on {node}", Text("/run at 100 % (bytes or inodes) and the directory that fills it", "/run が容量または inode で 100 %、および埋めているディレクトリ"),
            ("disk-pressure-eviction", "memcg-leak-kernel-kmem", "inotify-limit", "inode-exhaustion"), evidence="disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("enlarge /run at once and remove what fills it", "/run を直ちに拡大し、埋めているものを削除する"), Text("state of running containers lives there too: remove nothing below io.containerd.runtime.v2.task", "稼働中コンテナの状態もここにあるため、io.containerd.runtime.v2.task 配下は消さないこと"),
               "mount -o remount,size=20% /run  # on {node}", "df -h /run; crictl pods  # on {node}", "none"),
        Remedy("permanent", Text("mend the writer (debug logs, leaked state), set the size of /run in fstab or the boot line", "書き込み元(デバッグログ・残留した状態)を直し、fstab やブートパラメータで /run のサイズを設定する"), Text("none", "なし"), "", "df -h /run  # on {node}, a week later", "none"),
    ),
    examples=(
        hit("containerd", "failed to create containerd task: failed to create shim task: mkdir /run/containerd/io.containerd.runtime.v2.task/k8s.io/6a7b: no space left on device: unknown"),
        hit("kubelet", "Failed to create pod sandbox: rpc error: code = Unknown desc = write /var/run/docker/runtime-runc/moby/6a7b/.state: no space left on device"),
        hit("shell", "mkdir: cannot create directory ‘/run/flannel’: No space left on device"),
        hit("systemd", "Failed to create /run/systemd/transient/run-r1.scope: No space left on device"),
        hit("systemd", "Failed to write unit file to /run/systemd/x.conf: No space left on device"),
        near_miss("containerd", "write /var/lib/containerd/io.containerd.content.v1.content/ingest/1/data: no space left on device"),
        near_miss("kubelet", "mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod5c1d: no space left on device"),
        near_miss("containerd", "open /run/containerd/io.containerd.runtime.v2.task/k8s.io/6a7b/init.pid: no such file or directory"),
    ),
    state_examples=(
        StateExample("Filesystem", {"mount": "/run", "type": "tmpfs", "use_percent": 100}, True),
        StateExample("Filesystem", {"mount": "/run", "type": "tmpfs", "use_percent": 1, "inode_use_percent": 100}, True),
        StateExample("Filesystem", {"mount": "/", "use_percent": 100}, False),
        StateExample("Filesystem", {"mount": "/run/containerd/io.containerd.grpc.v1.cri/sandboxes/6a/shm", "use_percent": 100}, False),
    ),
    versions="all; the usual size is 10 to 20 % of memory",
    references=("https://www.freedesktop.org/wiki/Software/systemd/APIFileSystems/",),
)
