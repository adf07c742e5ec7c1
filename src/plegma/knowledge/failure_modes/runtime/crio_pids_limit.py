"""CRI-O's own pids limit per container is reached."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crio-pids-limit",
    layer="runtime",
    role="cause",
    subject="Pod",
    title=Text("a container reached CRI-O's pids_limit", "コンテナが CRI-O の pids_limit に達した"),
    summary=Text("CRI-O sets a limit of processes and threads for each container (pids_limit, 1024 by default in OpenShift 3.11 to 4.10), below and apart from the kubelet's podPidsLimit. A thread-heavy application cannot fork or start threads although the node and the pod have room.",
                 "CRI-O は kubelet の podPidsLimit とは別に、コンテナごとのプロセス・スレッド数の上限(pids_limit。OpenShift 3.11〜4.10 では既定 1024)を設定する。ノードや Pod に余裕があっても、スレッドの多いアプリケーションが fork やスレッド作成に失敗する。"),
    signatures=(
        Signature(r"cgroup: fork rejected by pids controller in \S*crio-[0-9a-f]+(?:\.scope)?", component="kernel", proof="states", source="kernel/cgroup/pids.c; the scope is CRI-O's"),
    ),
    states=(StateTest("Config", {"file": r"crio", "key": r"pids_limit$", "value": r"^(?:[1-9]\d{0,2}|1\d{3})$"}, proof="suggests"),),
    leads_to=(
        Link("app-error-exit", "pod", Text("the application exits when it cannot start a thread", "スレッドを作れずアプリケーションが終了する"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("it fails again at each peak", "負荷のたびに再び失敗する"), strength=0.5),
        Link("probe-failing", "pod", Text("exec probes cannot fork in the container", "exec プローブがコンテナ内で fork できない"), strength=0.6),
        Link("pid-exhaustion", "pod", Text("fork and clone answer EAGAIN in that container", "そのコンテナで fork・clone が EAGAIN を返す"), strength=0.8),
    ),
    asks=(Ask("grep -rn pids_limit /etc/crio/; cat /sys/fs/cgroup/kubepods.slice/*/*{pod_uid}*/crio-*/pids.max  # on {node}; in the pod: cat /sys/fs/cgroup/pids.current", Text("pids.max of the container's scope is 1024 or so and pids.current at it", "コンテナの scope の pids.max が 1024 程度で、pids.current がそこに達している"), ("pid-exhaustion", "seccomp-blocks-syscall", "zombie-processes"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("raise pids_limit in a drop-in of CRI-O and restart it", "CRI-O のドロップインで pids_limit を上げて再起動する"), Text("only containers made afterwards have it", "その後に作られたコンテナにのみ適用される"), "printf '[crio.runtime]\\npids_limit = -1\\n' >/etc/crio/crio.conf.d/10-pids.conf && systemctl restart crio  # on {node}", "crio config | grep pids_limit", "restart"),
        Remedy("permanent", Text("leave pids_limit at -1 or 0 and use the kubelet's podPidsLimit; give the application a bounded thread pool", "pids_limit は -1 か 0 とし、kubelet の podPidsLimit を使う。アプリケーションのスレッドプールに上限を設ける"), Text("none", "なし"), verify="dmesg | grep -c 'fork rejected'", risk_level="none"),
    ),
    examples=(
        hit("kernel", "cgroup: fork rejected by pids controller in /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0b6d.slice/crio-9f1c77aa0101.scope"),
        near_miss("kernel", "cgroup: fork rejected by pids controller in /system.slice/containerd.service"),
        near_miss("kernel", "cgroup: fork rejected by pids controller in /kubepods/burstable/pod0b6d/9f1c77aa0101"),
    ),
    state_examples=(
        StateExample("Config", {"file": "/etc/crio/crio.conf", "key": "pids_limit", "value": "1024"}, True),
        StateExample("Config", {"file": "/etc/crio/crio.conf", "key": "pids_limit", "value": "-1"}, False),
    ),
    versions="CRI-O before 1.24 (default 1024); later when it is set",
    references=("https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md", "https://kubernetes.io/docs/concepts/policy/pid-limiting/"),
)
