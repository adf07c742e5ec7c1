"""A Docker client and dockerd have no API version in common."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-api-version-mismatch",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("Docker client and dockerd have no API version in common", "Docker クライアントと dockerd の API バージョンが合わない"),
    summary=Text(
        "dockerd refuses the version that kubelet, cri-dockerd, cAdvisor or a tool speaks: Docker Engine 29 raised the minimum to 1.44 (25.0: 1.24), or the daemon is older than its client. cri-dockerd or dockershim then exits at start.",
        "kubelet・cri-dockerd・cAdvisor・各種ツールの API バージョンを dockerd が拒否している。Docker Engine 29 で最小値が 1.44 に上がった(25.0 では 1.24)、またはデーモンがクライアントより古い。cri-dockerd や dockershim は起動時に終了する。",
    ),
    signatures=(
        Signature(r"client version \d+\.\d+ is too old\. Minimum supported API version is \d+\.\d+", component="runtime", proof="states", source="moby api/server/middleware/version.go"),
        Signature(r"client is newer than server \(client API version: ", component="runtime", proof="states", source="moby api/server/middleware/version.go"),
        Signature(r"client version \d+\.\d+ is too new\. Maximum supported API version is \d+\.\d+", component="runtime", proof="states", source="moby api/server/middleware/version.go"),
        Signature(r"docker API version is older than ", component="kubelet", proof="states", source="pkg/kubelet/dockershim/docker_checkpoint, docker_service.go"),
    ),
    leads_to=(
        Link("cri-dockerd-stopped", "node", Text("cri-dockerd exits when it cannot get docker's version", "cri-dockerd が Docker のバージョンを取得できず終了する"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("dockershim cannot get docker's version", "dockershim が Docker のバージョンを取得できない"), strength=0.5),
        Link("container-runtime-down", "node", Text("every docker call is refused", "すべての Docker 呼び出しが拒否される"), strength=0.7),
    ),
    asks=(
        Ask("docker version; cri-dockerd --version; journalctl -u cri-docker -n 20 --no-pager  # on {node}", Text("server's minimum above the client's version, or its maximum below", "サーバーの最小値がクライアントより高い、または最大値が低い"),
            ("dockerd-stopped", "cri-dockerd-stopped"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("lower the daemon's minimum API version (DOCKER_MIN_API_VERSION, or min-api-version in daemon.json), or go back to the previous docker package", "デーモンの最小 API バージョンを下げる(DOCKER_MIN_API_VERSION または daemon.json の min-api-version)か、以前の Docker パッケージに戻す"),
               Text("dockerd is restarted", "dockerd を再起動する"), "systemctl edit docker  # Environment=DOCKER_MIN_API_VERSION=1.24, then: systemctl restart docker cri-docker", "docker version", "disruptive"),
        Remedy("permanent", Text("upgrade the client (cri-dockerd, agents) and pin docker's package so that both move together", "クライアント(cri-dockerd、エージェント)を更新し、Docker パッケージを固定して両者を同時に上げる"),
               Text("node by node", "1 台ずつ行う"), verify="journalctl -u cri-docker -n 20 --no-pager | grep -c 'too old'", risk_level="restart"),
    ),
    examples=(
        hit("cri-dockerd", "failed to get docker version from dockerd: Error response from daemon: client version 1.43 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version"),
        hit("kubelet", "Error response from daemon: client is newer than server (client API version: 1.24, server API version: 1.19)"),
        hit("shell", "Error response from daemon: client version 1.47 is too new. Maximum supported API version is 1.41"),
        hit("kubelet", 'failed to run Kubelet: failed to create kubelet: docker API version is older than 1.26.0'),
        near_miss("pod-log", "client version 1.32 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version"),
        near_miss("kubelet", "rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"),
    ),
    versions="Docker Engine 29 (minimum API 1.44), 25 (1.24)",
    references=("https://docs.docker.com/engine/release-notes/29/", "https://docs.docker.com/reference/api/engine/#api-version-matrix"),
)
