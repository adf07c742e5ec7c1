"""The endpoint answers, but does not serve the CRI version that the kubelet asks for."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cri-plugin-disabled-or-too-old",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("the runtime does not serve the CRI: plugin disabled, not loaded, or too old", "ランタイムが CRI を提供していない(プラグインの無効化・読み込み失敗・旧版)"),
    summary=Text(
        "The socket answers with Unimplemented: containerd runs with disabled_plugins=[\"cri\"] (the default file of Docker's containerd.io package), its CRI plugin failed to load, or the runtime and the kubelet have no CRI version in common "
        "(kubelet 1.26 and later want v1, which needs containerd 1.6 or CRI-O 1.20; containerd 2.0 dropped v1alpha2). The kubelet exits at start.",
        "ソケットは Unimplemented を返す。containerd が disabled_plugins=[\"cri\"](Docker の containerd.io パッケージの既定)で動いている、CRI プラグインの読み込みに失敗した、または kubelet と共通の CRI バージョンがない"
        "(kubelet 1.26 以降は v1 が必要で containerd 1.6・CRI-O 1.20 以上を要する。containerd 2.0 は v1alpha2 を廃止)。kubelet は起動時に終了する。",
    ),
    signatures=(
        Signature(r"unknown service runtime\.(?:v1(?:alpha2)?\.)?(?:Runtime|Image)Service", component="runtime", proof="states", source="grpc-go server.go"),
        Signature(r"CRI v1 (?:runtime|image) API is not implemented for endpoint", component="kubelet", proof="states", source="pkg/kubelet/cri/remote/remote_runtime.go v1.26"),
        Signature(r"validate CRI v1 (?:runtime|image) API for endpoint .{0,120}code = Unimplemented", component="kubelet", proof="states", source="cri-client remote_runtime.go"),
        Signature(r"^io\.containerd\.grpc\.v1\s+cri\s+\S+\s+(?:error|skip)", component="shell", source="ctr plugin ls"),
        Signature(r"failed to load plugin.{0,600}io\.containerd\.(?:grpc\.v1\.cri|cri\.v1\.(?:runtime|images))", component="runtime", source="containerd server.go"),
    ),
    states=(StateTest("Config", {"file": r"config\.toml", "key": r"disabled_plugins$", "value": r"\bcri\b"}, proof="suggests"),),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("the kubelet cannot validate its runtime and exits", "kubelet がランタイムを検証できず終了する"), strength=0.9),
        Link("node-status-unknown", "node", Text("a kubelet that exits posts no status", "終了した kubelet は状態を送らない"), strength=0.5),
        Link("container-runtime-down", "node", Text("a running kubelet counts the runtime as down", "稼働中の kubelet はランタイムを停止とみなす"), strength=0.6),
        Link("node-not-ready", "node", Text("the runtime's state is part of the Ready condition", "ランタイムの状態は Ready 条件の一部である"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("the node runs on Docker: its containerd is not asked for the CRI", "ノードは Docker で動いており、その containerd に CRI は要らない"), state=StateTest("Node", {"runtime": r"^docker"}), weight=0.8),
        Refutation(Text("the socket refuses or is absent: the runtime does not run at all", "ソケットが拒否または存在しない。ランタイム自体が動いていない"), mode="containerd-stopped", weight=0.3),
    ),
    asks=(
        Ask("grep -n disabled_plugins /etc/containerd/config.toml; ctr plugins ls | grep -i cri; containerd --version; kubelet --version  # on {node}",
            Text("\"cri\" among disabled_plugins, a cri row with status 'error', or a version below 1.6", "disabled_plugins に \"cri\" があるか、cri の行が error か、バージョンが 1.6 未満か"),
            ("containerd-stopped", "containerd-config-invalid", "containerd-removed-feature", "cri-endpoint-wrong"), "runtime-config"),
    ),
    remedies=(
        Remedy("temporary", Text("write a default configuration with the CRI plugin on, and restart containerd", "CRI プラグインを有効にした既定の設定を書き、containerd を再起動する"),
               Text("own settings (mirrors, SystemdCgroup) must be carried over", "独自設定(ミラー、SystemdCgroup)を引き継ぐ必要がある"),
               "cp /etc/containerd/config.toml /etc/containerd/config.toml.bak; containerd config default >/etc/containerd/config.toml; sed -i 's/SystemdCgroup = false/SystemdCgroup = true/' /etc/containerd/config.toml; systemctl restart containerd kubelet  # on {node}",
               "crictl info >/dev/null && kubectl get node {node}", "restart"),
        Remedy("permanent", Text("keep runtime and kubelet within the supported matrix (containerd 1.6 or later for kubelet 1.26 and later) and put the configuration into the node image",
                                 "ランタイムと kubelet を対応表の範囲に保ち(kubelet 1.26 以降は containerd 1.6 以上)、設定をノードイメージに入れる"),
               Text("drain and upgrade node by node", "drain しながら 1 台ずつ更新する"), verify="kubectl get nodes -o wide", risk_level="disruptive"),
    ),
    examples=(
        near_miss("shell", "io.containerd.grpc.v1           cri                      linux/amd64    ok"),
        hit("shell", "io.containerd.grpc.v1           cri                      linux/amd64    error"),
        hit("kubelet", 'failed to run Kubelet: failed to create kubelet: rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService'),
        hit("kubelet", '"command failed" err="failed to run Kubelet: validate service connection: CRI v1 runtime API is not implemented for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"'),
        hit("kubelet", '"command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 image API for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unimplemented desc = unk'),
        hit("kubelet", "Get runtime version failed: rpc error: code = Unimplemented desc = unknown service runtime.RuntimeService"),
        hit("containerd", 'failed to load plugin io.containerd.grpc.v1.cri error="failed to create CRI service: failed to find snapshotter \\"zfs\\""'),
        hit("containerd", 'failed to load plugin error="invalid cri image config" id=io.containerd.cri.v1.images type=io.containerd.cri.v1'),
        near_miss("containerd", 'failed to load plugin io.containerd.snapshotter.v1.devmapper error="devmapper not configured"'),
        near_miss("kubelet", 'dial unix /run/containerd/containerd.sock: connect: connection refused'),
        near_miss("kubelet", '"CRI implementation should be updated to support RuntimeConfig when KubeletCgroupDriverFromCRI feature gate has been enabled. Falling back to using cgroupDriver from kubelet config."'),
        near_miss("k8s-event", "rpc error: code = Unimplemented desc = failed to pull and unpack image", reason="Failed"),
    ),
    state_examples=(
        StateExample("Config", {"file": "/etc/containerd/config.toml", "key": "disabled_plugins", "value": '["cri"]'}, True),
        StateExample("Config", {"file": "/etc/containerd/config.toml", "key": "disabled_plugins", "value": "[]"}, False),
    ),
    versions="kubelet 1.26 and later need CRI v1 (containerd >= 1.6, CRI-O >= 1.20); containerd 2.0 serves v1 only (kubelet >= 1.23)",
    references=("https://kubernetes.io/docs/setup/production-environment/container-runtimes/#containerd", "https://kubernetes.io/blog/2022/11/18/upcoming-changes-in-kubernetes-1-26/",
                "https://github.com/kubernetes/kubernetes/issues/73189"),
    concepts=("cri",),
)
