"""A cgroup stays frozen, so its processes never run again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cgroup-freezer-stuck",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("a container's cgroup is stuck frozen", "コンテナの cgroup が凍結(FROZEN / FREEZING)されたままになっている"),
    summary=Text(
        "runc freezes a container's cgroup for a moment when it updates its limits or kills it, and the kubelet's systemd driver did so with pod cgroups. When the thaw is lost (runc killed in between, a kernel or runc race) the processes sleep in the refrigerator for ever: exec, probes and kill hang without any error.",
        "runc は制限の更新や停止時にコンテナの cgroup を一瞬凍結し、kubelet の systemd ドライバーも Pod の cgroup に対して行う。解凍が失われると(途中で runc が終了、カーネルや runc の競合)プロセスは __refrigerator で眠り続け、exec・probe・停止がエラーなく固まる。",
    ),
    signatures=(
        Signature(r"\bunable to freeze\b", component="runtime", source="runc libcontainer/cgroups/fs/freezer.go"),
        Signature(r"timeout of \S+ reached waiting for the cgroup to freeze", component="runtime", proof="states", source="runc libcontainer/cgroups/fs2/freezer.go"),
        Signature(r"cgroup unexpectedly frozen", component="runtime", proof="states", source="runc, crun"),
        Signature(r"freezer\.state:\s*(FROZEN|FREEZING)", proof="shows", source="grep of cgroup v1 freezer.state"),
        Signature(r"cgroup\.freeze:\s*1\b", proof="shows", source="grep of cgroup v2 cgroup.freeze"),
        Signature(r"\b__refrigerator\b", proof="shows", source="kernel/freezer.c, in /proc/PID/stack and wchan"),
        Signature(r"[Ff]ailed to (un)?freeze unit|[Ff]ailed to (freeze|thaw) (the )?cgroup", proof="suggests"),
    ),
    leads_to=(
        Link("runc-init-hang", "node", Text("runc init is put into the frozen cgroup and stops there", "runc init が凍結された cgroup に入れられて停止する"), strength=0.6),
        Link("probe-failing", "node", Text("exec probes join the frozen cgroup; the application answers nothing", "exec probe は凍結された cgroup に入り、アプリケーションも応答しない"), strength=0.6),
        Link("sandbox-kill-failing", "node", Text("frozen processes do not act on signals", "凍結中のプロセスはシグナルを処理しない"), strength=0.6),
        Link("cri-call-timeout", "node", Text("exec, update or stop wait for the container", "exec・update・stop がコンテナを待つ"), strength=0.6),
        Link("pod-stuck-terminating", "node", Text("the processes do not end", "プロセスが終了しない"), strength=0.5),
        Link("kernel-hung-task", "node", Text("what waits for a frozen process is reported as hung", "凍結されたプロセスを待つ処理が hung task として報告される"), strength=0.3),
    ),
    asks=(
        Ask("grep -rE 'FROZEN|FREEZING' /sys/fs/cgroup/freezer/kubepods* --include=freezer.state; grep -rl 1 /sys/fs/cgroup/kubepods.slice --include=cgroup.freeze; ps -eo pid,stat,wchan:32,args | grep refrig  # on {node}",
            Text("a cgroup of the pod that stays frozen over several looks", "何度見ても凍結されたままの cgroup がある"), ("runc-init-hang", "kernel-dstate-memory-reclaim", "containerd-shim-deadlock", "apparmor-blocks-kill"), evidence="processes"),
    ),
    remedies=(
        Remedy("temporary", Text("thaw the cgroup by hand", "cgroup を手動で解凍する"), Text("the container goes on where it stopped", "コンテナは止まった所から再開する"), "echo THAWED > /sys/fs/cgroup/freezer/PATH/freezer.state  # on {node}; cgroup v2: echo 0 > PATH/cgroup.freeze", "kubectl -n {namespace} get pod {pod}", "none"),
        Remedy("permanent", Text("runc 1.0.2 or newer (freezes less and always thaws), kubelet built with it (1.21.4, 1.22.1 or newer), kernel with freezer fixes", "runc 1.0.2 以降(凍結を減らし必ず解凍する)とそれを組み込んだ kubelet(1.21.4・1.22.1 以降)、freezer 修正済みカーネルへ更新する"), Text("a node image change", "ノードイメージの変更になる"), "", "grep -rc FROZEN /sys/fs/cgroup/freezer/kubepods* --include=freezer.state | grep -v ':0'  # on {node}", "disruptive"),
    ),
    examples=(
        hit("containerd", "failed to update container: runc did not terminate successfully: exit status 1: unable to freeze: unknown"),
        hit("crio", "timeout of 10s reached waiting for the cgroup to freeze"),
        hit("containerd", "OCI runtime create failed: runc create failed: container's cgroup unexpectedly frozen: unknown"),
        hit("shell", "/sys/fs/cgroup/freezer/kubepods/burstable/pod5c1d/6a7b/freezer.state:FROZEN"),
        hit("shell", "/sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice/cri-containerd-6a7b.scope/cgroup.freeze:1"),
        hit("shell", "[<0>] __refrigerator+0x4c/0x130"),
        hit("kubelet", "Failed to freeze unit: Connection timed out"),
        near_miss("shell", "/sys/fs/cgroup/freezer/kubepods/burstable/pod5c1d/6a7b/freezer.state:THAWED"),
        near_miss("kernel", "INFO: task runc:[2:INIT]:18123 blocked for more than 120 seconds."),
        near_miss("containerd", "cannot exec in a paused container"),
    ),
    versions="runc 1.0.0-rc92 to 1.0.1 and kubelet 1.21.0 to 1.22.0 with the systemd driver on cgroup v1 above all",
    references=("https://github.com/kubernetes/kubernetes/issues/104280", "https://github.com/opencontainers/runc/pull/2774", "https://github.com/opencontainers/runc/issues/2753", "https://github.com/opencontainers/runc/issues/2105"),
)
