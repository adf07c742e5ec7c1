"""kubelet and runtime name cgroups in two different ways."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cgroup-driver-mismatch-path-format",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("kubelet and runtime use different cgroup drivers: the runtime refuses the cgroup path", "kubelet とランタイムの cgroup ドライバーが異なり、ランタイムが cgroup パスを拒否する"),
    summary=Text(
        "The runtime works with the systemd driver and the kubelet hands it cgroupfs paths (/kubepods/...), or CRI-O and the kubelet disagree the other way round. Every container is refused when it is created, with a message that says so.",
        "ランタイムは systemd ドライバーなのに kubelet が cgroupfs 形式のパス(/kubepods/...)を渡している、または CRI-O でその逆である。すべてのコンテナが作成時に、その旨のメッセージで拒否される。",
    ),
    signatures=(
        Signature(r"expected cgroupsPath to be of format ", component="runtime", proof="states", source="runc libcontainer/specconv"),
        Signature(r"cri-o configured with (?:systemd|cgroupfs) cgroup manager, but (?:did not receive sl?i?c?e?(?: as parent|$)|received systemd slice as parent)", component="runtime", proof="states", source="cri-o internal/config/cgmgr"),
        Signature(r"cgroup-parent for systemd cgroup should be a valid slice named as ", component="runtime", proof="states", source="moby daemon/daemon_unix.go"),
        Signature(r"invalid group path: /kubepods", component="runtime", proof="states", source="containerd/cgroups v2 systemd path check"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the pause container is refused", "pause コンテナが拒否される"), strength=0.95),
        Link("container-cannot-run", "node", Text("every container is refused", "すべてのコンテナが拒否される"), strength=0.8),
        Link("pod-stuck-creating", "node", Text("all pods of the node wait", "ノード上の全 Pod が待たされる"), strength=0.9),
        Link("apiserver-unavailable", "cluster", Text("on a control-plane node the static pods are refused too", "コントロールプレーンでは static Pod も拒否される"), strength=0.5),
    ),
    asks=(
        Ask("containerd config dump | grep -n SystemdCgroup; crio config 2>/dev/null | grep cgroup_manager; grep cgroupDriver /var/lib/kubelet/config.yaml  # on {node}", Text("two different drivers", "ドライバーが食い違っている"),
            ("cgroup-driver-mismatch-cgroupv2", "kubelet-cgroup-driver-config-error", "runtime-cgroup-version-unsupported"), "kubelet-config"),
    ),
    remedies=(
        Remedy("temporary", Text("set the kubelet to systemd (or the runtime to cgroupfs) and restart both", "kubelet を systemd に(またはランタイムを cgroupfs に)合わせ、両方を再起動する"), Text("the node's pods are made anew", "ノード上の Pod が作り直される"),
               "sed -i 's/^cgroupDriver: .*/cgroupDriver: systemd/' /var/lib/kubelet/config.yaml && systemctl restart containerd kubelet  # on {node}", "kubectl get pods -A -o wide | grep {node}", "restart"),
        Remedy("permanent", Text("one driver on both sides in kubeadm's KubeletConfiguration and in the node image; systemd on cgroup v2", "kubeadm の KubeletConfiguration とノードイメージで同じドライバーに統一する(cgroup v2 では systemd)"), Text("change it on drained nodes", "drain したノードで変更する"), verify="crictl info | grep -i cgroup", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = cri-o configured with systemd cgroup manager, but did not receive sli"),
        near_miss("crio", "cri-o configured with systemd cgroup manager"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/burstable/pod0b6d/9f1c" instead: unknown', reason="FailedCreatePodSandBox"),
        hit("crio", "cri-o configured with systemd cgroup manager, but did not receive slice as parent: /kubepods/besteffort/pod0b6d"),
        hit("dockerd", 'Handler for POST /v1.38/containers/create returned error: cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice"'),
        hit("containerd", "failed to create shim task: invalid group path: /kubepods/burstable/pod0b6d"),
        near_miss("kubelet", 'misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"'),
        near_miss("containerd", "cgroups: cgroup mountpoint does not exist: unknown"),
    ),
    references=("https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/configure-cgroup-driver/", "https://github.com/cri-o/cri-o/blob/main/internal/config/cgmgr/cgmgr_linux.go"),
)
