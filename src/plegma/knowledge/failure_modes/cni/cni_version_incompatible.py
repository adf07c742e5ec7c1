"""Configuration and plugin speak different versions of the CNI specification."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-version-incompatible",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the CNI configuration's version is not supported by the plugin", "CNI 設定の版をプラグインがサポートしていない"),
    summary=Text(
        "The cniVersion of the configuration is not among those that the plugin (or one of the chain, or the runtime's library) understands, so ADD is refused. "
        "It appears when only one side was upgraded: runtime, plugin binaries or configuration.",
        "設定の cniVersion を、プラグイン(チェーン中のいずれか、またはランタイムのライブラリ)が扱えず、ADD が拒否される。"
        "ランタイム、プラグイン、設定のうち片方だけを更新したときに起きる。",
    ),
    signatures=(
        Signature(r"incompatible CNI versions", component="cni", proof="states", source="containernetworking/cni pkg/version"),
        Signature(r"unsupported CNI result version", component="cni", proof="states", source="containernetworking/cni pkg/types/create"),
        Signature(r"does not support config version", component="cni", proof="states", source="containernetworking/cni libcni ValidateNetworkList"),
        Signature(r"the version is empty", component="cni", source="containernetworking/cni pkg/version ParseVersion"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD is refused by the version check", "版の検査で ADD が拒否される"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL runs the same check", "DEL でも同じ検査が行われる"), strength=0.4),
        Link("cni-config-missing", "node", Text("a runtime that validates the configuration does not take it, and has none", "検査に通らない設定は採用されず、設定がない状態になる"), within=600, strength=0.5),
        Link("network-not-ready", "node", Text("a runtime that validates at load time does not take the configuration", "読み込み時に検査する版では設定が採用されない"), strength=0.3),
    ),
    asks=(
        Ask("grep -H cniVersion /etc/cni/net.d/*; for p in /opt/cni/bin/*; do echo $p; CNI_COMMAND=VERSION $p </dev/null; done",
            Text("a plugin of the chain does not list the configured cniVersion", "チェーン中のプラグインの対応一覧に、設定の cniVersion がない"),
            ("multus-nad-config-error", "cni-config-invalid"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Lower cniVersion in the configuration to one that all chained plugins know (0.3.1 or 0.4.0 for old plugins), or put back the older package.",
                                 "チェーン中の全プラグインが対応する cniVersion(古いプラグインなら 0.3.1 や 0.4.0)に下げる。または更新前のパッケージへ戻す。"),
               Text("new pods only", "新しい Pod のみに影響"), verify="grep -H cniVersion /etc/cni/net.d/*", risk_level="none"),
        Remedy("permanent", Text("Upgrade plugin binaries, configuration and runtime together, in the node image.",
                                 "プラグイン、設定、ランタイムをノードイメージで揃えて更新する。"),
               Text("roll out node by node", "ノード単位で段階的に適用する"), verify="kubectl get pods -A -o wide", risk_level="restart"),
    ),
    examples=(
        hit("k8s-event", 'networkPlugin cni failed to set up pod "web-1_shop" network: incompatible CNI versions; config is "1.0.0", plugin supports ["0.1.0" "0.2.0" "0.3.0" "0.3.1" "0.4.0"]', reason="FailedCreatePodSandBox"),
        hit("containerd", 'failed to setup network for sandbox "ab": unsupported CNI result version "1.0.0"'),
        hit("kubelet", 'Error validating CNI config list /etc/cni/net.d/10-flannel.conflist: [plugin flannel does not support config version ""]'),
        hit("k8s-event", 'failed to setup network for sandbox "ab": plugin type="bridge" failed (add): invalid version "": the version is empty', reason="FailedCreatePodSandBox"),
        near_miss("kubelet", "failed to clean up sandbox container network for pod: Link not found"),
        near_miss("k8s-event", "Multus: [shop/web-0]: error loading k8s delegates k8s args: TryLoadPodDelegates: error in getting k8s network from pod", reason="FailedCreatePodSandBox"),
    ),
    versions="cniVersion 1.0.0 needs containernetworking/plugins 1.0.0 and, for the runtime, containerd 1.6 or CRI-O 1.22",
    references=("https://www.cni.dev/docs/spec/", "https://github.com/containernetworking/plugins/issues/690"),
)
