"""dockerd is not running."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dockerd-stopped",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("dockerd is not running", "dockerd が動いていない"),
    summary=Text(
        "Nothing listens at /var/run/docker.sock: docker was stopped, crashed, or cannot start (daemon.json, storage driver, iptables, containerd). Calls fail at once. Without live-restore the containers end with it.",
        "/var/run/docker.sock で待ち受けているものがない。Docker の停止、クラッシュ、または起動失敗(daemon.json、ストレージドライバー、iptables、containerd)である。呼び出しは直ちに失敗する。live-restore でなければコンテナも一緒に終了する。",
    ),
    signatures=(
        Signature(r"(?:^|desc = |version: |dockerd: |docker: |kubelet: )Cannot connect to the Docker daemon at unix:///(?:var/)?run/docker\.sock\. Is the docker daemon running", component="runtime", proof="states", source="docker client errors.go"),
        Signature(r"(?:error during connect|docker version|docker info from dockerd).{0,200}docker\.sock: connect: connection refused", component="runtime", proof="states", source="net.Dial of the docker client"),
        Signature(r"(?:error during connect|docker version|docker info from dockerd).{0,200}docker\.sock: connect: no such file or directory", component="runtime", source="net.Dial of the docker client"),
        Signature(r"cannot connect to Docker endpoint", component="kubelet", source="fsouza/go-dockerclient ErrConnectionRefused, kubelets to v1.3"),
        Signature(r"docker\.service: (?:[Mm]ain process exited|Failed with result|Start request repeated too quickly)", component="systemd", source="systemd src/core/service.c"),
        Signature(r"Failed to start (?:docker\.service - )?Docker Application Container Engine", component="systemd", proof="states", source="systemd src/core/unit.c"),
        Signature(r"Stopped (?:docker\.service - )?Docker Application Container Engine", component="systemd", proof="suggests", source="systemd src/core/unit.c"),
    ),
    states=(StateTest("Unit", {"name": r"^docker(?:\.service)?$", "active": r"^(?:inactive|failed)"}, proof="states"),),
    leads_to=(
        Link("container-runtime-down", "node", Text("30 s after the last Status that succeeded the kubelet counts the runtime as down", "最後に成功した Status から 30 秒で、kubelet はランタイムを停止とみなす"), strength=0.95),
        Link("pleg-unhealthy", "node", Text("docker ps fails at every relist", "relist のたびに docker ps が失敗する"), strength=0.8),
        Link("node-not-ready", "node", Text("Ready=False with \"container runtime is down\"", "「container runtime is down」で Ready=False になる"), strength=0.9),
        Link("kubelet-crash-loop", "node", Text("a kubelet with dockershim that starts meanwhile exits", "その間に起動した dockershim の kubelet は終了する"), strength=0.6),
        Link("kubelet-stopped", "node", Text("a kubelet unit that requires docker.service is not started without it", "docker.service を必要とする kubelet ユニットは、Docker なしでは起動されない"), strength=0.5),
        Link("cri-dockerd-stopped", "node", Text("cri-dockerd is bound to docker and ends with it", "cri-dockerd は Docker に依存しており一緒に終了する"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox is refused", "RunPodSandbox が拒否される"), strength=0.7),
        Link("sandbox-kill-failing", "node", Text("StopPodSandbox is refused", "StopPodSandbox が拒否される"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.8),
        Link("exit-137", "node", Text("without live-restore all containers are killed when docker stops", "live-restore でなければ Docker 停止時に全コンテナが終了する"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the node's runtime is containerd or CRI-O: an application looks for docker's socket, the kubelet does not", "ノードのランタイムは containerd または CRI-O であり、Docker のソケットを探しているのは kubelet ではない"),
                   state=StateTest("Node", {"runtime": r"^(?:containerd|cri-o)"}), weight=0.9),
    ),
    asks=(
        Ask("systemctl status docker containerd --no-pager -l; journalctl -u docker -n 100 --no-pager  # on {node}",
            Text("inactive or failed, and the last 'failed to start daemon: ...' line", "inactive か failed か、そして最後の「failed to start daemon: ...」"),
            ("docker-hang", "dockerd-config-invalid", "dockerd-network-controller-failed", "docker-storage-driver-failed", "runtime-crash-loop", "containerd-stopped", "cri-endpoint-wrong"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start docker", "Docker を起動する"), Text("with live-restore containers are taken over, else the kubelet starts them anew", "live-restore ならコンテナを引き継ぎ、そうでなければ kubelet が起動し直す"),
               "systemctl start docker  # on {node}", "docker info >/dev/null && kubectl get node {node}", "restart"),
        Remedy("permanent", Text("mend what ended it; enable the unit, set \"live-restore\": true in daemon.json; plan the move to containerd (Kubernetes 1.24 and later have no dockershim)",
                                 "終了の原因を取り除く。unit を enable し、daemon.json に \"live-restore\": true を設定する。containerd への移行を計画する(Kubernetes 1.24 以降に dockershim はない)"),
               Text("live-restore is not possible with swarm mode", "swarm モードとは併用できない"), "systemctl enable --now docker  # on {node}", "docker info -f '{{{{.LiveRestoreEnabled}}}}'", "none"),
    ),
    examples=(
        hit("kubelet", "GenericPLEG: Unable to retrieve pods: cannot connect to Docker endpoint"),
        near_miss("pod-log", "cannot connect to Docker endpoint"),
        hit("kubelet", 'failed to run Kubelet: failed to create kubelet: failed to get docker version: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'),
        hit("kubelet", "error during connect: dial unix /var/run/docker.sock: connect: connection refused"),
        hit("cri-dockerd", "failed to get docker version: dial unix /var/run/docker.sock: connect: no such file or directory"),
        hit("systemd", "docker.service: Main process exited, code=exited, status=1/FAILURE"),
        hit("systemd", "Failed to start Docker Application Container Engine."),
        hit("systemd", "Stopped Docker Application Container Engine."),
        near_miss("kubelet", "Registration of the docker container factory failed: failed to validate Docker info: failed to detect Docker info: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"),
        near_miss("pod-log", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"),
        near_miss("shell", "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied"),
        near_miss("kubelet", "operation timeout: context deadline exceeded"),
        near_miss("systemd", "Started Docker Application Container Engine."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "docker.service", "active": "failed", "result": "start-limit-hit"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "active", "sub": "running"}, False),
    ),
    versions="Kubernetes to v1.23 (dockershim); later with cri-dockerd",
    references=("https://docs.docker.com/engine/daemon/troubleshoot/", "https://docs.docker.com/engine/daemon/live-restore/"),
    concepts=("cri",),
)
