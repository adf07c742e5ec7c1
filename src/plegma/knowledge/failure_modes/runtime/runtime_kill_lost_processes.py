"""The runtime's kill does not reach all processes of the container."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-kill-lost-processes",
    layer="runtime",
    role="cause",
    subject="Pod",
    title=Text("the runtime's kill does not reach all processes of the container", "ランタイムの kill がコンテナの全プロセスに届かない"),
    summary=Text(
        "SIGKILL was sent and accepted, yet the container does not end: processes left its cgroup (moved by systemd, docker-in-docker or the application), share the PID namespace of the host or of another pod, or were lost when the runtime was restarted. StopContainer waits to its deadline, the pod stays Terminating.",
        "SIGKILL は送られ受け付けられたが、コンテナが終わらない。プロセスが cgroup の外に出た(systemd、docker-in-docker、アプリ自身による移動)、ホストや他 Pod の PID 名前空間を共有している、またはランタイム再起動時に見失われた。StopContainer は期限まで待ち、Pod は Terminating のままになる。",
    ),
    signatures=(
        Signature(r"unable to (?:destroy container: unable to )?remove container's cgroup", component="runtime", source="runc libcontainer/state_linux.go"),
        Signature(r"an error occurs during waiting for (?:container|pod sandbox) .{0,120}to be (?:killed|stopped)", component="runtime", proof="suggests", source="containerd internal/cri/server/container_stop.go"),
        Signature(r"timeout reached after \S+(?: seconds)? waiting for container process \d+ to exit", component="runtime", proof="suggests", source="cri-o internal/oci"),
        Signature(r"failed to stop sandbox container .{0,160}wait sandbox container .{0,100}(?:context deadline exceeded|is cancelled|context canceled)", component="runtime", source="containerd internal/cri/server/sandbox_stop.go: the pause process was killed and no exit event came"),
        Signature(r"task must be stopped before deletion: running", component="runtime", proof="suggests", source="containerd services/tasks"),
        Signature(r"^ctr: process already finished: not found", component="shell", proof="suggests", source="containerd: the task is listed as running and its process is gone"),
        Signature(r"unable to kill (?:the )?container's processes", component="runtime", proof="suggests"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "pod", Text("StopContainer waits for an exit that does not come", "StopContainer が来ない終了を待つ"), strength=0.95),
        Link("pod-stuck-terminating", "pod", Text("the pod ends only when its containers have ended", "コンテナが終了して初めて Pod は終了する"), strength=0.95),
        Link("cri-call-timeout", "pod", Text("the stop call runs into its deadline", "停止の呼び出しが期限に達する"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the signal is refused by AppArmor", "シグナルが AppArmor に拒否されている"), mode="apparmor-blocks-kill", weight=0.6),
        Refutation(Text("processes stand in D state: SIGKILL waits until the kernel lets go", "D 状態のプロセスがあり、カーネルが解放するまで SIGKILL は効かない"), mode="storage-hang-dstate", weight=0.5),
        Refutation(Text("the kernel reports hung tasks", "カーネルが hung task を報告している"), mode="kernel-hung-task", weight=0.5),
        Refutation(Text("the runtime answers no call", "ランタイムがどの呼び出しにも応答していない"), mode="containerd-hang", weight=0.5),
    ),
    asks=(
        Ask("crictl ps -a | grep {pod}; systemd-cgls -u kubepods.slice 2>/dev/null | grep -A8 {pod_uid}; ps -eo pid,ppid,stat,wchan:32,cgroup:80,args | grep -E '{pod_uid}|{sandbox_id}'  # on {node}",
            Text("live processes (STAT S or R, not D, not Z) whose cgroup is not the container's, or whose parent is PID 1", "コンテナの cgroup に属さない、または親が PID 1 の生きたプロセス(STAT が D でも Z でもなく S か R)"),
            ("apparmor-blocks-kill", "storage-hang-dstate", "docker-containerd-state-desync", "zombie-processes", "containerd-shim-deadlock", "containerd-hang", "kernel-hung-task"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("kill the remaining processes by hand, then restart the runtime", "残ったプロセスを手で終了させ、ランタイムを再起動する"), Text("make sure that the pid belongs to that pod", "PID が該当 Pod のものか確認する"),
               "kill -9 PID; systemctl restart containerd  # on {node}", "crictl ps -a | grep {pod}; kubectl -n {namespace} get pod {pod}", "disruptive"),
        Remedy("permanent", Text("upgrade runc and containerd; no systemd or nested runtime that moves processes out of the pod's cgroup (Delegate=yes, cgroup namespace), no hostPID without need", "runc と containerd を更新する。Pod の cgroup からプロセスを出す systemd や入れ子のランタイムを避け(Delegate=yes、cgroup 名前空間)、不要な hostPID を使わない"),
               Text("changes the workload's privileges", "ワークロードの権限が変わる"), verify="kubectl get pods -A | grep -c Terminating", risk_level="restart"),
    ),
    examples=(
        hit("shell", "ctr: process already finished: not found"),
        hit("shell", 'unable to delete 9f1c error="task must be stopped before deletion: running: failed precondition"'),
        hit("containerd", 'failed to delete task error="runc did not terminate successfully: exit status 1: unable to destroy container: unable to remove container\'s cgroup: Failed to remove paths: map[cpu:/sys/fs/cgroup/cpu/kubepods/pod0b6d/9f1c]"'),
        hit("kubelet", r'"StopContainer from runtime service failed" err="rpc error: code = DeadlineExceeded desc = an error occurs during waiting for container \"9f1c\" to be killed: wait container \"9f1c\": context deadline exceeded"'),
        hit("containerd", r'StopPodSandbox for "4e0c11" failed error="rpc error: code = DeadlineExceeded desc = failed to stop sandbox container \"4e0c11\" in \"SANDBOX_READY\" state: wait sandbox container \"4e0c11\": context deadline exceeded"'),
        hit("crio", "Failed to stop container 9f1c: timeout reached after 30 seconds waiting for container process 4120 to exit"),
        near_miss("systemd", "containerd.service: Found left-over process 4120 (containerd-shim) in control group while starting unit. Ignoring."),
        hit("shell", "unable to kill container's processes"),
        near_miss("kubelet", 'StopContainer "9f1c" from runtime service failed: rpc error: code = Unknown desc = failed to stop container: unable to signal init: permission denied'),
        near_miss("containerd", 'failed to remove runc container error="runc did not terminate successfully: exit status 255: " runtime=io.containerd.runc.v2'),
        near_miss("dockerd", "Container 9f1c failed to exit within 10 seconds of signal 15 - using the force"),
    ),
    references=("https://github.com/containerd/containerd/blob/main/internal/cri/server/container_stop.go", "https://github.com/opencontainers/runc/issues/3135"),
)
