"""The virtual machine or sentry of a Kata, Firecracker or gVisor sandbox does not come up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandboxed-runtime-failed",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("the VM or sentry of a sandboxed runtime (Kata, gVisor) does not start", "サンドボックス型ランタイム(Kata・gVisor)の VM や sentry が起動しない"),
    summary=Text("Only pods of that RuntimeClass fail: no /dev/kvm (nested virtualisation off), vhost_vsock not loaded, hypervisor or guest kernel missing, an agent that does not answer in time, too little memory for the guest, or a runsc that the kernel refuses.",
                 "該当する RuntimeClass の Pod だけが失敗する。/dev/kvm がない(ネスト仮想化が無効)、vhost_vsock 未ロード、ハイパーバイザーやゲストカーネルの欠如、エージェントの応答遅延、ゲストのメモリ不足、または runsc がカーネルに拒否された場合である。"),
    signatures=(
        Signature(r"timed out connecting to (?:hybrid )?vsock", component="runtime", proof="states", source="kata-containers runtime virtcontainers/kata_agent.go"),
        Signature(r"[Ff]ailed to [Cc]heck if grpc server is working", component="runtime", proof="states", source="kata-containers runtime kata_agent.go"),
        Signature(r"failed to launch (?:qemu|cloud-hypervisor|firecracker|dragonball|acrn)", component="runtime", proof="states", source="kata-containers runtime virtcontainers"),
        Signature(r"[Cc]ould not access KVM kernel module", component="runtime", proof="states", source="qemu; Go os"),
        Signature(r"/dev/(?:kvm|vhost-vsock|vhost-net)\\*\"?: (?:no such file or directory|[Nn]o such device|permission denied)", component="runtime", proof="states", source="Go os"),
        Signature(r"cannot create (?:sandbox|gofer) process", component="runtime", proof="states", source="gvisor runsc"),
        Signature(r"qemu-system-\S+: ", component="runtime", proof="suggests", source="kata-containers govmm"),
        Signature(r"CreateContainerRequest timed out", component="runtime", source="kata-containers agent protocol"),
        Signature(r"creating container: cannot create sandbox", component="runtime", proof="states", source="gvisor runsc"),
        Signature(r"\.toml: file /\S+ does not exist", component="runtime", source="kata-containers katautils/config.go"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox fails for that class", "そのクラスの RunPodSandbox が失敗する"), strength=0.9),
        Link("container-cannot-run", "node", Text("the container cannot be started in its guest", "ゲスト内でコンテナを起動できない"), strength=0.6),
        Link("cri-call-timeout", "node", Text("a guest that does not boot runs into the deadline", "起動しないゲストが期限に達する"), strength=0.4),
        Link("pod-stuck-creating", "node", Text("those pods wait", "該当 Pod が待たされる"), strength=0.8),
    ),
    asks=(Ask("ls -l /dev/kvm /dev/vhost-vsock; lsmod | grep -E 'kvm|vhost'; kata-runtime check; runsc --version; journalctl -t kata -n 50 --no-pager  # on {node}", Text("a missing device or module, or the hypervisor's own error", "デバイスやモジュールの欠如、またはハイパーバイザー自身のエラー"), ("runtime-handler-not-configured", "runtime-binary-missing", "snapshotter-unavailable", "cri-name-reserved-inflight", "kernel-module-missing", "node-memory-starvation", "cni-plugin-hang-or-lock"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("load the modules, or schedule the pods on nodes that can virtualise", "モジュールを読み込むか、仮想化可能なノードに配置する"), Text("none", "なし"), "modprobe -a kvm_intel kvm_amd vhost_vsock vhost_net  # on {node}", "kata-runtime check", "none"),
        Remedy("permanent", Text("modules in /etc/modules-load.d, nested virtualisation or bare metal for that pool, RuntimeClass scheduling and overhead set", "/etc/modules-load.d にモジュールを置き、該当プールはネスト仮想化かベアメタルとし、RuntimeClass の scheduling と overhead を設定する"), Text("nodes are rebuilt", "ノードの作り直しが必要"), verify="kubectl get runtimeclass -o yaml", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: rpc error: code = DeadlineExceeded desc = timed out connecting to vsock 2561841279:1024: unknown", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = CreateContainer failed: Failed to Check if grpc server is working: context deadline exceeded", reason="FailedCreatePodSandBox"),
        hit("containerd", 'failed to create shim task: failed to launch cloud-hypervisor: "Failed to connect to API (timeout 10s)": unknown'),
        hit("containerd", "qemu-system-x86_64: Could not access KVM kernel module: No such file or directory"),
        hit("containerd", "qemu-system-x86_64: -device vhost-vsock-pci: vhost-vsock: failed to open vhost device"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = CreateContainer failed: CreateContainerRequest timed out: unknown", reason="FailedCreatePodSandBox"),
        hit("containerd", "OCI runtime create failed: creating container: cannot create sandbox: cannot read client sync file: waiting for sandbox to start: EOF: unknown"),
        hit("containerd", "/usr/share/defaults/kata-containers/configuration-qemu.toml: file /usr/bin/qemu-system-x86_64 does not exist"),
        hit("containerd", "failed to create shim task: Could not create the sandbox: open /dev/kvm: no such file or directory: unknown"),
        hit("containerd", "OCI runtime create failed: creating container: cannot create gofer process: gofer: fork/exec /proc/self/exe: operation not permitted: unknown"),
        near_miss("kubelet", 'failed to get sandbox runtime: no runtime for "kata" is configured'),
        near_miss("kubelet", 'runtime "io.containerd.kata.v2" binary not installed "containerd-shim-kata-v2": file does not exist'),
    ),
    references=("https://github.com/kata-containers/kata-containers/issues/2499", "https://gvisor.dev/docs/user_guide/faq/"),
)
