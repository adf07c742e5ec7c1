"""The loaded NVIDIA kernel module is of another version than the libraries on disk."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="gpu-driver-library-mismatch",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the NVIDIA driver module and its libraries are of different versions", "NVIDIA ドライバーモジュールとライブラリのバージョンが一致しない"),
    summary=Text(
        "The driver packages were updated (often by unattended upgrades) while the old kernel module stayed loaded. NVML refuses to work, so the container runtime's hook fails and no GPU container starts on the node; running ones go on until they are restarted.",
        "古いカーネルモジュールが読み込まれたままドライバーパッケージが更新された(自動更新が多い)。NVML が動作を拒否し、コンテナランタイムのフックが失敗するため、そのノードでは GPU コンテナを起動できない。稼働中のものは再起動するまで動き続ける。",
    ),
    signatures=(
        Signature(r"[Dd]river/library version mismatch", proof="states", source="NVML: NVML_ERROR_LIB_RM_VERSION_MISMATCH"),
        Signature(r"NVRM: API mismatch: the client .{0,60}has the version", component="kernel", proof="states", source="NVRM"),
    ),
    leads_to=(
        Link("container-cannot-run", "node", Text("the nvidia hook fails while runc makes the container", "runc によるコンテナ作成中に nvidia フックが失敗する"), strength=0.9),
        Link("device-plugin-unhealthy", "node", Text("the device plugin cannot initialise NVML and advertises no GPU", "デバイスプラグインが NVML を初期化できず GPU を公開しない"), strength=0.6),
        Link("crash-loop-back-off", "node", Text("GPU pods and the plugin fail at each start", "GPU Pod やプラグインが起動のたびに失敗する"), strength=0.5),
        Link("pod-rejected", "node", Text("pods for a GPU that is no longer advertised are refused", "公開されなくなった GPU を要求する Pod が拒否される"), strength=0.3),
    ),
    asks=(
        Ask("cat /proc/driver/nvidia/version; modinfo nvidia | grep ^version; grep -hE 'nvidia' /var/log/apt/history.log /var/log/dnf.log | tail  # on {node}",
            Text("two different versions, and an update at the onset", "2 つのバージョンが異なり、発生時刻に更新が行われている"), ("gpu-device-lost", "device-plugin-unhealthy", "runtime-handler-not-configured")),
    ),
    remedies=(
        Remedy("temporary", Text("drain the node and reboot it, or unload and load the module when no process uses a GPU", "drain して再起動する。GPU を使うプロセスがなければモジュールの再読み込みでもよい"), Text("GPU pods of the node are interrupted", "ノード上の GPU Pod が中断する"),
               "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data; ssh {node} 'rmmod nvidia_uvm nvidia_drm nvidia_modeset nvidia && modprobe nvidia || reboot'", "nvidia-smi  # on {node}", "disruptive"),
        Remedy("permanent", Text("pin the driver packages, exclude them from unattended upgrades, or let the GPU operator manage the driver", "ドライバーパッケージを固定し自動更新から除外する。または GPU Operator にドライバーを管理させる"), Text("none", "なし"),
               "apt-mark hold 'nvidia-*' 'libnvidia-*'  # on {node}", "apt-mark showhold  # on {node}", "none"),
    ),
    versions="all NVIDIA drivers",
    references=("https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/troubleshooting.html",),
    examples=(
        hit("k8s-event", 'Error: failed to create containerd task: OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:545: container init caused: Running hook #0:: error running hook: exit status 1, stdout: , stderr: nvidia-container-cli: initialization error: nvml error: driver/library version mismatch: unknown', reason="Failed"),
        hit("shell", "Failed to initialize NVML: Driver/library version mismatch"),
        hit("kernel", "NVRM: API mismatch: the client has the version 535.161.08, but"),
        near_miss("containerd", "nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory"),
        near_miss("containerd", "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.4"),
        near_miss("kernel", "NVRM: Xid (PCI:0000:3b:00): 79, pid=0, GPU has fallen off the bus."),
    ),
)
