"""An AppArmor profile keeps the runtime from signalling its containers."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apparmor-blocks-kill",
    layer="kernel",
    role="cause",
    subject="Node",
    title=Text("AppArmor denies the runtime's signals: containers cannot be stopped", "AppArmor がランタイムからのシグナルを拒否し、コンテナを停止できない"),
    summary=Text(
        "Newer AppArmor packages confine runc (or crun, or a snap's docker) with a profile of its own. The container's profile allows signals from unconfined peers only, so runc's SIGTERM and SIGKILL are refused with EACCES. Pods stay Terminating for ever although nothing hangs.",
        "新しい AppArmor パッケージは runc(crun や snap 版 docker も)に専用のプロファイルを適用する。コンテナ側のプロファイルは unconfined からのシグナルしか許可しないため、runc の SIGTERM・SIGKILL が EACCES で拒否され、何も固まっていないのに Pod が Terminating のまま残る。",
    ),
    signatures=(
        Signature(r"unable to signal init: permission denied", component="runtime", proof="states", source="runc libcontainer/container_linux.go"),
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"signal\\*\".{0,400}peer=\\*\"?(runc|crun|podman|snap\.docker|snap\.microk8s|/usr/s?bin/runc)", component="kernel", proof="states", source="AppArmor audit record"),
        Signature(r"apparmor=\\*\"DENIED\\*\" operation=\\*\"signal\\*\".{0,300}comm=\\*\"(runc|crun|dockerd|containerd)", component="kernel", proof="states", source="AppArmor audit record"),
        Signature(r"cannot (stop|kill) container: \S+:? .{0,200}permission denied", component="runtime", source="moby daemon/kill.go"),
        Signature(r"[Cc]ould not (kill|send signal).{0,120}permission denied", component="runtime", proof="suggests"),
        Signature(r"signaling init process caused [\\\"]+permission denied", component="runtime", proof="states", source="runc libcontainer/error.go, to 1.0-rc9"),
    ),
    leads_to=(
        Link("sandbox-kill-failing", "node", Text("StopContainer and StopPodSandbox end with permission denied", "StopContainer・StopPodSandbox が permission denied で失敗する"), strength=0.95),
        Link("pod-stuck-terminating", "node", Text("the processes are never signalled, so the pod does not go", "プロセスにシグナルが届かず Pod が消えない"), strength=0.95),
        Link("volume-unmount-failing", "node", Text("the running processes keep the volumes busy", "動き続けるプロセスがボリュームを使用し続ける"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("the process does not exist any more: an exit event was lost", "プロセスは既に存在せず、終了イベントが失われている"), mode="docker-containerd-state-desync", weight=0.4),
    ),
    asks=(
        Ask("journalctl -k | grep 'operation=\"signal\"' | tail -3; aa-status | grep -E 'runc|crun|cri-containerd|docker'; lsb_release -d  # on {node}",
            Text("DENIED signal with peer runc (or crun, snap.docker) at the second of the kill", "停止と同じ時刻に、peer が runc(crun・snap.docker)の signal DENIED がある"),
            ("docker-containerd-state-desync", "runtime-kill-lost-processes", "storage-hang-dstate", "kernel-hung-task", "selinux-denial"), evidence="kernel-log"),
    ),
    remedies=(
        Remedy("temporary", Text("unload the runtime's own profile on the node", "ノード上でランタイム自身のプロファイルを外す"), Text("runc runs unconfined, as it did before the update", "runc は更新前と同じく unconfined で動く"),
               "aa-disable /etc/apparmor.d/runc || apparmor_parser -R /etc/apparmor.d/runc; aa-remove-unknown  # on {node}", "kubectl get pods -A --field-selector spec.nodeName={node} | grep -c Terminating", "none"),
        Remedy("permanent", Text("versions whose default profile accepts signals from runc and crun: containerd 1.7.20 and 1.6.35 or newer, the distribution's fixed packages", "既定プロファイルが runc・crun からのシグナルを許可する版(containerd 1.7.20・1.6.35 以降、ディストリビューションの修正版)へ更新する"),
               Text("pods must be made anew to get the new profile", "新しいプロファイルは Pod の再作成後に適用される"), "", "journalctl -k --since -1h | grep -c 'operation=\"signal\"'  # on {node}", "restart"),
    ),
    versions="Ubuntu 23.10 and 24.04 (AppArmor 4), snap docker and microk8s, Debian 13; containerd before 1.7.20",
    references=("https://github.com/opencontainers/runc/issues/4281", "https://github.com/containerd/containerd/pull/10129", "https://bugs.launchpad.net/ubuntu/+source/libpod/+bug/2040483"),
    examples=(
        hit("k8s-event", 'error killing pod: [failed to "KillContainer" for "web" with KillContainerError: "rpc error: code = Unknown desc = failed to kill container \\"6a7b\\": unknown error after kill: runc did not terminate successfully: exit status 1: unable to signal init: permission denied\\n: unknown"]', reason="FailedKillPod"),
        hit("kernel", 'audit: type=1400 audit(1700000000.5:61): apparmor="DENIED" operation="signal" class="signal" profile="cri-containerd.apparmor.d" pid=2201 comm="runc" requested_mask="receive" denied_mask="receive" signal=term peer="runc"'),
        hit("audit", 'apparmor="DENIED" operation="signal" profile="docker-default" pid=2201 comm="dockerd" requested_mask="receive" denied_mask="receive" signal=kill peer="snap.docker.dockerd"'),
        hit("dockerd", "cannot stop container: 6a7b1c: permission denied"),
        hit("crio", "Could not kill process 2201: permission denied"),
        hit("k8s-event", 'error killing pod: failed to "KillContainer" for "web" with KillContainerError: "rpc error: code = Unknown desc = unknown error after kill: runc did not terminate sucessfully: container_linux.go:393: signaling init process caused \\"permission denied\\": unknown"', reason="FailedKillPod"),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:62): apparmor="DENIED" operation="open" class="file" profile="cri-containerd.apparmor.d" name="/proc/sys/kernel/x" pid=2201 comm="app" requested_mask="w" denied_mask="w"'),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:63): apparmor="DENIED" operation="ptrace" class="ptrace" profile="cri-containerd.apparmor.d" pid=2201 comm="ps" requested_mask="read" denied_mask="read" peer="unconfined"'),
        near_miss("kubelet", "failed to kill container: unable to signal init: no such process"),
        near_miss("pod-log", "kill: (1): Operation not permitted"),
    ),
)
