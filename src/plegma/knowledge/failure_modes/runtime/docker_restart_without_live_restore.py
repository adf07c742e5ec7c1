"""dockerd was restarted and took all its containers with it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-restart-without-live-restore",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("a restart of dockerd ended all containers of the node", "dockerd の再起動によりノード上の全コンテナが終了した"),
    summary=Text("Without live-restore every container ends when dockerd stops (package upgrade, daemon.json change). All pods of the node restart at the same second; containers that were lost show exit code 255, and left-overs (task directories, sandboxes, networks) can refuse the next start.",
                 "live-restore でない場合、dockerd の停止(パッケージ更新、daemon.json の変更)で全コンテナが終了する。ノード上の全 Pod が同じ時刻に再起動し、見失われたコンテナは終了コード 255 となり、残骸(タスクのディレクトリ、sandbox、ネットワーク)が次の起動を妨げることがある。"),
    signatures=(
        Signature(r"io\.containerd\.runtime\.\S+/moby/[0-9a-f]{8,64}: file exists", component="runtime", proof="states", source="containerd runtime task dir, left by the daemon before"),
        Signature(r"[Rr]emoving stale sandbox [0-9a-f]{12,64}", component="runtime", proof="suggests", at_least=5, source="moby libnetwork/sandbox_store.go"),
        Signature(r"[Ff]ailed to (?:restore|start) container.{0,200}(?:id already in use|container with given ID already exists)", component="runtime", source="moby, runc"),
    ),
    states=(StateTest("RuntimeContainer", {"exit_code": r"^255$"}, proof="suggests", at_least=8),),
    leads_to=(
        Link("exit-137", "node", Text("containers that do not end in 10 s are killed", "10 秒で終わらないコンテナは強制終了される"), strength=0.5),
        Link("container-restarting", "node", Text("the kubelet starts them anew", "kubelet が起動し直す"), strength=0.7),
        Link("sandbox-container-missing", "node", Text("records outlive their containers", "記録がコンテナより長く残る"), strength=0.3),
        Link("container-cannot-run", "node", Text("left-overs refuse the next start", "残骸が次の起動を妨げる"), strength=0.4),
        Link("pause-container-dead", "node", Text("pause containers end with docker", "pause コンテナも Docker とともに終了する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the node was rebooted", "ノード自体が再起動している"), mode="node-rebooted", weight=0.6),
        Refutation(Text("the node's runtime is not Docker", "ノードのランタイムは Docker ではない"), state=StateTest("Node", {"runtime": r"^(?:containerd|cri-o)"}), weight=0.95),
    ),
    asks=(Ask("docker info -f '{{{{.LiveRestoreEnabled}}}}'; systemctl show -p ActiveEnterTimestamp docker; journalctl -u docker --no-pager | grep -E \"Processing signal|Starting up\" | tail  # on {node}", Text("live-restore false, and docker's start time equals the moment when all containers ended", "live-restore が false で、Docker の起動時刻と全コンテナの終了時刻が一致する"), ("node-rebooted", "dockerd-stopped", "pause-container-dead", "runtime-crash-loop"), "runtime-log"),),
    remedies=(
        Remedy("temporary", Text("remove what refuses the start (task directory, stale container); the kubelet brings the rest back", "起動を妨げる残骸(タスクのディレクトリ、古いコンテナ)を取り除く。残りは kubelet が復旧する"), Text("make sure that no shim still runs for it", "対応する shim が動いていないことを確認する"), "docker container prune -f --filter until=1h  # on {node}", "docker ps | wc -l", "disruptive"),
        Remedy("permanent", Text("\"live-restore\": true in daemon.json, drain before upgrades, hold docker's package back from unattended upgrades", "daemon.json に \"live-restore\": true を設定し、更新前に drain し、自動更新から Docker を除外する"), Text("a reload is enough for live-restore", "live-restore は reload で反映される"), "systemctl reload docker  # on {node}", "docker info -f '{{{{.LiveRestoreEnabled}}}}'", "none"),
    ),
    examples=(
        hit("dockerd", "Handler for POST /v1.38/containers/77aa/start returned error: mkdir /run/docker/containerd/daemon/io.containerd.runtime.v1.linux/moby/77aa0101ffee: file exists: unknown"),
        hit("dockerd", "Removing stale sandbox 9f1c77aa0101ffee9f1c (77aa0101ffee)", count=9),
        hit("dockerd", 'Failed to start container 77aa0101ffee: id already in use'),
        near_miss("dockerd", "Removing stale sandbox 9f1c77aa0101ffee9f1c (77aa0101ffee)"),
        near_miss("dockerd", "Loading containers: done."),
    ),
    state_examples=(
        StateExample("RuntimeContainer", {"state": "Exited", "exit_code": 255}, True),
        StateExample("RuntimeContainer", {"state": "Exited", "exit_code": 1}, False),
    ),
    references=("https://docs.docker.com/engine/daemon/live-restore/",),
)
