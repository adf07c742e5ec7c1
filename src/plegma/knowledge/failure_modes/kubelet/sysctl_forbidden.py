"""The pod asks for a sysctl that the kubelet or the kernel does not allow it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sysctl-forbidden",
    layer="kubelet",
    role="cause",
    subject="Pod",
    title=Text("the pod's sysctl is not allowed on the node", "Pod が指定した sysctl がノードで許可されていない"),
    summary=Text(
        "securityContext.sysctls names an unsafe sysctl that the kubelet's allowedUnsafeSysctls does not list, or one that cannot be set per pod (not namespaced, or the pod uses hostNetwork or hostIPC), or that the node's kernel does not have. The kubelet rejects the pod (status SysctlForbidden, for ever), or runc cannot write it.",
        "securityContext.sysctls に、kubelet の allowedUnsafeSysctls にない unsafe な sysctl、Pod 単位で設定できないもの(名前空間非対応、または hostNetwork・hostIPC の Pod)、ノードのカーネルにないものが指定されている。kubelet が Pod を拒否する(SysctlForbidden のまま残る)か、runc が書き込めない。",
    ),
    signatures=(
        Signature(r"forbidden sysctl: ", component="kubelet", proof="states", source="pkg/kubelet/sysctl/allowlist.go"),
        Signature(r"", component="kubelet", reason=r"SysctlForbidden", proof="states", source="pkg/kubelet/sysctl/allowlist.go"),
        Signature(r"sysctl \\*\"[\w.]+\\*\" (is not in a separate kernel namespace|not allowed in host network namespace)", component="runtime", proof="states", source="runc libcontainer/configs/validate"),
        Signature(r"write sysctl key [\w./]+: ", component="runtime", proof="states", source="runc libcontainer/standard_init_linux.go"),
        Signature(r"open /proc/sys/(net|kernel|fs|vm)/\S+: (no such file or directory|permission denied)", component="runtime", reason=r"Failed|FailedCreatePodSandBox|StartError|RunContainerError", proof="shows", source="runc: the sysctl is unknown to this kernel or namespace"),
    ),
    states=(StateTest("Pod", {"status": r"^SysctlForbidden$"}, proof="states"), StateTest("Pod", {"reason": r"^SysctlForbidden$"}, proof="states")),
    leads_to=(
        Link("pod-rejected", "pod", Text("the kubelet refuses the pod at admission; a controller makes another, which is refused too", "kubelet が受け入れ時に拒否し、コントローラーが作り直した Pod も拒否され続ける"), strength=0.9),
        Link("container-cannot-run", "pod", Text("runc refuses the sysctl when it makes the container", "runc がコンテナ作成時に sysctl を拒否する"), strength=0.5),
        Link("sandbox-creation-failing", "pod", Text("runc cannot write the sysctl into the sandbox's namespaces", "runc が sandbox の名前空間に sysctl を書き込めない"), strength=0.6),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{{.spec.securityContext.sysctls}} {{.spec.hostNetwork}}'; kubectl get --raw /api/v1/nodes/{node}/proxy/configz | grep -o allowedUnsafeSysctls.[^]]*",
            Text("a sysctl outside the safe set that the node's list lacks", "安全な一覧にもノードの許可一覧にもない sysctl"), ("kernel-module-missing", "apparmor-profile-not-loaded", "pod-spec-invalid"), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("allow it on the nodes that should run it, and delete the rejected pods", "実行させるノードで許可し、拒否された Pod を削除する"), Text("the kubelet restarts; unsafe sysctls can disturb other pods", "kubelet の再起動が必要。unsafe な sysctl は他の Pod に影響することがある"),
               "kubectl -n {namespace} delete pods --field-selector status.phase=Failed  # after allowedUnsafeSysctls was set in the kubelet's configuration", "kubectl -n {namespace} get pods", "restart"),
        Remedy("permanent", Text("keep such nodes apart (taint and label), or set node-wide values on the node itself (sysctl.d) instead of in the pod", "対象ノードを taint・label で分ける。またはノード全体の値は Pod ではなくノード側(sysctl.d)で設定する"), Text("none", "なし"), "", "kubectl -n {namespace} get pods", "none"),
    ),
    examples=(
        hit("status", 'forbidden sysctl: "net.core.somaxconn" not allowlisted', reason="SysctlForbidden"),
        hit("kubelet", 'forbidden sysctl: "net.core.somaxconn" not whitelisted'),
        hit("status", 'Pod was rejected', reason="SysctlForbidden"),
        hit("containerd", 'OCI runtime create failed: runc create failed: sysctl "vm.max_map_count" is not in a separate kernel namespace: unknown'),
        hit("containerd", "OCI runtime create failed: container init caused: write sysctl key net.ipv4.tcp_tw_recycle: open /proc/sys/net/ipv4/tcp_tw_recycle: no such file or directory: unknown"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = open /proc/sys/net/ipv4/tcp_tw_recycle: no such file or directory", reason="FailedCreatePodSandBox"),
        near_miss("kubelet", "stat /proc/sys/net/bridge/bridge-nf-call-iptables: no such file or directory"),
        near_miss("pod-log", "sysctl: setting key \"vm.max_map_count\": Read-only file system"),
        near_miss("status", 'Cannot enforce AppArmor: profile "x" is not loaded', reason="AppArmor"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "SysctlForbidden", "ready": "0/1"}, True),
        StateExample("Pod", {"reason": "SysctlForbidden", "phase": "Failed"}, True),
        StateExample("Pod", {"status": "Pending"}, False),
    ),
    versions="all; \"not whitelisted\" to 1.21, \"not allowlisted\" from 1.22 on",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/", "https://github.com/kubernetes/kubernetes/pull/102298"),
)
