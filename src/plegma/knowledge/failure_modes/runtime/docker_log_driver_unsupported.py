"""Docker's log driver is one that the kubelet cannot read."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="docker-log-driver-unsupported",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("Docker's log driver is not json-file, so the kubelet finds no logs", "Docker のログドライバーが json-file でなく、kubelet がログを読めない"),
    summary=Text("With journald, syslog, fluentd, local or none there is no json file for the kubelet to link under /var/log/pods: kubectl logs fails or is empty although the container runs.",
                 "journald・syslog・fluentd・local・none では、kubelet が /var/log/pods からリンクする JSON ファイルが存在しない。コンテナは動いていても kubectl logs が失敗するか空になる。"),
    signatures=(
        Signature(r"configured logging (?:driver|reader) does not support reading", component="runtime", proof="states", source="moby daemon/logger"),
        Signature(r"[Cc]annot create symbolic link because container log file doesn't exist", component="kubelet", source="dockershim docker_container.go"),
        Signature(r"docker log driver \\*\"?\w+", component="kubelet", proof="suggests", source="dockershim"),
    ),
    asks=(Ask("docker info -f '{{{{.LoggingDriver}}}}'; ls -l /var/log/pods/{namespace}_{pod}_*/*  # on {node}", Text("a driver other than json-file, and links that lead nowhere", "json-file 以外のドライバーで、リンク先が存在しない"), ("disk-pressure-eviction", "inotify-limit"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("read the log where the driver sends it", "ドライバーの送り先でログを読む"), Text("none", "なし"), "journalctl CONTAINER_NAME={container}  # with journald, on {node}", "", "none"),
        Remedy("permanent", Text("\"log-driver\": \"json-file\" with max-size and max-file in daemon.json, then make the pods anew", "daemon.json に \"log-driver\": \"json-file\"(max-size・max-file 付き)を設定し、Pod を作り直す"), Text("docker is restarted; only new containers use it", "Docker を再起動する。新しいコンテナにだけ適用される"), "systemctl restart docker  # on {node}, after a drain", "docker info -f '{{{{.LoggingDriver}}}}'", "disruptive"),
    ),
    examples=(
        hit("shell", "Error response from daemon: configured logging driver does not support reading"),
        hit("kubelet", "Cannot create symbolic link because container log file doesn't exist!"),
        hit("kubelet", 'failed to get container log: docker log driver "journald" has no file'),
        near_miss("shell", 'failed to try resolving symlinks in path "/var/log/pods/shop_web-1_0b6d/app/0.log": lstat /var/log/pods/shop_web-1_0b6d/app/0.log: no such file or directory'),
        near_miss("shell", "failed to create fsnotify watcher: too many open files"),
    ),
    versions="Docker with dockershim to v1.23 or cri-dockerd",
    references=("https://docs.docker.com/engine/logging/configure/", "https://kubernetes.io/docs/concepts/cluster-administration/logging/"),
)
