"""A reload of systemd took away the devices that a running container had been allowed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runc-exec-device-denied",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("running containers lost access to devices (exec fails, GPUs vanish) after a systemd reload", "systemd の reload 後、稼働中のコンテナがデバイスへのアクセスを失った(exec 失敗、GPU 消失)"),
    summary=Text("With the systemd cgroup driver, 'systemctl daemon-reload' (or a package update that does it) re-applies the unit's device rules; old runc had not told systemd about all of them. From then on /dev/pts, /dev/null or /dev/nvidia* are refused in containers that run: exec and exec probes fail, NVML answers 'Unknown Error'. New containers work.",
                 "systemd cgroup ドライバーでは、systemctl daemon-reload(またはそれを行うパッケージ更新)が unit のデバイス規則を再適用する。古い runc は全規則を systemd に伝えていないため、以後、稼働中のコンテナで /dev/pts・/dev/null・/dev/nvidia* が拒否され、exec や exec プローブが失敗し、NVML は「Unknown Error」を返す。新しいコンテナは正常である。"),
    signatures=(
        Signature(r"open /dev/(?:pts/\d+|ptmx|null|console|tty)\\*\"?: operation not permitted", component="runtime", proof="states", source="runc exec"),
        Signature(r"[Ff]ailed to initialize NVML: Unknown Error", proof="states", source="nvidia-smi in a container whose device cgroup was reset"),
    ),
    leads_to=(
        Link("probe-failing", "node", Text("exec probes need /dev/null and a pty", "exec プローブには /dev/null や pty が要る"), strength=0.7),
        Link("liveness-probe-kill", "node", Text("failing exec probes end in a kill", "exec プローブの失敗が強制終了につながる"), strength=0.4),
        Link("app-error-exit", "node", Text("GPU applications fail at their next call", "GPU アプリケーションが次の呼び出しで失敗する"), strength=0.5),
    ),
    asks=(Ask("runc --version; journalctl --since -1d --no-pager | grep -E 'Reloading\\.|daemon-reload' | tail  # on {node}", Text("a reload just before the first failure, runc below 1.1.3 (or nvidia toolkit in legacy mode)", "最初の失敗の直前に reload があり、runc が 1.1.3 未満(または nvidia toolkit が legacy モード)"), ("gpu-device-lost", "gpu-driver-library-mismatch", "seccomp-blocks-syscall", "selinux-denial"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("make the affected pods anew", "影響を受けた Pod を作り直す"), Text("the pods are interrupted", "Pod が中断する"), "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} exec {pod} -- true", "restart"),
        Remedy("permanent", Text("runc 1.1.3 or later; for GPUs use CDI, or udev rules that make the /dev/char links, with nvidia toolkit 1.12 or later", "runc 1.1.3 以降にする。GPU は CDI、または /dev/char リンクを作る udev 規則と nvidia toolkit 1.12 以降を使う"), Text("node by node", "1 台ずつ行う"), verify="runc --version", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", "Liveness probe errored: rpc error: code = Unknown desc = failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: open /dev/pts/0: operation not permitted: unknown", reason="Unhealthy"),
        hit("pod-log", "Failed to initialize NVML: Unknown Error"),
        near_miss("pod-log", "Failed to initialize NVML: Driver/library version mismatch"),
        near_miss("k8s-event", "OCI runtime exec failed: exec failed: unable to start container process: exec: \"bash\": executable file not found in $PATH: unknown", reason="Unhealthy"),
        near_miss("pod-log", "open /dev/kvm: operation not permitted"),
    ),
    versions="runc before 1.1.3 with the systemd driver; nvidia-container-toolkit in legacy mode",
    references=("https://github.com/opencontainers/runc/issues/3551", "https://github.com/NVIDIA/nvidia-container-toolkit/issues/48"),
)
