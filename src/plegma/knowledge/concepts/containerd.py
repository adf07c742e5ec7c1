"""The container runtime that most nodes have."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="containerd",
    title=Text("containerd", "containerd"),
    what=Text(
        "containerd is a daemon that holds images, snapshots and container metadata, and starts one shim for each pod, which in turn runs runc. The CRI server is a plugin inside it; the kubelet's objects live in the containerd namespace k8s.io, so that `ctr` needs `-n k8s.io` to see them. Docker uses containerd too, in the namespace moby, with the CRI plugin usually switched off.\n"
        "Containers are children of their shim, not of containerd: restarting containerd does not stop them.",
        "containerd は、イメージ・スナップショット・コンテナのメタデータを管理し、Pod ごとに shim を起動するデーモンである。shim が runc を実行する。CRI サーバーは containerd 内のプラグインで、kubelet のオブジェクトは containerd の名前空間 k8s.io にある(ctr では -n k8s.io が必要)。Docker も containerd を使うが、名前空間は moby で、CRI プラグインは通常無効になっている。\n"
        "コンテナは containerd ではなく shim の子なので、containerd を再起動しても止まらない。",
    ),
    fails=Text(
        "Stopped: the socket refuses, the kubelet says 'container runtime is down' after 30 s, running containers live on. Hanging: calls run into 2 minutes of DeadlineExceeded; for the first 2 minutes the kubelet's log shows nothing. CRI plugin not loaded (an invalid config.toml, disabled_plugins, a failed snapshotter): the daemon runs, but answers 'unknown service runtime.v1.RuntimeService'. Store damaged: 'content digest ... not found', 'missing parent bucket'. Disk: everything is slow at once, because metadata is one bolt database that is synced to /var/lib/containerd.",
        "停止: ソケットが拒否し、30 秒後に kubelet が container runtime is down と報告する。動作中のコンテナは生き続ける。ハング: 呼び出しが 2 分で DeadlineExceeded になる。最初の 2 分間、kubelet のログには何も出ない。CRI プラグインが読み込まれていない(config.toml の誤り、disabled_plugins、snapshotter の失敗): デーモンは動くが「unknown service runtime.v1.RuntimeService」と答える。ストアの破損: 「content digest ... not found」「missing parent bucket」。ディスク: メタデータは /var/lib/containerd の単一の bolt データベースに同期書き込みされるため、遅いと全体が遅くなる。",
    ),
    look=(
        Look("systemctl status containerd; journalctl -u containerd --since '{since}' --no-pager", Text("its own words; level=error lines name the request that failed", "containerd 自身のログ。level=error の行が失敗した要求を示す")),
        Look("ctr plugins ls | grep -v ok  # on {node}", Text("which plugin did not load, and why", "読み込まれなかったプラグインと理由")),
        Look("containerd config dump  # on {node}", Text("the configuration with all defaults: SystemdCgroup, sandbox image, CNI folders, runtimes", "既定値込みの設定: SystemdCgroup、sandbox イメージ、CNI フォルダー、ランタイム")),
        Look("kill -USR1 $(pidof containerd)  # on {node}; then its log", Text("a dump of all goroutines: what a hanging containerd waits for; it goes on running", "全 goroutine のダンプ。ハング中に何を待っているかが分かる(プロセスは動き続ける)")),
    ),
    numbers=(
        Number(Text("state, data", "状態とデータの場所"), "/run/containerd, /var/lib/containerd", "containerd: defaults/defaults_unix.go"),
        Number(Text("socket", "ソケット"), "/run/containerd/containerd.sock", "containerd: defaults/defaults_unix.go"),
        Number(Text("a pull without progress is given up after (image_pull_progress_timeout, from 1.7)", "進捗のない pull を打ち切るまで(image_pull_progress_timeout、1.7 以降)"), "5 m", "containerd: internal/cri/config/config_unix.go"),
        Number(Text("SystemdCgroup of the default configuration", "既定設定の SystemdCgroup"), "false", "containerd: internal/cri/config/config_unix.go"),
    ),
    see=("shim", "runc", "cri", "cgroup-driver", "image-pull"),
    modes=(
        "containerd-hang", "containerd-stopped", "containerd-config-invalid", "cri-plugin-disabled-or-too-old", "image-store-corrupted",
        "runtime-crash-loop", "overlay-without-dtype", "crio-hang", "crio-stopped", "crio-config-invalid",
        "containerd-metadata-corrupted", "containerd-metadata-locked", "containerd-removed-feature", "snapshotter-unavailable", "overlayfs-mount-failed", "devmapper-thin-pool-full",
        "crio-storage-wiped",
    ),
    aliases=("ctr", "cri-o", "crio", "container runtime"),
    references=("https://github.com/containerd/containerd/blob/main/docs/cri/config.md", "https://github.com/containerd/containerd/blob/main/docs/ops.md"),
)
