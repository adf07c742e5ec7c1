"""The OOM killer has killed the runtime or another daemon of the node (for the kubelet: kubelet-oom-killed)."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-daemon-oom-killed",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("the OOM killer killed a daemon of the node (runtime, etcd, k3s, ...)", "OOM killer がノードのデーモン(ランタイム・etcd・k3s など)を強制終了した"),
    summary=Text(
        "Not a container but containerd, dockerd, CRI-O, k3s or a control-plane process was chosen as the victim: the whole node was out of memory, or the slice of the system services had too small a limit (enforced systemReserved or kubeReserved, a MemoryMax of the unit), or the daemon itself leaks.",
        "コンテナではなく containerd・dockerd・CRI-O・k3s・コントロールプレーンのプロセスが OOM の犠牲になった。ノード全体のメモリ不足、システム用 slice の制限(強制された systemReserved・kubeReserved、unit の MemoryMax)が小さすぎる、デーモン自身のリークのいずれか。",
    ),
    signatures=(
        Signature(r"[Oo]ut of memory: Kill(ed)? process \d+ \((containerd|containerd-shim|dockerd|docker-containe|crio|conmon|k3s\S*|rke2\S*|k0s|etcd|kube-\w+|systemd\S*|flanneld|calico-node|cilium-agent)\)", component="kernel", proof="states", source="mm/oom_kill.c"),
        Signature(r"task=(containerd|containerd-shim|dockerd|crio|conmon|k3s\S*|rke2\S*|k0s|etcd|kube-\w+),pid=", component="kernel", proof="states", source="mm/oom_kill.c"),
        Signature(r"(containerd|docker|crio|cri-docker|k3s|k3s-agent|rke2-server|rke2-agent|etcd)\.service: A process of this unit has been killed by the OOM killer", component="systemd", proof="states", source="systemd src/core/unit.c"),
        Signature(r"(containerd|docker|crio|cri-docker|k3s|k3s-agent|rke2-server|rke2-agent|etcd)\.service: Failed with result 'oom-kill'", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"System OOM encountered, victim process: (containerd|dockerd|crio|k3s|etcd|kube-\w+)", component="kubelet", proof="suggests", source="pkg/kubelet/oom; old ones are reported again at each kubelet start"),
        Signature(r"(containerd|docker|crio|k3s|k3s-agent|rke2-server|rke2-agent|etcd)\.service: [Mm]ain process exited, code=killed, status=9/KILL", component="systemd", proof="suggests", source="systemd src/core/service.c"),
    ),
    states=(StateTest("Unit", {"name": r"^(containerd|docker|crio|k3s|etcd)", "result": r"oom-kill"}, proof="states"), StateTest("Unit", {"name": r"^(containerd|docker|crio|k3s|etcd)", "sub": r"oom-kill"}, proof="states")),
    leads_to=(
        Link("kubelet-stopped", "node", Text("with k3s or rke2 the kubelet dies together with its process", "k3s・rke2 では同じプロセス内の kubelet も停止する"), strength=0.2),
        Link("containerd-stopped", "node", Text("the killed runtime stays away until systemd starts it again", "強制終了されたランタイムは systemd が再起動するまで停止する"), strength=0.5),
        Link("containerd-shim-killed", "node", Text("a killed shim leaves its container without a parent", "shim が強制終了され、コンテナが親を失う"), strength=0.3),
        Link("container-runtime-down", "node", Text("the runtime is gone for some seconds", "ランタイムが数秒間いなくなる"), strength=0.5),
        Link("node-not-ready", "node", Text("the runtime is away", "ランタイムがいない"), strength=0.6),
        Link("node-status-unknown", "node", Text("k3s or rke2 are away, and the kubelet with them", "k3s・rke2 とともに kubelet も停止する"), strength=0.2),
        Link("control-plane-crash-loop", "node", Text("etcd or the API server were the victim", "etcd や API サーバーが犠牲になった"), strength=0.3),
    ),
    asks=(
        Ask("journalctl -k | grep -B2 -A3 'Killed process'; systemctl show -p MemoryMax -p MemoryCurrent kubelet containerd system.slice  # on {node}",
            Text("constraint NONE: the whole node; a memcg below system.slice: that limit is too small", "constraint が NONE ならノード全体、system.slice 配下の memcg ならその制限が小さすぎる"), ("app-oomkilled", "systemd-oomd-kill"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("see that systemd has started it again; end the pod that uses the memory", "systemd が再起動済みか確認し、メモリを使い切っている Pod を終了する"), Text("that workload is interrupted", "そのワークロードが中断する"), "systemctl restart containerd kubelet  # on {node}", "systemctl is-active containerd kubelet  # on {node}", "restart"),
        Remedy("permanent", Text("OOMScoreAdjust=-999 for kubelet and runtime, reservations that fit, no enforced limit on system.slice below its peak", "kubelet・ランタイムに OOMScoreAdjust=-999、実態に合った予約、ピークを下回る system.slice の強制制限をやめる"),
               Text("none", "なし"), "systemctl edit containerd.service  # [Service] OOMScoreAdjust=-999", "cat /proc/$(pidof containerd)/oom_score_adj  # on {node}", "restart"),
    ),
    examples=(
        hit("kernel", "Out of memory: Killed process 812 (dockerd) total-vm:2123456kB, anon-rss:312340kB"),
        hit("kernel", "Memory cgroup out of memory: Kill process 799 (containerd) score 901 or sacrifice child"),
        hit("kernel", "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/docker.service,task=dockerd,pid=799,uid=0"),
        hit("systemd", "containerd.service: A process of this unit has been killed by the OOM killer."),
        hit("systemd", "k3s.service: Failed with result 'oom-kill'."),
        hit("k8s-event", "System OOM encountered, victim process: dockerd, pid: 799", reason="SystemOOM"),
        hit("systemd", "containerd.service: Main process exited, code=killed, status=9/KILL"),
        near_miss("kernel", "Out of memory: Killed process 20311 (java) total-vm:9123456kB"),
        near_miss("kernel", "Out of memory: Killed process 812 (kubelet) total-vm:2123456kB"),
        near_miss("systemd", "containerd.service: Main process exited, code=exited, status=1/FAILURE"),
        near_miss("systemd", "cri-containerd-6a7b.scope: A process of this unit has been killed by the OOM killer."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "docker.service", "active": "failed", "sub": "Result: oom-kill"}, True),
        StateExample("Unit", {"name": "containerd.service", "active": "failed", "result": "oom-kill"}, True),
        StateExample("Unit", {"name": "containerd.service", "active": "failed", "result": "exit-code"}, False),
    ),
    versions="all",
    references=("https://github.com/awslabs/amazon-eks-ami/issues/2175", "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior"),
)
