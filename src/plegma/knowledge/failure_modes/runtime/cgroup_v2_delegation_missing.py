"""The cgroup v2 controllers that kubelet and runc need are not delegated to them."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cgroup-v2-delegation-missing",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("cgroup v2 controllers are not delegated to the node's cgroup", "cgroup v2 のコントローラーがノードの cgroup に委譲されていない"),
    summary=Text("On a nested, rootless or hardened node the cgroup that kubelet and runc work in lacks controllers (cpuset, cpu, io, memory, pids), still holds processes (\"domain invalid\"), or is read-only. The container manager or every container start fails.",
                 "入れ子・rootless・制限されたノードで、kubelet と runc の cgroup に必要なコントローラー(cpuset・cpu・io・memory・pids)がない、プロセスが残っている(domain invalid)、または読み取り専用である。ContainerManager やすべてのコンテナ起動が失敗する。"),
    signatures=(
        Signature(r"with domain controllers -- it is in an invalid state", component="runtime", proof="states", source="runc libcontainer/cgroups/fs2/create.go"),
        Signature(r"cannot enter cgroupv2 \\*\"", component="runtime", proof="states", source="runc libcontainer/cgroups/fs2/create.go"),
        Signature(r"failed to find (?:cpuset|cpu|memory|pids|io) cgroup \(v2\)", component="kubelet", proof="states", source="k3s, pkg/kubelet/cm"),
        Signature(r"missing controllers: ", component="kubelet", source="pkg/kubelet/cm/cgroup_manager"),
        Signature(r"openat2 /sys/fs/cgroup/\S+/(?:memory\.max|cpu\.max|cpu\.weight|pids\.max|cpuset\.cpus): no such file or directory", component="runtime", source="runc libcontainer/cgroups"),
        Signature(r"mkdir /sys/fs/cgroup/\S+: read-only file system", component="runtime", proof="states", source="runc, kubelet"),
        Signature(r"write /sys/fs/cgroup/\S*cgroup\.subtree_control: (?:device or resource busy|no such file or directory|operation not supported|invalid argument|no such device)", component="runtime", source="runc libcontainer/cgroups/fs2"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the container manager does not start", "ContainerManager が起動しない"), strength=0.7),
        Link("container-cannot-run", "node", Text("runc cannot set the container's limits", "runc がコンテナの制限を設定できない"), strength=0.8),
        Link("sandbox-creation-failing", "node", Text("not even the sandbox gets its cgroup", "sandbox の cgroup も作れない"), strength=0.8),
    ),
    refutes=(Refutation(Text("one controller is switched off at boot", "起動パラメーターで 1 つのコントローラーが無効化されている"), mode="kernel-memory-cgroup-disabled", weight=0.5),),
    asks=(Ask("cat /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/cgroup.subtree_control /proc/self/cgroup; systemctl show -p Delegate kubelet containerd user@.service  # on {node}", Text("controllers missing in subtree_control, or processes in the root of the delegated cgroup", "subtree_control に必要なコントローラーがない、または委譲された cgroup の直下にプロセスが残っている"), ("kernel-memory-cgroup-disabled", "runtime-cgroup-version-unsupported", "systemd-property-unsupported", "cgroup-driver-mismatch-cgroupv2", "kubelet-cgroup-missing"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("move the processes into a leaf cgroup and enable the controllers (k3d, kind and dind images do so in their entry script)", "プロセスを葉の cgroup に移してコントローラーを有効にする(k3d・kind・dind は entrypoint で行う)"), Text("none", "なし"),
               "mkdir -p /sys/fs/cgroup/init; xargs -rn1 </sys/fs/cgroup/cgroup.procs >/sys/fs/cgroup/init/cgroup.procs; sed 's/ / +/g; s/^/+/' /sys/fs/cgroup/cgroup.controllers >/sys/fs/cgroup/cgroup.subtree_control  # on {node}", "cat /sys/fs/cgroup/cgroup.subtree_control", "restart"),
        Remedy("permanent", Text("Delegate=yes (rootless: Delegate=cpu cpuset io memory pids) in the unit, a private cgroup namespace for nested nodes", "unit に Delegate=yes(rootless では Delegate=cpu cpuset io memory pids)を設定し、入れ子のノードには専用の cgroup 名前空間を使う"), Text("the unit is restarted", "unit を再起動する"), verify="systemctl show -p Delegate containerd", risk_level="restart"),
    ),
    examples=(
        hit("kubelet", '"Failed to start ContainerManager" err="cannot enter cgroupv2 \\"/sys/fs/cgroup/kubepods\\" with domain controllers -- it is in an invalid state"'),
        hit("k3s", "failed to find cpuset cgroup (v2)"),
        hit("kubelet", '"Failed to start ContainerManager" err="failed to initialize top level QOS containers: root container [kubepods] doesn\'t exist; missing controllers: cpuset"'),
        hit("containerd", "OCI runtime create failed: runc create failed: unable to apply cgroup configuration: openat2 /sys/fs/cgroup/kubepods/pod0b6d/9f1c/memory.max: no such file or directory: unknown"),
        hit("kubelet", "mkdir /sys/fs/cgroup/kubepods: read-only file system"),
        hit("containerd", "failed to write: write /sys/fs/cgroup/kubepods/cgroup.subtree_control: device or resource busy: unknown"),
        near_miss("kubelet", "mkdir /sys/fs/cgroup/memory/kubepods/pod0b6d: no space left on device"),
        near_miss("containerd", "cgroups: cgroup mountpoint does not exist: unknown"),
    ),
    references=("https://rootlesscontaine.rs/getting-started/common/cgroup2/", "https://docs.kernel.org/admin-guide/cgroup-v2.html#delegation", "https://systemd.io/CGROUP_DELEGATION/"),
)
