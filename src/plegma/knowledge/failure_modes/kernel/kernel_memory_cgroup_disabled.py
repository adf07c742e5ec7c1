"""The kernel was booted without the memory cgroup controller."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-memory-cgroup-disabled",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the memory cgroup controller is switched off in the kernel", "カーネルで memory cgroup コントローラーが無効になっている"),
    summary=Text(
        "Many ARM boards boot with the memory controller disabled. The kubelet refuses to start without it (or k3s and the runtime fail to find the subsystem), so the node never becomes Ready.",
        "多くの ARM ボードでは memory コントローラーが無効のまま起動する。kubelet はこれがないと起動を拒否し(k3s やランタイムもサブシステムを見つけられない)、ノードは Ready にならない。",
    ),
    signatures=(
        Signature(r"[Ff]ailed to find subsystem mount for required subsystem: memory", component="kubelet", proof="states", source="pkg/kubelet/cm/container_manager_linux.go"),
        Signature(r"Following Cgroup subsystem not mounted: \[memory\]", component="kubelet", proof="states", source="pkg/kubelet/cm/container_manager_linux.go"),
        Signature(r"mountpoint for memory not found", component="runtime", source="runc libcontainer/cgroups: this one controller has no mount"),
        Signature(r"[Ff]ailed to find memory cgroup", proof="states", source="k3s pkg/cgroups"),
        Signature(r"CGROUPS_MEMORY: (missing|.{0,10}missing)", component="shell", proof="states", source="kubeadm system validators"),
        Signature(r"missing required cgroups: .{0,60}memory", component="shell", proof="states", source="kubeadm system validators"),
        Signature(r"cgroup_disable=memory", proof="suggests", source="/proc/cmdline"),
        Signature(r"^\s*memory\s+\d+\s+\d+\s+0\s*$", proof="states", source="/proc/cgroups: subsys, hierarchy, num_cgroups, enabled"),
    ),
    states=(StateTest("Counter", {"name": r"^cgroups memory enabled$", "value": "<=0"}, proof="states"),),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the kubelet's container manager refuses to start", "kubelet の container manager が起動を拒否する"), strength=0.95),
        Link("node-not-ready", "node", Text("no kubelet, no heartbeat", "kubelet が動かずハートビートがない"), strength=0.7),
        Link("container-cannot-run", "node", Text("the runtime cannot set memory limits", "ランタイムがメモリ制限を設定できない"), strength=0.3),
    ),
    asks=(
        Ask("cat /proc/cgroups /proc/cmdline; cat /sys/fs/cgroup/cgroup.controllers  # on {node}", Text("memory with enabled 0, or missing from cgroup.controllers", "memory の enabled が 0、または cgroup.controllers に memory がない"),
            ("runtime-cgroup-version-unsupported", "kubelet-cgroup-driver-config-error")),
    ),
    remedies=(
        Remedy("temporary", Text("none without a reboot: add the boot parameters and reboot", "再起動なしの回避策はない。ブートパラメータを追加して再起動する"), Text("one reboot", "1 回の再起動"),
               "sed -i 's/$/ cgroup_enable=memory cgroup_memory=1/' /boot/firmware/cmdline.txt && reboot  # on {node}; older images: /boot/cmdline.txt", "grep memory /proc/cgroups  # on {node}, last column 1", "disruptive"),
        Remedy("permanent", Text("put the parameters into the node image", "ノードイメージにパラメータを組み込む"), Text("none", "なし"), "", "grep -o 'cgroup_enable=memory' /proc/cmdline  # on {node}", "none"),
    ),
    versions="all; common on Raspberry Pi OS and other ARM images",
    references=("https://docs.k3s.io/installation/requirements?os=pi", "https://github.com/kubernetes/kubernetes/issues/26038", "https://github.com/raspberrypi/linux/issues/5933"),
    examples=(
        hit("dockerd", "Cannot start container 9f3c: [8] System error: mountpoint for memory not found"),
        near_miss("dockerd", "mountpoint for cpu not found"),
        hit("kubelet", 'failed to run Kubelet: system validation failed - Following Cgroup subsystem not mounted: [memory]'),
        hit("kubelet", '"Failed to start ContainerManager" err="failed to find subsystem mount for required subsystem: memory"'),
        hit("k3s", "failed to find memory cgroup, you may need to add \\\"cgroup_memory=1 cgroup_enable=memory\\\" to your linux cmdline (/boot/cmdline.txt on a Raspberry Pi)"),
        hit("shell", "CGROUPS_MEMORY: missing"),
        hit("shell", "[ERROR SystemVerification]: missing required cgroups: memory"),
        hit("shell", "console=serial0,115200 root=PARTUUID=1 rootfstype=ext4 cgroup_disable=memory"),
        hit("shell", "memory\t0\t92\t0"),
        near_miss("shell", "memory\t4\t92\t1"),
        near_miss("kubelet", "failed to find subsystem mount for required subsystem: pids"),
        near_miss("containerd", "OCI runtime create failed: cgroups: cgroup mountpoint does not exist: unknown"),
        near_miss("shell", "CGROUPS_MEMORY: enabled"),
    ),
    state_examples=(
        StateExample("Counter", {"name": "cgroups memory enabled", "value": 0}, True),
        StateExample("Counter", {"name": "cgroups memory", "value": 0}, False),
    ),
)
