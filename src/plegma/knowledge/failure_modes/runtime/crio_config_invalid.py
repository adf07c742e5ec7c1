"""CRI-O refuses its configuration and exits."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crio-config-invalid",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("CRI-O's configuration is invalid", "CRI-O の設定が不正である"),
    summary=Text("crio validates crio.conf and crio.conf.d at start (runtime paths, conmon, cgroup manager, hooks, network dirs) and exits with a fatal line when a value does not hold on this node.",
                 "crio は起動時に crio.conf と crio.conf.d(runtime_path、conmon、cgroup マネージャー、hooks、ネットワークディレクトリ)を検証し、ノードに合わない値があると致命的エラーで終了する。"),
    signatures=(
        Signature(r"[Vv]alidating (?:runtime|root|network|image|api|stats|nri) config: ", component="runtime", proof="shows", source="cri-o pkg/config/config.go"),
        Signature(r"(?:runtime|conmon|network) validation: (?:failed|invalid|\w+ \S+ is not)", component="runtime", proof="states", source="cri-o pkg/config/config.go"),
        Signature(r"unable to decode configuration /etc/crio/", component="runtime", proof="states", source="cri-o pkg/config/config.go"),
        Signature(r"update config from (?:drop-in |single )?file: ", component="runtime", proof="shows", source="cri-o pkg/config/config.go"),
        Signature(r"listen unix /(?:var/)?run/crio/crio\.sock: bind: ", component="runtime", source="Go net in crio"),
    ),
    leads_to=(
        Link("crio-stopped", "node", Text("crio exits at start", "crio が起動時に終了する"), strength=0.95),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
    ),
    asks=(Ask("journalctl -u crio -b --no-pager | grep -iE 'level=fatal|validat' | tail; crio config >/dev/null  # on {node}", Text("the section and key that are refused", "拒否されたセクションとキー"), ("crio-stopped", "runtime-binary-missing", "conmon-failed"), "runtime-config"),),
    remedies=(
        Remedy("temporary", Text("take the last changed drop-in out of /etc/crio/crio.conf.d and start crio", "直近に変更した /etc/crio/crio.conf.d のファイルを外して crio を起動する"), Text("its settings are lost until it is mended", "修正までその設定は失われる"), "systemctl restart crio  # on {node}, after moving the file", "crictl version", "restart"),
        Remedy("permanent", Text("check with 'crio config' (or 'crio status config') in the pipeline that writes the file", "ファイルを生成する仕組みで crio config による検証を行う"), Text("none", "なし"), verify="crio config >/dev/null && echo ok", risk_level="none"),
    ),
    examples=(
        hit("crio", "validating runtime config: conmon validation: invalid conmon path: stat /usr/libexec/crio/conmon: no such file or directory"),
        hit("crio", "conmon validation: failed to translate monitor fields for runtime crun"),
        hit("crio", "unable to decode configuration /etc/crio/crio.conf.d/99-x.conf: toml: line 3: expected '=', got 'n'"),
        hit("crio", "Getting config: update config from drop-in file: open /etc/crio/crio.conf.d/10-x.conf: permission denied"),
        hit("crio", "Unable to start: listen unix /var/run/crio/crio.sock: bind: address already in use"),
        near_miss("crio", "Using default capabilities: CAP_CHOWN, CAP_DAC_OVERRIDE"),
        near_miss("kubelet", "dial unix /var/run/crio/crio.sock: connect: no such file or directory"),
    ),
    references=("https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md",),
)
