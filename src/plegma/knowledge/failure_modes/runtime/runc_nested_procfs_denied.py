"""The hardened procfs handling of runc is refused by the container that the node itself runs in."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runc-nested-procfs-denied",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("runc's safe procfs access is refused on a nested node (LXC, container in container)", "入れ子のノード(LXC など)で runc の procfs アクセスが拒否される"),
    summary=Text("Since the fixes of November 2025 (CVE-2025-52881; runc 1.2.8, 1.3.3, 1.4.0-rc.3) runc opens /proc through a detached mount. Where the node is itself an LXC or other container, its AppArmor profile, seccomp filter or kernel refuses that, and no container starts after the package update.",
                 "2025 年 11 月の修正(CVE-2025-52881。runc 1.2.8・1.3.3・1.4.0-rc.3)以降、runc は切り離したマウント経由で /proc を開く。ノード自体が LXC などのコンテナの場合、その AppArmor プロファイル、seccomp、カーネルに拒否され、パッケージ更新後にコンテナが一切起動しなくなる。"),
    signatures=(
        Signature(r"unsafe procfs detected", component="runtime", proof="states", source="runc internal/pathrs, filepath-securejoin"),
        Signature(r"open sysctl \S+ file: reopen fd \d+: permission denied", component="runtime", proof="states", source="runc libcontainer"),
        Signature(r"reopen fd \d+: (?:permission denied|operation not permitted)", component="runtime", source="filepath-securejoin"),
        Signature(r"openat2 fsmount:fscontext:proc", component="runtime", source="filepath-securejoin"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("not even the pause container starts", "pause コンテナも起動しない"), strength=0.9),
        Link("container-cannot-run", "node", Text("no container starts", "コンテナが起動しない"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("all new pods wait", "新しい Pod がすべて待たされる"), strength=0.8),
    ),
    asks=(Ask("systemd-detect-virt -c; runc --version; zgrep -hE 'runc|containerd' /var/log/dpkg.log* | tail -5  # on {node}", Text("lxc (or docker), and a runc that was updated just before", "lxc(または docker)であり、直前に runc が更新されている"), ("selinux-denial", "apparmor-blocks-kill", "runtime-binary-broken", "seccomp-blocks-syscall"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("go back to the previous runc package", "以前の runc パッケージに戻す"), Text("without the fix containers can escape: only for trusted workloads", "修正がないとコンテナ脱出の恐れがある。信頼できるワークロードに限る"), "apt-get install --allow-downgrades containerd.io=1.7.28-1*  # or runc, on {node}", "crictl info >/dev/null && kubectl get pods -A -o wide | grep {node}", "disruptive"),
        Remedy("permanent", Text("update the host (LXC, Proxmox, Incus, AppArmor profiles that allow it) or run nodes in virtual machines", "ホスト側(LXC・Proxmox・Incus と AppArmor プロファイル)を更新するか、ノードを仮想マシンで動かす"), Text("host maintenance", "ホストのメンテナンスが必要"), verify="runc --version", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: unsafe procfs detected: openat2 fsmount:fscontext:proc/self/setgroups: operation not permitted: unknown", reason="FailedCreatePodSandBox"),
        hit("containerd", "unable to start container process: error during container init: open sysctl net.ipv4.ip_unprivileged_port_start file: reopen fd 8: permission denied: unknown"),
        near_miss("containerd", "error during container init: error mounting \"proc\" to rootfs at \"/proc\": mount src=proc, dst=/proc: operation not permitted: unknown"),
    ),
    versions="runc 1.2.8, 1.3.3, 1.4.0-rc.3 and later on nested hosts",
    references=("https://github.com/opencontainers/runc/issues/4968", "https://github.com/containerd/containerd/issues/12484"),
)
