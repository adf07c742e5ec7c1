"""An upgrade of containerd removed what the node or the image still uses."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-removed-feature",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd no longer has a feature that the node still uses", "containerd の更新で、使用中の機能が廃止された"),
    summary=Text(
        "containerd 2.x dropped config version 1, runtimes io.containerd.runtime.v1.linux and io.containerd.runc.v1, CRI v1alpha2 and the aufs snapshotter. Old configuration then fails after the upgrade of the package.",
        "containerd 2.x では config version 1、io.containerd.runtime.v1.linux・io.containerd.runc.v1、CRI v1alpha2、aufs snapshotter が廃止された。パッケージ更新後、古い設定が失敗する。",
    ),
    signatures=(
        Signature(r"containerd config version `?\d`? is no longer supported", component="runtime", proof="states", source="containerd cmd/containerd/server/config"),
        Signature(r"invalid runtime name io\.containerd\.(?:runtime\.v1\.linux|runc\.v1)", component="runtime", proof="states", source="containerd core/runtime/v2"),
        Signature(r"runtime \\*\"io\.containerd\.(?:runtime\.v1\.linux|runc\.v1)\\*\" binary not installed", component="runtime", proof="states", source="containerd core/runtime/v2/shim_manager.go"),
        Signature(r"expected containerd config version", component="runtime", source="containerd cmd/containerd/server/config"),
    ),
    leads_to=(
        Link("containerd-stopped", "node", Text("containerd refuses its old configuration", "containerd が古い設定を拒否する"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("the configured runtime is gone", "設定された runtime がない"), strength=0.6),
        Link("container-cannot-run", "node", Text("the configured runtime is gone", "設定された runtime がない"), strength=0.5),
        Link("cri-plugin-disabled-or-too-old", "node", Text("the CRI plugin does not load, or only serves v1", "CRI プラグインが読み込まれない、または v1 のみ提供する"), strength=0.4),
    ),
    asks=(
        Ask("containerd --version; containerd config migrate | diff - /etc/containerd/config.toml; ctr deprecations list  # on {node}", Text("version 2.x with settings that 'config migrate' changes or deprecations that are listed", "2.x であり、config migrate で変わる設定や deprecations の一覧がある"),
            ("containerd-config-invalid", "runtime-binary-missing", "image-schema1-unsupported", "cri-plugin-disabled-or-too-old"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("go back to the last 1.7 package", "1.7 系のパッケージに戻す"), Text("data written by 2.x is mostly readable by 1.7; drain first", "2.x のデータは概ね 1.7 で読めるが、先に drain する"), "apt-get install containerd.io='1.7.*' --allow-downgrades  # on {node}", "containerd --version && crictl info >/dev/null", "disruptive"),
        Remedy("permanent", Text("migrate the configuration to version 3, runtimes to io.containerd.runc.v2", "設定を version 3 に、runtime を io.containerd.runc.v2 に移行する"), Text("drain and test node by node", "drain しながら 1 台ずつ確認する"),
               "containerd config migrate >/etc/containerd/config.toml.new  # on {node}", "ctr deprecations list", "restart"),
    ),
    examples=(
        hit("containerd", "containerd: containerd config version `1` is no longer supported since containerd v2.0, please switch to version `3`"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: invalid runtime name io.containerd.runtime.v1.linux, correct runtime name should be either format like `io.containerd.runc.v2`", reason="FailedCreatePodSandBox"),
        hit("containerd", 'failed to start shim: runtime "io.containerd.runc.v1" binary not installed "containerd-shim-runc-v1": file does not exist'),
        hit("containerd", "containerd: expected containerd config version `3`, got `1`"),
        near_miss("k8s-event", 'not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1', reason="Failed"),
        near_miss("containerd", 'Ignoring unknown key in TOML column=5 row=20 plugin=io.containerd.cri.v1.runtime'),
        near_miss("containerd", 'failed to start shim: runtime "io.containerd.runc.v2" binary not installed "containerd-shim-runc-v2": file does not exist'),
    ),
    versions="containerd 2.0 and later",
    references=("https://github.com/containerd/containerd/blob/main/docs/containerd-2.0.md", "https://github.com/containerd/containerd/blob/main/RELEASES.md#deprecated-features"),
)
