"""dockerd lives and its calls do not come back."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-hang",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("dockerd is alive but its calls do not come back", "dockerd のプロセスは生きているが、呼び出しが返らない"),
    summary=Text(
        "docker ps or docker inspect waits for ever: a mutex in dockerd is held by a goroutine that waits for containerd, D-Bus, a network driver or the kernel. Every docker call of the kubelet ends after 2 minutes with 'operation timeout', the relist takes more than 3 minutes, the node flaps or stays NotReady.",
        "docker ps や docker inspect が返らない。dockerd 内のミューテックスを、containerd・D-Bus・ネットワークドライバー・カーネルを待つ goroutine が保持している。kubelet の Docker 呼び出しは 2 分後に「operation timeout」で終わり、relist が 3 分を超え、ノードが NotReady のまま、またはフラッピングする。",
    ),
    signatures=(
        Signature(r"json\S* returned error: write unix /(?:var/)?run/docker\.sock->@: write: broken pipe", component="runtime", source="moby api/server: the client gave up waiting"),
        Signature(r"http://%2Fvar%2Frun%2Fdocker\.sock/\S*\\*\"?: (?:context deadline exceeded|net/http: request canceled)", component="runtime", source="docker client"),
        Signature(r"operation timeout: context deadline exceeded", component="runtime", proof="suggests", source="pkg/kubelet/dockershim/libdocker/kube_docker_client.go"),
        Signature(r"pleg was last seen active 2562047h47m16", component="kubelet", proof="suggests", source="pkg/kubelet/pleg/generic.go: never relisted since the start"),
    ),
    states=(
        StateTest("Command", {"argv": r"^(?:sudo )?docker (?:ps|info|version|images|container|stats|inspect|logs|exec)", "answered": r"^false$"}),
        StateTest("Process", {"command": r"(?:^|/)dockerd(?:\s|$)|(?:^|/)docker daemon", "state": r"^[Tt]"}, proof="states"),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("every docker call waits for its 2-minute deadline", "すべての Docker 呼び出しが 2 分の期限まで待つ"), strength=0.95),
        Link("pleg-unhealthy", "node", Text("the relist is docker ps plus docker inspect for each changed pod", "relist は docker ps と、変化した Pod ごとの docker inspect である"), strength=0.95),
        Link("container-runtime-down", "node", Text("docker version does not come back within 30 s", "docker version が 30 秒以内に返らない"), strength=0.7),
        Link("node-not-ready", "node", Text("PLEG and runtime are part of the Ready condition", "PLEG とランタイムは Ready 条件の一部である"), strength=0.8),
        Link("node-readiness-flapping", "node", Text("some relists still end, after more than 3 minutes", "3 分を超えつつも終わる relist がある"), strength=0.6),
        Link("pod-status-unknown", "node", Text("inspect does not return", "inspect が返らない"), strength=0.5),
        Link("pod-stuck-creating", "node", Text("no container can be created", "コンテナを作成できない"), strength=0.7),
        Link("pod-stuck-terminating", "node", Text("no container can be stopped", "コンテナを停止できない"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox does not come back", "RunPodSandbox が返らない"), strength=0.6),
        Link("sandbox-kill-failing", "node", Text("StopPodSandbox does not come back", "StopPodSandbox が返らない"), strength=0.6),
        Link("probe-failing", "node", Text("exec probes go through docker", "exec プローブは Docker を経由する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the node's runtime is containerd or CRI-O", "このノードのランタイムは containerd または CRI-O である"), state=StateTest("Node", {"runtime": r"^(?:containerd|cri-o)"}), weight=0.95),
        Refutation(Text("docker ps came back with its list: dockerd answers", "docker ps が一覧を返しており、dockerd は応答している"), state=StateTest("RuntimeContainer", {"name": r"^k8s_"}), weight=0.4),
        Refutation(Text("docker answers at once that a container is not there: not everything hangs", "Docker は「コンテナがない」と直ちに返しており、すべてがハングしているわけではない"), mode="sandbox-container-missing", weight=0.3),
        Refutation(Text("the disk is saturated: docker waits for it and recovers with it", "ディスクが飽和しており、Docker はそれを待っているだけで、解消すれば回復する"), pattern=r"du and find on following dirs took|fs: disk usage and inodes count on following dirs took|blocked for more than \d+ seconds", weight=0.5),
        Refutation(Text("processes stand in D state on storage", "ストレージ待ちの D 状態のプロセスがある"), mode="storage-hang-dstate", weight=0.4),
        Refutation(Text("the kernel cannot free a network device, and docker waits for it", "カーネルがネットワークデバイスを解放できず、Docker はそれを待っている"), mode="kernel-netdev-refcount-leak", weight=0.4),
        Refutation(Text("the socket refuses: dockerd does not run", "ソケットが接続を拒否している。dockerd は動いていない"), mode="dockerd-stopped", weight=0.6),
        Refutation(Text("the node is short of memory and everything is slow", "ノードがメモリ不足で全体が遅い"), mode="node-memory-starvation", weight=0.4),
    ),
    asks=(
        Ask("time timeout 20 docker ps -q; for c in $(timeout 20 docker ps -aq); do timeout 5 docker inspect $c >/dev/null || echo hangs: $c; done; ps -o pid,stat,wchan:32,args -C dockerd,containerd  # on {node}",
            Text("docker ps itself hangs: dockerd. Only one inspect hangs: that container's shim. STAT D: disk or kernel", "docker ps 自体が返らなければ dockerd。1 つの inspect だけなら そのコンテナの shim。STAT が D ならディスクかカーネル"),
            ("containerd-shim-deadlock", "disk-io-saturation", "storage-hang-dstate", "cni-plugin-hang-or-lock", "containerd-hang", "grpc-message-too-large-dead-containers", "node-memory-starvation"), "container-list"),
        Ask("kill -USR1 $(pidof dockerd); sleep 2; ls /var/run/docker/goroutine-stacks-*.log  # on {node}",
            Text("the goroutine that holds the mutex, and what it waits for", "ミューテックスを保持する goroutine と、その待ち先"), ("systemd-dbus-failure", "kernel-netdev-refcount-leak", "containerd-shim-deadlock"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("save the goroutine stacks (SIGUSR1), then restart docker", "goroutine スタックを保存し(SIGUSR1)、Docker を再起動する"),
               Text("without live-restore all containers of the node are restarted: drain first where possible", "live-restore でなければノード上の全コンテナが再起動する。可能なら先に drain する"),
               "kill -USR1 $(pidof dockerd); sleep 2; systemctl restart docker  # on {node}", "time timeout 10 docker ps -q && kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("upgrade docker (many such deadlocks were mended up to 19.03 and 20.10) or move to containerd, and remove the blocker that the stacks show", "Docker を更新する(同種のデッドロックは 19.03・20.10 までに多数修正)か containerd へ移行し、スタックが示すブロック要因を取り除く"),
               Text("drain and upgrade node by node", "drain しながら 1 台ずつ更新する"), verify="kubectl get nodes -o wide", risk_level="disruptive"),
    ),
    examples=(
        hit("dockerd", 'Handler for GET /v1.38/containers/json returned error: write unix /var/run/docker.sock->@: write: broken pipe'),
        hit("kubelet", 'Get http://%2Fvar%2Frun%2Fdocker.sock/v1.38/containers/json?limit=0: context deadline exceeded'),
        hit("kubelet", "ListPodSandbox with filter nil from runtime service failed: rpc error: code = Unknown desc = operation timeout: context deadline exceeded"),
        hit("status", "PLEG is not healthy: pleg was last seen active 2562047h47m16.854775807s ago; threshold is 3m0s", reason="KubeletNotReady"),
        near_miss("dockerd", "http: multiple response.WriteHeader calls"),
        near_miss("dockerd", "Handler for GET /v1.38/containers/77aa/logs returned error: write unix /var/run/docker.sock->@: write: broken pipe"),
        near_miss("kubelet", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"),
        near_miss("kubelet", '"ListPodSandbox with filter from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("kubelet", "skipping pod synchronization - [PLEG is not healthy: pleg has yet to be successful.]"),
    ),
    state_examples=(
        StateExample("Command", {"argv": "docker ps", "answered": False}, True),
        StateExample("Command", {"argv": "docker ps", "answered": True, "seconds": 0.2}, False),
        StateExample("Command", {"argv": "crictl ps", "answered": False}, False),
        StateExample("Process", {"command": "/usr/bin/dockerd -H fd://", "state": "Tsl"}, True),
    ),
    versions="Kubernetes with Docker (dockershim to v1.23, cri-dockerd later)",
    references=("https://docs.docker.com/engine/daemon/troubleshoot/#force-a-stack-trace-to-be-logged", "https://github.com/moby/moby/issues/33820"),
    abductive=True,
    concepts=("pleg",),
)
