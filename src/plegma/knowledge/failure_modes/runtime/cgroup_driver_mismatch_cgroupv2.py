"""runc uses cgroupfs while the kubelet uses systemd, on cgroup v2."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cgroup-driver-mismatch-cgroupv2",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd uses the cgroupfs driver while the kubelet uses systemd (cgroup v2)", "cgroup v2 で、containerd は cgroupfs、kubelet は systemd ドライバーを使っている"),
    summary=Text(
        "With SystemdCgroup=false (containerd's default) runc makes cgroups behind systemd's back. systemd, which owns the tree that the kubelet made through it, tidies them away: containers of all pods, static pods first, end with exit code 0, 2 or 137 every few minutes, the sandbox is made anew, and no runtime error is logged.",
        "SystemdCgroup=false(containerd の既定)では runc が systemd を介さずに cgroup を作る。kubelet が systemd 経由で作ったツリーを管理する systemd がそれを片付けるため、static Pod をはじめ全 Pod のコンテナが数分おきに終了コード 0・2・137 で終わり、sandbox が作り直される。ランタイムのエラーは出ない。",
    ),
    signatures=(
        Signature(r"^Pod sandbox changed, it will be killed and re-created", component="kubelet", reason="SandboxChanged", proof="suggests", at_least=3, source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"\bSystemdCgroup(?: =|\":) false", proof="suggests", source="containerd config.toml or crictl info, as a grep shows it"),
    ),
    states=(
        StateTest("Config", {"file": r"config\.toml", "key": r"SystemdCgroup$", "value": r"(?i)^false"}, proof="suggests"),
        StateTest("Pod", {"pod": r"^(?:etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kube-proxy|coredns)-", "restarts": ">=3"}, proof="suggests", at_least=4),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "node", Text("etcd and kube-apiserver are killed with their cgroups every few minutes", "etcd や kube-apiserver が数分おきに cgroup ごと終了させられる"), strength=0.9),
        Link("sandbox-changed-loop", "node", Text("the pause container is killed, so the sandbox is made anew", "pause コンテナが終了させられ sandbox が作り直される"), strength=0.8),
        Link("container-restarting", "node", Text("each new sandbox restarts all containers", "sandbox のたびに全コンテナが再起動する"), strength=0.9),
        Link("crash-loop-back-off", "node", Text("containers that end every few minutes go into back-off", "数分おきに終了するコンテナがバックオフに入る"), strength=0.8),
        Link("exit-137", "node", Text("the processes are killed", "プロセスが終了させられる"), strength=0.6),
        Link("apiserver-unavailable", "cluster", Text("connection refused on :6443 between the restarts", "再起動の間、:6443 が接続を拒否する"), strength=0.7),
        Link("kube-proxy-down", "node", Text("kube-proxy is killed like everything else", "kube-proxy も他と同様に終了させられる"), strength=0.4),
        Link("coredns-down", "node", Text("CoreDNS is killed like everything else, or never gets its network", "CoreDNS も他と同様に終了させられる、またはネットワークを得られない"), strength=0.4),
        Link("pause-container-dead", "node", Text("systemd takes the pause container's cgroup", "systemd が pause コンテナの cgroup を片付ける"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("sandboxes fail to be created, with an error of their own: the change comes from there", "sandbox の作成が独自のエラーで失敗しており、変化はそこから来ている"), mode="sandbox-creation-failing", weight=0.5),
        Refutation(Text("containers die of their memory limit", "コンテナはメモリ上限で終了している"), mode="app-oomkilled", weight=0.3),
        Refutation(Text("etcd's disk is slow: the control plane restarts for want of its lease", "etcd のディスクが遅く、コントロールプレーンはリース喪失で再起動している"), mode="etcd-slow-disk", weight=0.4),
        Refutation(Text("the control plane's certificates are expired", "コントロールプレーンの証明書が期限切れである"), mode="control-plane-cert-expired", weight=0.6),
        Refutation(Text("the node runs on Docker: its driver is checked by the kubelet at start", "ノードは Docker で動いており、ドライバーは kubelet が起動時に検査する"), state=StateTest("Node", {"runtime": r"^docker"}), weight=0.7),
    ),
    asks=(
        Ask("stat -fc %T /sys/fs/cgroup; containerd config dump | grep -n SystemdCgroup; grep cgroupDriver /var/lib/kubelet/config.yaml  # on {node}",
            Text("cgroup2fs, SystemdCgroup = false and cgroupDriver: systemd", "cgroup2fs で SystemdCgroup = false、かつ cgroupDriver: systemd"),
            ("pause-container-dead", "etcd-slow-disk", "control-plane-cert-expired", "liveness-probe-kill", "node-memory-starvation", "cgroup-driver-mismatch-path-format", "node-rebooted"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("set SystemdCgroup = true and restart containerd and kubelet", "SystemdCgroup = true にして containerd と kubelet を再起動する"), Text("the node's pods are made anew once", "ノード上の Pod が一度作り直される"),
               "sed -i 's/SystemdCgroup = false/SystemdCgroup = true/' /etc/containerd/config.toml && systemctl restart containerd kubelet  # on {node}; if the file has no such key, write 'containerd config default' to it first",
               "containerd config dump | grep SystemdCgroup; kubectl -n kube-system get pods", "restart"),
        Remedy("permanent", Text("the same setting in the node image; from Kubernetes 1.28 on (KubeletCgroupDriverFromCRI, containerd 2.0) the kubelet takes the driver from the runtime", "ノードイメージに同じ設定を入れる。Kubernetes 1.28 以降(KubeletCgroupDriverFromCRI、containerd 2.0)では kubelet がランタイムの設定に従う"),
               Text("none", "なし"), verify="crictl info | grep -i systemdCgroup", risk_level="none"),
    ),
    examples=(
        hit("shell", "125:            SystemdCgroup = false"),
        hit("shell", '"SystemdCgroup": false'),
        near_miss("shell", "125:            SystemdCgroup = true"),
        near_miss("shell", '"systemdCgroup": false,'),
        hit("k8s-event", "Pod sandbox changed, it will be killed and re-created.", reason="SandboxChanged", count=41),
        near_miss("k8s-event", "Pod sandbox changed, it will be killed and re-created.", reason="SandboxChanged", count=1),
        near_miss("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox", reason="FailedCreatePodSandBox", count=41),
        near_miss("kubelet", 'misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"'),
    ),
    state_examples=(
        StateExample("Config", {"file": "/etc/containerd/config.toml", "key": "SystemdCgroup", "value": "false"}, True),
        StateExample("Config", {"file": "/etc/containerd/config.toml", "key": "SystemdCgroup", "value": "true"}, False),
        StateExample("Pod", {"pod": "etcd-cp1", "restarts": 18, "status": "Running"}, True),
        StateExample("Pod", {"pod": "web-5d8f-x2x9q", "restarts": 18, "status": "Running"}, False),
    ),
    versions="containerd (SystemdCgroup=false by default) with kubelet cgroupDriver systemd (kubeadm's default from 1.22 on)",
    references=("https://kubernetes.io/docs/setup/production-environment/container-runtimes/#containerd-systemd", "https://github.com/kubernetes/kubernetes/issues/117293"),
    abductive=True,
)
