"""dockerd and containerd disagree about whether a container still runs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-containerd-state-desync",
    layer="runtime",
    role="cause",
    subject="Pod",
    title=Text("dockerd still counts a container as running that containerd has lost", "containerd では終了済みのコンテナを dockerd が稼働中とみなしている"),
    summary=Text(
        "The exit event of a container never reached dockerd: docker ps says Up, but kill and stop answer that the container or its process does not exist. The kubelet waits for an end that cannot come; the pod stays Terminating.",
        "コンテナの終了イベントが dockerd に届いていない。docker ps では Up だが、kill や stop は「存在しない」と答える。kubelet は来ない終了を待ち続け、Pod は Terminating のままになる。",
    ),
    signatures=(
        Signature(r"Container does not exist: container destroyed", component="runtime", proof="states", source="docker 1.9 to 1.11 libcontainerd"),
        Signature(r"containerd: (?:container|process) not found", component="runtime", source="docker 1.11 to 17.09 with containerd 0.2"),
        Signature(r"[Cc]annot (?:kill|stop) container.{0,200}(?:no such process|process already finished|not found)", component="runtime", source="moby daemon/kill.go"),
        Signature(r"[Ff]ailed to restore container \S+ with containerd: ", component="runtime", source="moby daemon/daemon.go: at its start dockerd asks containerd for the task of each container"),
        Signature(r"tried to kill container, but did not receive an exit event", component="runtime", source="moby daemon/kill.go from 20.10"),
        Signature(r"[Cc]ontainer \S+ failed to exit within \d+ seconds of kill - trying direct SIGKILL", component="runtime", proof="suggests", source="moby daemon/kill.go"),
        Signature(r"[Cc]ontainer \S+ failed to exit within \d+ seconds of kill - trying direct SIGKILL", component="runtime", at_least=2, source="the same container, or several: no exit event comes after SIGKILL"),
        Signature(r"failed to exit within \d+s? ?(?:seconds )?of signal (?:15|SIGTERM) - using the force", component="runtime", proof="suggests", at_least=5, source="moby daemon/stop.go"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "pod", Text("docker stop never reports success", "docker stop が成功を返さない"), strength=0.9),
        Link("pod-stuck-terminating", "pod", Text("the kubelet waits for the container's end", "kubelet がコンテナの終了を待ち続ける"), strength=0.95),
        Link("docker-hang", "node", Text("inspect of that container waits for a lock that kill holds", "kill が保持するロックを、そのコンテナの inspect が待つ"), strength=0.3),
        Link("cri-call-timeout", "node", Text("stop runs into its deadline", "stop が期限に達する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the signal was refused: AppArmor, not a lost event", "シグナルが拒否されている。イベントの消失ではなく AppArmor である"), mode="apparmor-blocks-kill", weight=0.6),
        Refutation(Text("a process in D state exists: it cannot die", "D 状態のプロセスが存在し、終了できない"), mode="storage-hang-dstate", weight=0.4),
        Refutation(Text("the node runs without Docker", "このノードでは Docker が動いていない"), state=StateTest("Node", {"runtime": r"^(?:containerd|cri-o)"}), weight=0.8),
    ),
    asks=(
        Ask("docker inspect -f '{{{{.State.Status}}}} {{{{.State.Pid}}}}' $(docker ps -q --filter label=io.kubernetes.pod.uid={pod_uid}); ps -o pid,stat -p PID; ctr -n moby tasks ls  # on {node}",
            Text("docker says running with a pid that does not exist, and containerd has no such task", "Docker は存在しない PID で running と言い、containerd にはそのタスクがない"),
            ("apparmor-blocks-kill", "runtime-kill-lost-processes", "containerd-shim-killed", "docker-hang", "zombie-processes"), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("restart docker: it reads the true state from containerd", "Docker を再起動し、containerd から実際の状態を読み直させる"), Text("without live-restore all containers of the node are restarted", "live-restore でなければノード上の全コンテナが再起動する"),
               "systemctl restart docker  # on {node}", "docker ps | grep {pod}; kubectl -n {namespace} get pod {pod}", "disruptive"),
        Remedy("permanent", Text("upgrade docker to 18.09 or later (19.03, 20.10 mended most lost exit events), or move to containerd", "Docker を 18.09 以降へ更新する(19.03・20.10 で大半が修正)か containerd へ移行する"),
               Text("drain and upgrade node by node", "drain しながら 1 台ずつ更新する"), verify="docker version", risk_level="disruptive"),
    ),
    examples=(
        hit("dockerd", "Failed to restore container 4be1 with containerd: error getting containerd task for container: failed to open stdout fifo: no such file or directory"),
        near_miss("dockerd", "Failed to load container mount 4be1: mount does not exist"),
        hit("dockerd", "Container 4e0c11aa77d2 failed to exit within 10 seconds of kill - trying direct SIGKILL", count=4),
        hit("shell", "Error response from daemon: Cannot kill container 3f0c: [2] Container does not exist: container destroyed"),
        hit("dockerd", "Handler for POST /v1.27/containers/3f0c/stop returned error: cannot stop container: 3f0c: Cannot kill container 3f0c: rpc error: code = 2 desc = containerd: container not found"),
        hit("shell", "Error response from daemon: Cannot kill container: 3f0c: Cannot kill container 3f0c: rpc error: code = Unknown desc = no such process"),
        hit("kubelet", "Error response from daemon: cannot stop container: 3f0c: tried to kill container, but did not receive an exit event"),
        hit("dockerd", "Container 3f0c failed to exit within 10 seconds of kill - trying direct SIGKILL"),
        hit("dockerd", "Container 3f0c failed to exit within 10 seconds of signal 15 - using the force", count=40),
        near_miss("dockerd", "Container 3f0c failed to exit within 30 seconds of signal 15 - using the force"),
        near_miss("dockerd", "3f0c cleanup: failed to delete container from containerd: no such container"),
        near_miss("kubelet", 'StopContainer "3f0c" from runtime service failed: rpc error: code = Unknown desc = failed to stop container: unable to signal init: permission denied'),
        near_miss("shell", "Error: No such container: 3f0c"),
    ),
    versions="Docker 1.9 to 20.10",
    references=("https://github.com/moby/moby/issues/18738", "https://github.com/kubernetes/kubernetes/issues/51835"),
)
