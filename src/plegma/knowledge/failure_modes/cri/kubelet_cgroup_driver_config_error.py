"""The kubelet refuses to start: its cgroup driver differs from Docker's."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-cgroup-driver-config-error",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("the kubelet's cgroup driver differs from Docker's, so the kubelet exits", "kubelet と Docker の cgroup ドライバーが異なり、kubelet が終了する"),
    summary=Text(
        "With dockershim the kubelet compares its own cgroup driver with what 'docker info' reports and exits when they differ. Typical: daemon.json says systemd, but docker was not restarted, or the kubelet's configuration was changed by an upgrade.",
        "dockershim の kubelet は自身の cgroup ドライバーを docker info の値と比べ、異なれば終了する。典型例は、daemon.json に systemd と書いたが Docker を再起動していない、またはアップグレードで kubelet の設定が変わった場合である。",
    ),
    signatures=(
        Signature(r"misconfiguration: kubelet cgroup driver: ", component="any", proof="states", source="pkg/kubelet/dockershim/docker_service.go"),
        Signature(r"is different from docker cgroup driver", component="any", proof="states", source="pkg/kubelet/dockershim/docker_service.go"),
        Signature(r"failed to create kubelet: misconfigurat", component="kubelet", proof="states", source="the same, cut by systemctl status"),
        Signature(r"detected \\*\"cgroupfs\\*\" as the Docker cgroup driver", component="shell", proof="suggests", source="kubeadm preflight"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the kubelet exits at each start", "kubelet が起動のたびに終了する"), strength=0.95),
        Link("node-status-unknown", "node", Text("no kubelet, no status", "kubelet がないため状態が送られない"), strength=0.7),
        Link("apiserver-unavailable", "cluster", Text("on a control-plane node the static pods are not run", "コントロールプレーンでは static Pod が起動されない"), strength=0.4),
    ),
    asks=(
        Ask("docker info -f '{{{{.CgroupDriver}}}}'; grep -n cgroupDriver /var/lib/kubelet/config.yaml; cat /etc/docker/daemon.json  # on {node}",
            Text("two different drivers; daemon.json that docker has not loaded", "ドライバーが 2 つ食い違っている。Docker が読み込んでいない daemon.json"),
            ("cgroup-driver-mismatch-cgroupv2", "cgroup-driver-mismatch-path-format", "kubelet-not-bootstrapped", "kubelet-swap-on"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("restart docker so that its daemon.json is in force, then the kubelet", "Docker を再起動して daemon.json を反映し、kubelet を起動する"),
               Text("without live-restore all containers of the node are restarted", "live-restore でなければノード上の全コンテナが再起動する"), "systemctl daemon-reload; systemctl restart docker kubelet  # on {node}", "docker info -f '{{{{.CgroupDriver}}}}'; systemctl is-active kubelet", "disruptive"),
        Remedy("permanent", Text("one driver (systemd) in daemon.json and in KubeletConfiguration.cgroupDriver, in the node image", "daemon.json と KubeletConfiguration.cgroupDriver を同じドライバー(systemd)に統一し、ノードイメージに入れる"),
               Text("change it on a drained node: running pods lose their cgroups", "稼働中の Pod の cgroup が変わるため、drain したノードで変更する"), verify="grep cgroupDriver /var/lib/kubelet/config.yaml", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", 'failed to run Kubelet: failed to create kubelet: misconfiguration: kubelet cgroup driver: "cgroupfs" is different from docker cgroup driver: "systemd"'),
        hit("kubelet", r'"Failed to run kubelet" err="failed to run Kubelet: misconfiguration: kubelet cgroup driver: \"systemd\" is different from docker cgroup driver: \"cgroupfs\""'),
        hit("kubelet", 'server.go:262] failed to run Kubelet: failed to create kubelet: misconfigurati...ystemd"'),
        hit("shell", '[WARNING IsDockerSystemdCheck]: detected "cgroupfs" as the Docker cgroup driver. The recommended driver is "systemd".'),
        near_miss("kubelet", '"CRI implementation should be updated to support RuntimeConfig when KubeletCgroupDriverFromCRI feature gate has been enabled. Falling back to using cgroupDriver from kubelet config."'),
        near_miss("kubelet", 'expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups'),
        near_miss("kubelet", "Hairpin mode set to \"promiscuous-bridge\" but kubenet is not enabled"),
    ),
    versions="kubelet with dockershim, to v1.23",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/configure-cgroup-driver/", "https://github.com/kubernetes/kubeadm/issues/2066"),
)
