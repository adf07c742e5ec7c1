"""The runtime cannot create or pin a new network namespace."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="netns-mount-failure",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("a new network namespace cannot be created", "新しい network namespace を作成できない"),
    summary=Text(
        "Before any plugin is called the runtime unshares a namespace and bind-mounts it under /var/run/netns; that fails: limit of namespaces (user.max_net_namespaces) or mounts (fs.mount-max) reached by leaked sandboxes, /run full or read-only, wrong mount propagation, missing privileges.",
        "プラグインを呼ぶ前にランタイムが namespace を作り /var/run/netns に bind mount する段階で失敗する。残骸の PodSandbox による namespace 数(user.max_net_namespaces)やマウント数(fs.mount-max)の上限到達、/run の満杯や読み取り専用、propagation の誤り、権限不足が原因。",
    ),
    signatures=(
        Signature(r"failed to create network namespace for sandbox", component="runtime", source="containerd sandbox_run.go"),
        Signature(r"failed to (?:bind )?mount ns at ", component="runtime", source="containerd pkg/netns"),
        Signature(r"failed to pin namespaces", component="runtime", source="cri-o pinns"),
        Signature(r"[Ff]ailed to unshare namespaces: ", component="runtime", source="cri-o pinns"),
        Signature(r"failed to create (?:new )?(?:network )?namespace: ", component="runtime", source="containernetworking/plugins testutils/ns used by runtimes"),
    ),
    states=(StateTest("Sysctl", {"key": r"^user\.max_net_namespaces$", "value": "<=16"}, proof="shows"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox stops before the plugin is called", "プラグインを呼ぶ前に RunPodSandbox が失敗する"), strength=0.95),
        Link("cni-plugin-hang-or-lock", "node", Text("a mount that blocks holds the sandbox", "mount のブロックにより PodSandbox が止まる"), strength=0.2),
    ),
    asks=(
        Ask("sysctl user.max_net_namespaces fs.mount-max; ls /var/run/netns | wc -l; wc -l /proc/self/mountinfo; df -h /run",
            Text("as many namespaces or mounts as the limit allows, or /run full", "namespace 数やマウント数が上限に達している、または /run が満杯"),
            ("run-tmpfs-full", "netns-missing", "kernel-netdev-refcount-leak", "node-filesystem-readonly"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Raise the limit, free /run, remove NotReady sandboxes.", "上限を引き上げ、/run を空け、NotReady の PodSandbox を削除する。"), Text("none for running pods", "稼働中の Pod には影響しない"),
               command="sysctl -w user.max_net_namespaces=65536 && crictl rmp $(crictl pods --state NotReady -q)", verify="ls /var/run/netns | wc -l"),
        Remedy("permanent", Text("Persist the sysctl, find what leaks sandboxes (failing DELs, CronJobs), larger /run.", "sysctl を永続化し、PodSandbox の残る原因(DEL の失敗、CronJob)を除き、/run を広げる。"), Text("none", "なし"),
               verify="sysctl user.max_net_namespaces", risk_level="none"),
    ),
    examples=(
        hit("containerd", 'RunPodSandbox failed, error: failed to create network namespace for sandbox "ee01": failed to create namespace: failed to bind mount ns at /var/run/netns/cni-0a1b: invalid argument'),
        hit("crio", "failed to pin namespaces [net ipc uts]: [pinns:e]: Failed to unshare namespaces: No space left on device: exit status 1"),
        hit("containerd", "failed to create new namespace: operation not permitted"),
        near_miss("containerd", 'failed to setup network for sandbox "ee01": failed to open netns "/var/run/netns/cni-0a1b": failed to Statfs "/var/run/netns/cni-0a1b": no such file or directory'),
        near_miss("kernel", "unregister_netdevice: waiting for lo to become free. Usage count = 1"),
    ),
    state_examples=(
        StateExample("Sysctl", {"key": "user.max_net_namespaces", "value": "0"}, True),
        StateExample("Sysctl", {"key": "user.max_net_namespaces", "value": "127235"}, False),
    ),
    versions="all; RHEL 7 had user.max_net_namespaces hardened to 0 by some guides",
    references=("https://github.com/containerd/containerd/blob/main/pkg/netns/netns_linux.go", "https://github.com/containerd/containerd/issues/12438"),
)
