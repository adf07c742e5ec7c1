"""containerd or its CRI plugin refuses config.toml."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-config-invalid",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd's configuration is invalid", "containerd の設定ファイルが不正である"),
    summary=Text(
        "config.toml (or a file it imports) has a syntax error, an unknown plugin URI, or settings that exclude each other. Either containerd does not start at all, or it starts without the CRI plugin and only a warning says so ('failed to load plugin').",
        "config.toml(または imports のファイル)に構文エラー、不明なプラグイン URI、両立しない設定がある。containerd が起動しないか、CRI プラグインなしで起動し「failed to load plugin」の警告だけが出る。",
    ),
    signatures=(
        Signature(r"failed to load TOML", component="runtime", proof="states", source="containerd cmd/containerd/server/config"),
        Signature(r"invalid (?:disabled plugin|plugin key|required plugin) URI", component="runtime", proof="states", source="containerd cmd/containerd/server/config"),
        Signature(r"failed to load plugin.{0,80}invalid (?:plugin config|cri \w+ config)", component="runtime", proof="suggests", source="containerd internal/cri/config validation: the daemon goes on without its CRI"),
        Signature(r"cannot be set when `config_path` is provided", component="runtime", proof="suggests", source="containerd internal/cri/config"),
        Signature(r"failed to decode hosts\.toml", component="runtime", proof="suggests", source="containerd remotes/docker/config/hosts.go: that registry's settings are left out"),
        Signature(r"no corresponding runtime configured in `(?:containerd\.)?runtimes` for `", component="runtime", proof="shows", source="containerd internal/cri/config"),
        Signature(r"failed to unmarshal (?:TOML|config).{0,200}containerd", component="runtime", source="containerd"),
        Signature(r"containerd: \(?(?:line )?\d+[,:] ?(?:column )?\d+\)?: ", component="runtime", source="go-toml, pelletier"),
    ),
    leads_to=(
        Link("containerd-stopped", "node", Text("containerd exits at start", "containerd が起動時に終了する"), strength=0.8),
        Link("cri-plugin-disabled-or-too-old", "node", Text("containerd runs without its CRI plugin", "containerd が CRI プラグインなしで動く"), strength=0.8),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("the kubelet cannot validate its runtime", "kubelet がランタイムを検証できない"), strength=0.5),
    ),
    asks=(
        Ask("containerd config dump >/dev/null; journalctl -u containerd -b --no-pager | grep -iE 'TOML|failed to load plugin|invalid' | tail -20  # on {node}", Text("the file, line and key that are refused", "拒否されたファイル・行・キー"),
            ("containerd-stopped", "cri-plugin-disabled-or-too-old", "containerd-removed-feature", "runtime-crash-loop", "app-config-error"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("go back to the last good file, or to the default with your own settings re-applied", "直前の正常なファイルに戻すか、既定の設定に独自設定を入れ直す"), Text("lost mirrors or SystemdCgroup show up as pull errors or restarts", "ミラーや SystemdCgroup を失うと取得エラーや再起動につながる"),
               "mv /etc/containerd/config.toml /etc/containerd/config.toml.bad; containerd config default >/etc/containerd/config.toml; systemctl restart containerd  # on {node}", "crictl info >/dev/null", "restart"),
        Remedy("permanent", Text("check every change with 'containerd config dump' before the restart, and manage the file in one place", "変更は再起動前に containerd config dump で検証し、ファイルを一元管理する"), Text("none", "なし"), verify="containerd config dump >/dev/null && echo ok", risk_level="none"),
    ),
    examples=(
        hit("containerd", "containerd: failed to load TOML: /etc/containerd/config.toml: (14, 3): unexpected token table key cannot contain ']'"),
        hit("shell", 'containerd: failed to load TOML from /etc/containerd/config.toml: invalid plugin key URI "cri" expect io.containerd.x.vx'),
        hit("containerd", 'failed to load plugin io.containerd.grpc.v1.cri error="invalid plugin config: `systemd_cgroup` only works for runtime io.containerd.runtime.v1.linux"'),
        hit("containerd", 'failed to load plugin error="unable to load CRI image service plugin dependency: invalid cri image config: `mirrors` cannot be set when `config_path` is provided" id=io.containerd.grpc.v1.cri type=io.containerd.grpc.v1'),
        hit("containerd", 'invalid plugin config: no corresponding runtime configured in `runtimes` for `default_runtime_name`'),
        hit("shell", "failed to unmarshal TOML: type mismatch in /etc/containerd/config.toml"),
        hit("shell", "containerd: (7, 1): duplicated tables"),
        hit("containerd", 'failed to decode hosts.toml error="failed to parse TOML: (2, 1): unexpected token"'),
        near_miss("containerd", 'failed to load plugin io.containerd.snapshotter.v1.btrfs error="path must be a btrfs filesystem to be used with the btrfs snapshotter: skip plugin"'),
        near_miss("containerd", 'failed to load cni during init, please check CRI plugin status before setting up network for pods error="cni config load failed: no network config found in /etc/cni/net.d"'),
        near_miss("kubelet", 'failed to load Kubelet config file /var/lib/kubelet/config.yaml'),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/cri/config.md", "https://github.com/containerd/containerd/issues/10905"),
)
