"""A cgroup that the kubelet needs does not exist or lacks controllers."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-cgroup-missing",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet cannot set up its cgroups (reserved cgroup or controllers missing)", "kubelet が cgroup を準備できない(予約 cgroup やコントローラーの欠落)"),
    summary=Text(
        "enforceNodeAllocatable names kube-reserved or system-reserved with a cgroup that does not exist, or the host does not delegate all controllers (nested containers, cgroup v2 without systemd). ContainerManager fails and the kubelet ends.",
        "enforceNodeAllocatable に kube-reserved / system-reserved を指定したが該当 cgroup がない、またはホストが必要なコントローラーを委譲していない(入れ子コンテナ、systemd なしの cgroup v2)。ContainerManager が失敗し kubelet が終了する。",
    ),
    signatures=(
        Signature(r"Failed to enforce (?:Kube|System) Reserved (?:Cgroup|Compressible Cgroup) Limits on", "kubelet", "states", source="pkg/kubelet/cm/node_container_manager_linux.go"),
        Signature(r"has some missing (?:controllers|paths): ", "kubelet", "states", source="pkg/kubelet/cm/cgroup_v2_manager_linux.go, cgroup_v1_manager_linux.go"),
        Signature(r"root container \\*\[?\"?kubepods\"?\]?.{0,10}doesn't exist", "kubelet", "states", source="pkg/kubelet/cm/qos_container_manager_linux.go"),
        Signature(r"invalid configuration: cgroup-root .{0,40}doesn't exist", "kubelet", "states", source="pkg/kubelet/cm/container_manager_linux.go: the root cgroup lacks a controller or a hierarchy that is mounted"),
        Signature(r"failed to initialize top level QOS containers", "kubelet", "shows", source="pkg/kubelet/cm/qos_container_manager_linux.go"),
    ),
    leads_to=(Link("kubelet-crash-loop", "node", Text("Failed to start ContainerManager: the process exits", "ContainerManager の起動に失敗しプロセスが終了する"), strength=0.9),),
    asks=(Ask("grep -iE 'enforceNodeAllocatable|ReservedCgroup|cgroupRoot|cgroupDriver' -A3 /var/lib/kubelet/config.yaml; cat /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/cgroup.subtree_control; ls /sys/fs/cgroup", Text("the named cgroup or controller is not there", "指定の cgroup やコントローラーがない"), ("kubelet-cgroup-driver-config-error", "kernel-memory-cgroup-disabled", "cgroup-driver-mismatch-cgroupv2", "systemd-dbus-failure"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("enforce only pods (enforceNodeAllocatable: [pods]) or create the slice, then restart the kubelet", "enforceNodeAllocatable を [pods] のみにするか slice を作成し、kubelet を再起動する"), Text("the reservation is then no longer enforced on system daemons", "システムデーモンに対する予約の強制が外れる"), "vi /var/lib/kubelet/config.yaml && systemctl restart kubelet", "systemctl is-active kubelet"),
        Remedy("permanent", Text("create the slices with systemd units and delegate the controllers (Delegate=yes, cgroup v2 with systemd)", "systemd ユニットで slice を作り、コントローラーを委譲する(Delegate=yes、systemd 管理の cgroup v2)"), Text("none", "なし"), verify="systemd-cgls --no-pager | head", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "failed to run Kubelet: invalid configuration: cgroup-root [] doesn't exist: <nil>"),
        hit("kubelet", 'failed to run Kubelet: invalid configuration: cgroup-root ["kubelet"] doesn\'t exist'),
        near_miss("kubelet", "--cgroups-per-qos enabled, but --cgroup-root was not specified.  defaulting to /"),
        hit("kubelet", '"Failed to start ContainerManager" err="Failed to enforce Kube Reserved Cgroup Limits on \\"/kube.slice\\": [\\"kube\\"] cgroup does not exist"'),
        hit("kubelet", '"Failed to start ContainerManager" err="failed to initialize top level QOS containers: error validating root container [kubepods] : cgroup [\\"kubepods\\"] has some missing controllers: cpu, cpuset, hugetlb, memory, pids"'),
        hit("kubelet", "Failed to start ContainerManager failed to initialize top level QOS containers: root container [kubepods] doesn't exist"),
        near_miss("kubelet", 'misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"'),
        near_miss("kubelet", "system validation failed - Following Cgroup subsystem not mounted: [memory]"),
    ),
    versions="all; `missing controllers` on cgroup v2",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/", "https://kubernetes.io/docs/concepts/architecture/cgroups/"),
)
