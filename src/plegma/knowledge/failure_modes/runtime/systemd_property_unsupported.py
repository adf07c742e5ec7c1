"""The host's systemd is too old for a property that runc or the kubelet sets."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="systemd-property-unsupported",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("systemd does not know a property that runc or the kubelet sets", "systemd が runc・kubelet の設定するプロパティに対応していない"),
    summary=Text("With the systemd driver limits are unit properties (AllowedCPUs, CPUQuotaPeriodUSec, MemoryHigh, DeviceAllow). An old systemd answers 'unknown property' or refuses delegation, and the scope or slice is not made.",
                 "systemd ドライバーでは制限が unit のプロパティ(AllowedCPUs、CPUQuotaPeriodUSec、MemoryHigh、DeviceAllow)になる。古い systemd は「unknown property」を返すか委譲を拒否し、scope や slice が作られない。"),
    signatures=(
        Signature(r"Cannot set property \w+, or unknown property", component="runtime", proof="states", source="systemd src/core/dbus-unit.c"),
        Signature(r"[Uu]nknown property or interface", component="runtime", source="systemd src/shared/bus-unit-util.c"),
        Signature(r"systemd not running on this host, cannot use systemd cgroups manager", component="runtime", proof="states", source="runc libcontainer/cgroups/systemd"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the sandbox's scope is not made", "sandbox の scope が作られない"), strength=0.8),
        Link("container-cannot-run", "node", Text("the container's scope is not made", "コンテナの scope が作られない"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("kubepods.slice is not made", "kubepods.slice が作られない"), strength=0.4),
    ),
    asks=(Ask("systemctl --version | head -1; runc --version; stat -fc %T /sys/fs/cgroup  # on {node}", Text("systemd below 244 on cgroup v2 (below 219 on v1)", "cgroup v2 で systemd 244 未満(v1 で 219 未満)"), ("systemd-dbus-failure", "cgroup-v2-delegation-missing", "runtime-cgroup-version-unsupported"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("use the cgroupfs driver on both sides on that node", "そのノードで両側を cgroupfs ドライバーにする"), Text("all pods of the node are made anew", "ノード上の全 Pod が作り直される"), "", "kubectl get pods -A -o wide | grep {node}", "disruptive"),
        Remedy("permanent", Text("upgrade the operating system (systemd 244 or later for cgroup v2)", "OS を更新する(cgroup v2 には systemd 244 以降)"), Text("drain and rebuild node by node", "drain しながら 1 台ずつ作り直す"), verify="systemctl --version | head -1", risk_level="disruptive"),
    ),
    examples=(
        hit("containerd", "OCI runtime create failed: unable to apply cgroup configuration: unable to start unit \"cri-containerd-9f1c.scope\": Cannot set property AllowedCPUs, or unknown property."),
        hit("kubelet", '"Failed to create cgroup" err="Unknown property or interface." cgroupName=[kubepods]'),
        hit("containerd", "systemd not running on this host, cannot use systemd cgroups manager"),
        near_miss("containerd", "Timeout waiting for systemd to create cri-containerd-9f1c.scope"),
        near_miss("kubelet", "dbus: connection closed by user"),
    ),
    references=("https://github.com/opencontainers/runc/blob/main/docs/systemd.md", "https://kubernetes.io/docs/concepts/architecture/cgroups/#requirements"),
)
