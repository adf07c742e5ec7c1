"""The kernel has leaked memory cgroups until no further one can be created."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="memcg-leak-kernel-kmem",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the kernel has leaked memory cgroups until none can be created any more", "カーネルの memory cgroup がリークし、新しい cgroup を作成できない"),
    summary=Text(
        "With kernel-memory accounting on (3.10 and early 4.x kernels) a removed memory cgroup keeps its id for ever. There are 65535 ids; when they are used up, mkdir below /sys/fs/cgroup/memory answers ENOSPC although every disk has room, and no pod can be started on that node until it is rebooted.",
        "カーネルメモリの課金(kmem accounting)が有効な 3.10 系・初期 4.x 系カーネルでは、削除された memory cgroup の ID が解放されない。ID は 65535 個しかなく、使い切るとディスクに空きがあっても /sys/fs/cgroup/memory 配下の mkdir が ENOSPC になり、再起動するまでそのノードで Pod を起動できない。",
    ),
    signatures=(
        Signature(r"mkdir /sys/fs/cgroup/memory/\S+: no space left on device", component="runtime", proof="states", source="runc libcontainer/cgroups/fs"),
        Signature(r"mkdir /sys/fs/cgroup/kubepods\S*: no space left on device", component="runtime", source="runc libcontainer/cgroups/fs2"),
        Signature(r"mkdir /sys/fs/cgroup/memory/\S+: cannot allocate memory", component="runtime", source="runc libcontainer/cgroups/fs"),
        Signature(r"(mkdir|write|open|creat) /sys/fs/cgroup/\S+: cannot allocate memory", component="runtime", source="runc libcontainer/cgroups"),
        Signature(r"(OCI runtime create failed|oci runtime error|unable to apply cgroup|applying cgroup configuration).{0,400}cannot allocate memory", component="runtime", proof="suggests", source="runc"),
        Signature(r"SLUB: Unable to allocate memory on node", component="kernel", proof="suggests", source="mm/slub.c"),
        Signature(r"^\s*memory\s+\d+\s+(5\d{4}|6[0-5]\d{3})\s+1\s*$", source="/proc/cgroups: subsys, hierarchy, num_cgroups, enabled"),
    ),
    states=(
        StateTest("Counter", {"name": r"^cgroups memory$", "value": ">=50000"}),
        StateTest("Counter", {"name": r"/sys/fs/cgroup/memory\b", "value": ">=50000"}),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the cgroup of a new pod or sandbox cannot be made", "新しい Pod・sandbox の cgroup を作成できない"), strength=0.95),
        Link("container-cannot-run", "node", Text("runc cannot make the container's memory cgroup", "runc がコンテナの memory cgroup を作成できない"), strength=0.8),
        Link("pod-stuck-creating", "node", Text("no new pod of the node gets past cgroup creation, while old ones run on", "既存の Pod は動き続けるが、新しい Pod は cgroup 作成で止まる"), strength=0.8),
    ),
    refutes=(
        Refutation(Text("the ENOSPC came from an inotify watch, not from a cgroup", "ENOSPC は cgroup ではなく inotify の監視によるもの"), mode="inotify-limit", weight=0.3),
    ),
    asks=(
        Ask("cat /proc/cgroups; find /sys/fs/cgroup/memory -type d | wc -l; uname -r; df -h /  # on {node}",
            Text("num_cgroups of memory near 65535 and far above the number of directories or of the other controllers; the disk has room",
                 "memory の num_cgroups が 65535 に近く、ディレクトリ数や他のコントローラーより桁違いに多い。ディスクには空きがある"),
            ("inotify-limit", "run-tmpfs-full", "disk-pressure-eviction", "dying-memory-cgroups")),
        Ask("dmesg -T | grep -E 'SLUB|cgroup'  # on {node}", Text("SLUB failures with a cache name that carries a cgroup", "cgroup 名付きの SLUB 割り当て失敗"), ("node-memory-starvation",), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node and reboot it (dropping caches frees few of the ids)", "ノードを drain して再起動する(drop_caches ではほとんど解放されない)"),
               Text("all pods of the node move", "ノード上のすべての Pod が移動する"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data && ssh {node} reboot",
               "grep memory /proc/cgroups  # on {node}", "disruptive"),
        Remedy("permanent", Text("upgrade to a kernel without the leak, or boot with cgroup.memory=nokmem (runc and kubelet built with the nokmem tag do the same)",
                                 "リークの無いカーネルへ更新する。または cgroup.memory=nokmem で起動する(nokmem タグでビルドした runc・kubelet でも同じ)"),
               Text("a reboot per node", "ノードごとに再起動が必要"), "grubby --update-kernel=ALL --args=cgroup.memory=nokmem  # on {node}, then reboot",
               "grep -o cgroup.memory=nokmem /proc/cmdline; grep memory /proc/cgroups  # on {node}", "disruptive"),
    ),
    versions="Linux 3.10 (RHEL/CentOS 7 before 3.10.0-1062.4.1 or so) and 4.x before the kmem fixes; runc and kubelet from 1.9 on switch kmem accounting on",
    references=("https://github.com/opencontainers/runc/issues/1725", "https://github.com/kubernetes/kubernetes/issues/61937"),
    examples=(
        hit("kubelet", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start sandbox container for pod "cart-0": Error response from daemon: OCI runtime create failed: container_linux.go:345: starting container process caused "process_linux.go:297: applying cgroup configuration for process caused \\"mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod5c1d0c54-1111-4222-8333-944455566677/6a7b: no space left on device\\"": unknown'),
        hit("kubelet", "Failed to create container [kubepods besteffort pod5c1d0c54] : mkdir /sys/fs/cgroup/memory/kubepods/besteffort/pod5c1d0c54: no space left on device"),
        hit("containerd", "failed to create shim task: OCI runtime create failed: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice/cri-containerd-6a7b.scope: no space left on device: unknown"),
        hit("dockerd", "mkdir /sys/fs/cgroup/memory/docker/6a7b: cannot allocate memory"),
        hit("dockerd", "OCI runtime create failed: container_linux.go:348: starting container process caused: process_linux.go:402: container init caused: cannot allocate memory: unknown"),
        hit("kernel", "SLUB: Unable to allocate memory on node -1 (gfp=0xd0)"),
        hit("shell", "memory\t4\t65312\t1"),
        near_miss("shell", "memory\t4\t172\t1"),
        near_miss("kubelet", 'Failed to watch directory "/sys/fs/cgroup/memory/kubepods": inotify_add_watch /sys/fs/cgroup/memory/kubepods/pod1: no space left on device'),
        near_miss("containerd", "mkdir /run/containerd/io.containerd.runtime.v2.task/k8s.io/6a7b: no space left on device"),
        near_miss("kubelet", "write /var/lib/kubelet/pods/5c1d/etc-hosts: no space left on device"),
    ),
    state_examples=(
        StateExample("Counter", {"name": "cgroups memory", "value": 65301}, True),
        StateExample("Counter", {"name": "find /sys/fs/cgroup/memory -type d", "value": 65011}, True),
        StateExample("Counter", {"name": "cgroups memory", "value": 173}, False),
        StateExample("Counter", {"name": "cgroups cpuset", "value": 65301}, False),
    ),
)
