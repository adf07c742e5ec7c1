"""Numbers of the kernel that run out."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="node-limits",
    title=Text("limits of the node: files, processes, inotify, memory maps", "ノードの上限: ファイル・プロセス・inotify・メモリマップ"),
    what=Text(
        "Containers share one kernel, and many of its limits are for the whole node or for a user, not for a container: open files (fs.file-max, and RLIMIT_NOFILE of each process), processes (kernel.pid_max, threads-max, pids.max of the pod's cgroup), inotify instances and watches per user, memory maps (vm.max_map_count), keys, namespaces, inodes of the file system, local ports. All containers that run as root are one user.",
        "コンテナは 1 つのカーネルを共有し、その上限の多くはコンテナ単位ではなく、ノード全体かユーザー単位である。開けるファイル(fs.file-max と、プロセスごとの RLIMIT_NOFILE)、プロセス(kernel.pid_max・threads-max・Pod の cgroup の pids.max)、ユーザーごとの inotify の instance と watch、メモリマップ(vm.max_map_count)、鍵、名前空間、ファイルシステムの inode、ローカルポートなど。root で動くコンテナはすべて同一ユーザーになる。",
    ),
    fails=Text(
        "The error texts mislead: 'no space left on device' without a full disk is inodes, inotify watches, a cgroup or a tmpfs; 'too many open files' is RLIMIT_NOFILE or inotify instances; 'resource temporarily unavailable' or 'pthread_create failed' is processes; 'cannot assign requested address' is local ports; 'disk quota exceeded' can be the keyring. The one who reports it is often not the one who used it up: count by process, cgroup and user before raising anything.",
        "エラーの文言は紛らわしい。ディスクが空いているのに「no space left on device」なら、inode・inotify の watch・cgroup・tmpfs のどれか。「too many open files」は RLIMIT_NOFILE か inotify の instance、「resource temporarily unavailable」「pthread_create failed」はプロセス数、「cannot assign requested address」はローカルポート、「disk quota exceeded」は keyring のこともある。エラーを出したものが使い切った本人とは限らない。上限を上げる前に、プロセス・cgroup・ユーザーごとに数える。",
    ),
    look=(
        Look("sysctl fs.file-nr fs.inotify kernel.pid_max kernel.threads-max vm.max_map_count kernel.keys.maxkeys  # on {node}", Text("the limits, and open files in use", "上限と、使用中のファイル数")),
        Look("ps -eLo pid= | wc -l; for d in /sys/fs/cgroup/kubepods.slice/*/*/; do echo \"$(cat $d/pids.current 2>/dev/null) $d\"; done | sort -n | tail -5  # on {node}", Text("threads in all, and the largest pods", "スレッドの総数と、多い Pod")),
        Look("find /proc/[0-9]*/fd -lname anon_inode:inotify 2>/dev/null | cut -d/ -f3 | sort | uniq -c | sort -rn | head; df -i  # on {node}", Text("inotify instances by process, inodes by file system", "プロセスごとの inotify instance と、ファイルシステムごとの inode")),
    ),
    numbers=(
        Number(Text("the kubelet's own open files (maxOpenFiles); processes of a pod (podPidsLimit)", "kubelet 自身のファイル数(maxOpenFiles)。Pod のプロセス数(podPidsLimit)"), "1000000; -1", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("inotify instances for each user; vm.max_map_count", "ユーザーごとの inotify instance。vm.max_map_count"), "128; 65530", "linux: fs/notify/inotify/inotify_user.c; include/linux/mm.h"),
    ),
    see=("cgroup-v2", "oom", "eviction", "conntrack"),
    modes=(
        "fd-exhaustion", "app-fd-limit", "pid-exhaustion", "inotify-limit", "inode-exhaustion", "vm-max-map-count-low", "namespace-limit-reached",
        "kernel-keyring-quota", "ephemeral-port-exhaustion", "run-tmpfs-full", "dev-shm-too-small", "hugepages-exhausted", "zombie-processes",
        "audit-backlog-exceeded", "kernel-bpf-jit-limit",
        "container-rootfs-quota", "crio-pids-limit", "container-rlimit-refused",
    ),
    aliases=("limits", "ulimit", "sysctl", "too many open files", "no space left on device", "inotify", "file descriptors"),
    references=("https://docs.kernel.org/admin-guide/sysctl/fs.html", "https://kubernetes.io/docs/concepts/policy/pid-limiting/"),
)
