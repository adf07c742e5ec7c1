"""The runtime does not work on the host's cgroup version."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-cgroup-version-unsupported",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the runtime does not support the host's cgroup version", "ランタイムがホストの cgroup バージョンに対応していない"),
    summary=Text(
        "The host runs the unified hierarchy (cgroup v2, default since Ubuntu 21.10, Debian 11, RHEL 9, Fedora 31) and the runtime knows only v1 (Docker before 20.10, runc before 1.0-rc93, old kata), or the other way round: a kubelet that refuses cgroup v1 (failCgroupV1). Every start fails.",
        "ホストは統合階層(cgroup v2。Ubuntu 21.10、Debian 11、RHEL 9、Fedora 31 以降の既定)なのにランタイムが v1 専用(Docker 20.10 未満、runc 1.0-rc93 未満、古い kata)、または逆に kubelet が cgroup v1 を拒否している(failCgroupV1)。すべての起動が失敗する。",
    ),
    signatures=(
        Signature(r"cgroups: cgroup mountpoint does not exist", component="runtime", proof="states", source="containerd/cgroups v1"),
        Signature(r"cannot fou?nd cgroup mount destination", component="runtime", proof="states", source="containerd/cgroups v1"),
        Signature(r"this version of runc doesn't work on cgroups v2", component="runtime", proof="states", source="runc 1.0.0-rc"),
        Signature(r"[Dd]evices cgroup isn't mounted", component="runtime", proof="states", source="moby pkg/sysinfo, daemon"),
        Signature(r"mountpoint for (?:cgroup|cpu|cpuacct|cpuset|devices|blkio) not found", component="runtime", source="runc libcontainer/cgroups; kubelet"),
        Signature(r"[Ff]ailed to get rootfs info: unable to find data in memory cache", component="kubelet", proof="suggests", source="pkg/kubelet before 1.19 with cAdvisor: no statistics of the root cgroup"),
        Signature(r"kubelet is configured to not run on a host using cgroup v1", component="kubelet", proof="states", source="pkg/kubelet, failCgroupV1"),
        Signature(r"Following Cgroup subsystem not mounted: \[cpu\b", component="kubelet", source="pkg/kubelet/cm/container_manager_linux.go before 1.19: no v1 controller at all"),
        Signature(r"[Yy]our kernel does not support CPU shares or the cgroup is not mounted", component="runtime", proof="suggests", source="moby daemon on cgroup v2 before 20.10"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("runc or the shim cannot find its controllers", "runc や shim がコントローラーを見つけられない"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("not even the pause container starts", "pause コンテナも起動しない"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("all pods of the node wait", "ノード上の全 Pod が待たされる"), strength=0.8),
        Link("dockerd-stopped", "node", Text("an old dockerd does not start at all", "古い dockerd は起動しない"), strength=0.4),
        Link("kubelet-crash-loop", "node", Text("the kubelet exits at start", "kubelet が起動時に終了する"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("only the memory controller is missing: a boot parameter, not the version", "memory コントローラーだけがない。バージョンではなく起動パラメーターの問題である"), mode="kernel-memory-cgroup-disabled", weight=0.6),
    ),
    asks=(
        Ask("stat -fc %T /sys/fs/cgroup; docker version -f '{{{{.Server.Version}}}}'; runc --version; cat /proc/cmdline  # on {node}", Text("cgroup2fs with a runtime that is too old (or tmpfs with a kubelet that wants v2)", "cgroup2fs なのにランタイムが古い(または tmpfs なのに kubelet が v2 を要求)"),
            ("kernel-memory-cgroup-disabled", "cgroup-driver-mismatch-cgroupv2", "cgroup-driver-mismatch-path-format", "cgroup-v2-delegation-missing"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("boot with cgroup v1", "cgroup v1 で起動する"), Text("reboot; new systemd (258 and later) has no v1 any more", "再起動が必要。新しい systemd(258 以降)に v1 はない"), "grubby --update-kernel=ALL --args=systemd.unified_cgroup_hierarchy=0 && reboot  # on {node}, after a drain", "stat -fc %T /sys/fs/cgroup", "disruptive"),
        Remedy("permanent", Text("upgrade: Docker 20.10, containerd 1.4, runc 1.0 or later; for a kubelet that refuses v1 move the host to v2", "Docker 20.10・containerd 1.4・runc 1.0 以降へ更新する。v1 を拒否する kubelet の場合はホストを v2 に移行する"), Text("drain and upgrade node by node", "drain しながら 1 台ずつ更新する"), verify="kubectl get nodes -o wide", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "Failed to start ContainerManager system validation failed - Following Cgroup subsystem not mounted: [cpu cpuacct cpuset memory]"),
        near_miss("kubelet", "Failed to start ContainerManager system validation failed - Following Cgroup subsystem not mounted: [memory]"),
        hit("dockerd", "Handler for POST /v1.40/containers/9f1c/start returned error: cgroups: cgroup mountpoint does not exist: unknown"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start sandbox container: cgroups: cannot found cgroup mount destination: unknown", reason="FailedCreatePodSandBox"),
        hit("containerd", "OCI runtime create failed: this version of runc doesn't work on cgroups v2: unknown"),
        hit("dockerd", "Error starting daemon: Devices cgroup isn't mounted"),
        hit("kubelet", "failed to run Kubelet: mountpoint for cpu not found"),
        hit("kubelet", '"command failed" err="failed to run Kubelet: kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported and will be removed in a future release"'),
        hit("dockerd", "Your kernel does not support CPU shares or the cgroup is not mounted. Shares discarded."),
        near_miss("kubelet", "system validation failed - Following Cgroup subsystem not mounted: [memory]"),
        near_miss("containerd", 'expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/pod0b6d/9f1c" instead'),
        hit("kubelet", "Failed to start ContainerManager failed to get rootfs info: unable to find data in memory cache"),
        near_miss("dockerd", "mountpoint for pids not found"),
        near_miss("dockerd", "mountpoint for memory not found"),
        near_miss("dockerd", "Your kernel does not support swap limit capabilities or the cgroup is not mounted. Memory limited without swap."),
    ),
    versions="Docker before 20.10, containerd before 1.4, runc before 1.0.0-rc93 on cgroup v2; kubelet from 1.35 on (failCgroupV1 default) on cgroup v1",
    references=("https://kubernetes.io/docs/concepts/architecture/cgroups/", "https://docs.docker.com/engine/containers/runmetrics/#changing-cgroup-version"),
)
