"""dockerd refuses daemon.json or its flags."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dockerd-config-invalid",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("dockerd's configuration is invalid", "dockerd の設定が不正である"),
    summary=Text("daemon.json is not JSON, has unknown keys, or repeats what the unit passes as a flag (hosts, exec-opts, log-driver): dockerd exits at start, often after a harmless looking edit and a restart.",
                 "daemon.json が JSON として不正、未知のキーを含む、または unit のフラグ(hosts、exec-opts、log-driver など)と重複している。わずかな編集後の再起動で dockerd が起動しなくなる。"),
    signatures=(
        Signature(r"unable to configure the Docker daemon with file ", component="runtime", proof="states", source="moby cmd/dockerd/daemon.go"),
        Signature(r"the following directives are specified both as a flag and in the configuration file", component="runtime", proof="states", source="moby daemon/config"),
        Signature(r"the following directives don't match any configuration option", component="runtime", proof="states", source="moby daemon/config"),
        Signature(r"merged configuration validation from file and command line flags failed", component="runtime", proof="states", source="moby daemon/config"),
        Signature(r"failed to load listeners: (?:no sockets found|can't create unix socket)", component="runtime", source="moby cmd/dockerd"),
    ),
    leads_to=(
        Link("dockerd-stopped", "node", Text("dockerd exits at start", "dockerd が起動時に終了する"), strength=0.95),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
    ),
    asks=(Ask("dockerd --validate; python3 -m json.tool /etc/docker/daemon.json; systemctl cat docker | grep ExecStart  # on {node}", Text("the key or character that is refused", "拒否されたキーや文字"), ("dockerd-stopped", "dockerd-network-controller-failed", "docker-storage-driver-failed"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("mend or move daemon.json and start docker", "daemon.json を修正または退避して Docker を起動する"), Text("the cgroup driver must stay the kubelet's", "cgroup ドライバーは kubelet と一致させる"), "dockerd --validate && systemctl restart docker  # on {node}", "docker info >/dev/null", "restart"),
        Remedy("permanent", Text("one place for each setting (file or flag), validated before roll-out", "設定はファイルかフラグの一方に統一し、展開前に検証する"), Text("none", "なし"), verify="dockerd --validate", risk_level="none"),
    ),
    examples=(
        hit("dockerd", "unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character '}' looking for beginning of object key string"),
        hit("dockerd", "unable to configure: the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd://], from file: [unix:///var/run/docker.sock])"),
        hit("dockerd", "the following directives don't match any configuration option: registry-mirror"),
        hit("dockerd", "merged configuration validation from file and command line flags failed: invalid log level"),
        hit("dockerd", "failed to load listeners: no sockets found via socket activation: make sure the service was started by systemd"),
        near_miss("dockerd", "failed to start daemon: error initializing graphdriver: driver not supported"),
        near_miss("kubelet", "failed to load Kubelet config file"),
    ),
    references=("https://docs.docker.com/engine/daemon/troubleshoot/#troubleshoot-conflicts-between-the-daemonjson-and-startup-scripts",),
)
