"""The node's kernel is older than a program needs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kernel-too-old",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("the node's kernel is too old for the program", "ノードのカーネルがプログラムの要件に対して古すぎる"),
    summary=Text(
        "A container shares the node's kernel. An image whose libc, eBPF agent, kubelet or runtime wants a newer one fails at start on this node only, although the same image runs elsewhere.",
        "コンテナはノードのカーネルを共有する。より新しいカーネルを必要とする libc・eBPF エージェント・kubelet・ランタイムは、同じイメージが他では動いてもこのノードでは起動時に失敗する。",
    ),
    signatures=(
        Signature(r"FATAL: kernel too old", proof="states", source="glibc dl-sysdep.c"),
        Signature(r"[Mm]inimal (supported )?kernel version ?(is|:|>=)?.{0,40}(kernel version that is running|running kernel|is running)", proof="states", source="Cilium pkg/datapath/linux/probes"),
        Signature(r"kernel version \S+ is (not supported|too old|lower than)", proof="states", source="kubeadm, CNI and storage agents"),
        Signature(r"unsupported kernel release: ", component="shell", proof="states", source="kubeadm system validators"),
        Signature(r"bpf_prog_query\(BPF_CGROUP_DEVICE\) failed: (?:invalid argument|function not implemented)", component="runtime", source="runc libcontainer/cgroups/devices/ebpf_linux.go: cgroup v2 on a kernel before 4.15 or without CONFIG_CGROUP_BPF"),
        Signature(r"requires (a )?(Linux )?kernel (version )?(>=|of at least|at least|newer than|\d+\.\d+ or (newer|later|higher))", proof="suggests"),
    ),
    leads_to=(
        Link("app-error-exit", "node", Text("the program refuses to start", "プログラムが起動を拒否する"), strength=0.9),
        Link("crash-loop-back-off", "node", Text("it fails at each start on that node", "そのノードでは起動のたびに失敗する"), strength=0.8),
        Link("container-cannot-run", "node", Text("runc cannot set the device rules of cgroup v2", "runc が cgroup v2 のデバイス規則を設定できない"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("not even the pause container starts", "pause コンテナも起動できない"), strength=0.6),
        Link("cilium-agent-down", "node", Text("the agent exits at its kernel check", "エージェントがカーネル検査で終了する"), strength=0.4),
        Link("kubelet-crash-loop", "node", Text("the kubelet refuses the kernel", "kubelet がカーネルを拒否する"), strength=0.2),
    ),
    asks=(
        Ask("kubectl get nodes -o wide", Text("a KERNEL-VERSION below what the program asks for, on the failing nodes only", "失敗するノードだけ KERNEL-VERSION が要件未満"), ("kernel-module-missing", "image-arch-mismatch", "cilium-agent-down", "seccomp-blocks-syscall"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("run it on nodes with a newer kernel (nodeSelector), or an older image", "新しいカーネルのノードで動かす(nodeSelector)、または古いイメージを使う"), Text("none", "なし"), "kubectl -n {namespace} get pods -o wide", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("upgrade the kernel or the node image", "カーネルまたはノードイメージを更新する"), Text("a reboot per node", "ノードごとに再起動が必要"), "kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "uname -r  # on {node}", "disruptive"),
    ),
    examples=(
        hit("pod-log", "FATAL: kernel too old"),
        hit("pod-log", "Minimal kernel version is 5.4.0; kernel version that is running is: 3.10.0"),
        hit("pod-log", "kernel version 3.10.0-1160 is not supported"),
        hit("containerd", "runc create failed: unable to start container process: error during container init: error setting cgroup config for procHooks process: bpf_prog_query(BPF_CGROUP_DEVICE) failed: invalid argument: unknown"),
        near_miss("containerd", "failed to add device rules: unable to find any existing device filters attached to the cgroup: bpf_prog_query(BPF_CGROUP_DEVICE) failed: operation not permitted"),
        hit("shell", "[ERROR SystemVerification]: unsupported kernel release: 3.8.0"),
        hit("pod-log", "this feature requires Linux kernel 5.10 or newer"),
        near_miss("kernel", "Linux version 5.15.0-91-generic (buildd@lcy02)"),
        near_miss("pod-log", "exec format error"),
    ),
    versions="RHEL/CentOS 7 (3.10) above all",
    references=("https://kubernetes.io/docs/reference/node/kernel-version-requirements/", "https://docs.cilium.io/en/stable/operations/system_requirements/"),
)
