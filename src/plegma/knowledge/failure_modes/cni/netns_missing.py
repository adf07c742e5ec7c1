"""The network namespace that the plugin should configure is not there."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="netns-missing",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("the pod's network namespace is gone or not visible", "Pod の network namespace がない、または見えない"),
    summary=Text(
        "The path /proc/PID/ns/net or /var/run/netns/cni-... does not exist or is an ordinary file: the pause process ended before or while the plugin ran, somebody cleaned /var/run/netns, or an agent in a container does not see the host's mounts there (propagation). If pods of one node fail all the time it is the mount; single ones are races with deletion.",
        "/proc/PID/ns/net や /var/run/netns/cni-... が存在しない、またはただのファイルになっている。プラグイン実行前・実行中に pause プロセスが終了した、/var/run/netns が掃除された、コンテナ内のエージェントからホストのマウントが見えない(propagation)のいずれか。ノード全体で続くならマウント、単発なら削除との競合である。",
    ),
    signatures=(
        Signature(r"(?:set up|setup|add(?:ing)?|attach|open(?:ing)?)\b.{0,300}failed to Statfs \\*\"[^ ]*/proc/(?:\d+|self)/ns/net", component="cni", source="containernetworking/plugins pkg/ns"),
        Signature(r"(?:set up|setup|add(?:ing)?|attach|open(?:ing)?)\b.{0,300}: failed to Statfs \\*\"[^ ]*/netns/", component="cni", source="containernetworking/plugins pkg/ns"),
        Signature(r"failed to Statfs \\*\"[^ ]*/proc/(?:\d+|self)/ns/net", component="cni", proof="suggests", source="the same without its context"),
        Signature(r"(?:network|netns|plugin|cni|CNI|interface|teardown|tear down).{0,300}failed to Statfs \\*\"[^ ]*/netns/", component="cni", proof="suggests", source="DEL of a namespace that is gone"),
        Signature(r"^failed to Statfs \\*\"[^ ]*/netns/", component="cni", proof="suggests", source="the same without its context"),
        Signature(r"unknown FS magic on ", component="cni", proof="states", source="containernetworking/plugins pkg/ns: not a namespace file"),
        Signature(r"Peer netns reference is invalid", component="shell", source="iproute2 ip netns"),
        Signature(r"failed to open netns ", component="cni", proof="suggests", source="containernetworking/plugins"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("the plugin has no namespace to put the interface into", "インターフェースを入れる namespace がない"), strength=0.9),
        Link("sandbox-kill-failing", "pod", Text("DEL cannot open the namespace", "DEL が namespace を開けない"), strength=0.4),
    ),
    asks=(
        Ask("crictl pods --name {pod}; ls -l /var/run/netns; grep netns /proc/1/mountinfo | wc -l; dmesg -T | grep -iE 'oom|killed process'",
            Text("the sandbox's pause process is dead (OOM?), or files in /var/run/netns that are not mounts (size 0, mode 000)",
                 "pause プロセスが死んでいる(OOM など)、または /var/run/netns のファイルがマウントされていない(サイズ 0、モード 000)"),
            ("pause-container-dead", "netns-mount-failure", "ovn-port-not-wired", "cgroup-driver-mismatch-cgroupv2"), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete the pod so that a new sandbox is made; restart an agent that has a stale view of /var/run/netns.", "Pod を削除して新しい PodSandbox を作らせる。/var/run/netns の見え方が古いエージェントは再起動する。"),
               Text("the pod restarts", "Pod が再起動する"), command="kubectl -n {namespace} delete pod {pod}", verify="kubectl -n {namespace} get pods -o wide"),
        Remedy("permanent", Text("Mount /var/run/netns into the agent with HostToContainer propagation, no clean-up jobs on /var/run/netns, find what kills the pause process.",
                                 "エージェントに /var/run/netns を HostToContainer で mount し、/var/run/netns を掃除するジョブを止め、pause を終了させている原因を除く。"),
               Text("rolling restart of the agent", "エージェントのローリング再起動"), verify="grep netns /proc/1/mountinfo | wc -l"),
    ),
    examples=(
        hit("kubelet", 'NetworkPlugin cni failed to set up pod "job-7_batch" network: failed to Statfs "/proc/41231/ns/net": no such file or directory'),
        hit("k8s-event", 'failed to setup network for sandbox "ee01": failed to open netns "/var/run/netns/cni-0a1b": failed to Statfs "/var/run/netns/cni-0a1b": no such file or directory', reason="FailedCreatePodSandBox"),
        hit("crio", 'could not open netns "/var/run/netns/11cb": unknown FS magic on "/var/run/netns/11cb": 1021994'),
        hit("shell", "Error: Peer netns reference is invalid."),
        hit("cni", 'failed to Statfs "/var/run/netns/cni-0a1b": no such file or directory'),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "job-7_batch" network: failed to Statfs "/var/run/netns/cni-0a1b": no such file or directory'),
        near_miss("kubelet", 'networkPlugin cni failed to set up pod "job-7_batch" network: failed to open current namespace: failed to Statfs "/proc/4123/task/4130/ns/net": no such file or directory'),
        near_miss("crio", 'Could not restore sandbox ee01: failed to Statfs "/var/run/netns/11cb": no such file or directory'),
        near_miss("kubelet", "CNI failed to retrieve network namespace path: cannot find network namespace for the terminated container \"ee01\""),
        near_miss("containerd", 'failed to create network namespace for sandbox "ee01": failed to bind mount ns at /var/run/netns/cni-0a1b: invalid argument'),
        near_miss("kubelet", "statfs /var/lib/kubelet/pods/0b/volumes: no such file or directory"),
    ),
    versions="all",
    references=("https://github.com/kubernetes/kubernetes/issues/72044", "https://github.com/containerd/containerd/issues/5714", "https://github.com/openshift/cluster-network-operator/pull/696"),
)
