"""cri-dockerd, the adapter between the kubelet and Docker, is not running."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cri-dockerd-stopped",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("cri-dockerd is not running", "cri-dockerd が動いていない"),
    summary=Text(
        "Since 1.24 the kubelet speaks to Docker through cri-dockerd. Its socket refuses or is absent although docker itself may run: the service was not enabled, ended with docker, or exits (docker version, CNI flags).",
        "1.24 以降、kubelet は cri-dockerd を介して Docker と通信する。Docker 自体は動いていても、cri-dockerd のソケットが拒否または存在しない。サービスの未有効化、Docker との同時停止、起動失敗(Docker のバージョン、CNI フラグ)である。",
    ),
    signatures=(
        Signature(r"cri-dockerd\.sock: connect: connection refused", component="runtime", proof="states", source="net.Dial of the CRI client"),
        Signature(r"cri-dockerd\.sock: connect: no such file or directory", component="runtime", proof="states", source="net.Dial of the CRI client"),
        Signature(r"cri-docker\.service: (?:[Mm]ain process exited|Failed with result|Start request repeated too quickly)", component="systemd", source="systemd src/core/service.c"),
        Signature(r"Failed to start (?:cri-docker\.service - )?CRI Interface for Docker Application Container Engine", component="systemd", proof="states", source="cri-dockerd packaging/systemd"),
    ),
    states=(StateTest("Unit", {"name": r"^cri-docker(?:d)?(?:\.service)?$", "active": r"^(?:inactive|failed)"}, proof="states"),),
    leads_to=(
        Link("container-runtime-down", "node", Text("30 s after the last Status that succeeded the kubelet counts the runtime as down", "最後に成功した Status から 30 秒で、kubelet はランタイムを停止とみなす"), strength=0.9),
        Link("pleg-unhealthy", "node", Text("ListPodSandbox fails at every relist", "relist のたびに ListPodSandbox が失敗する"), strength=0.7),
        Link("node-not-ready", "node", Text("Ready=False with \"container runtime is down\"", "「container runtime is down」で Ready=False になる"), strength=0.9),
        Link("kubelet-crash-loop", "node", Text("a kubelet that starts meanwhile exits", "その間に起動した kubelet は終了する"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox is refused", "RunPodSandbox が拒否される"), strength=0.6),
    ),
    asks=(
        Ask("systemctl status cri-docker.service cri-docker.socket docker --no-pager -l; journalctl -u cri-docker -n 50 --no-pager  # on {node}",
            Text("inactive or failed while docker is active", "Docker が active なのに inactive か failed である"), ("dockerd-stopped", "docker-api-version-mismatch", "cri-endpoint-wrong"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start the socket and the service", "ソケットとサービスを起動する"), Text("containers are not touched", "コンテナには影響しない"), "systemctl start cri-docker.socket cri-docker.service  # on {node}", "crictl -r unix:///run/cri-dockerd.sock version", "none"),
        Remedy("permanent", Text("enable both units, keep cri-dockerd's version in step with docker's API, or move to containerd", "両 unit を enable し、cri-dockerd を Docker の API と揃えるか、containerd へ移行する"),
               Text("none for enabling", "enable だけなら影響なし"), "systemctl enable cri-docker.socket cri-docker.service  # on {node}", "systemctl is-enabled cri-docker.service", "none"),
    ),
    examples=(
        hit("kubelet", 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/cri-dockerd.sock: connect: connection refused"'),
        hit("kubelet", 'dial unix /var/run/cri-dockerd.sock: connect: no such file or directory'),
        hit("systemd", "cri-docker.service: Main process exited, code=exited, status=1/FAILURE"),
        hit("systemd", "Failed to start cri-docker.service - CRI Interface for Docker Application Container Engine."),
        near_miss("kubelet", "dial unix /var/run/docker.sock: connect: connection refused"),
        near_miss("shell", "Found multiple CRI endpoints on the host: unix:///var/run/containerd/containerd.sock, unix:///var/run/cri-dockerd.sock"),
    ),
    state_examples=(
        StateExample("Unit", {"name": "cri-docker.service", "active": "failed"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "failed"}, False),
    ),
    versions="Kubernetes 1.24 and later with Docker Engine",
    references=("https://mirantis.github.io/cri-dockerd/", "https://github.com/Mirantis/cri-dockerd"),
    concepts=("cri",),
)
