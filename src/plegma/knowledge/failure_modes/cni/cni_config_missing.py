"""No CNI configuration is loaded on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-config-missing",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("no CNI configuration on the node", "ノードに CNI の設定がない"),
    summary=Text(
        "The runtime finds no usable file in its CNI configuration directory (usually /etc/cni/net.d), so it reports NetworkReady=false: "
        "the node is NotReady and only hostNetwork pods can start. Usual reasons: no CNI was installed, the pod that writes the file cannot run, "
        "the file was removed, or runtime and CNI use different directories. For some seconds after each boot this is normal.",
        "ランタイムの CNI 設定ディレクトリ(通常 /etc/cni/net.d)に使える設定がなく、NetworkReady=false になる。"
        "ノードは NotReady となり、hostNetwork の Pod しか起動できない。CNI を入れていない、設定を書く Pod が動けない、ファイルが消された、"
        "ランタイムと CNI が別のディレクトリを見ている、のいずれかが多い。起動直後の数秒間だけなら正常である。",
    ),
    signatures=(
        Signature(r"(?:plugin returns error|[Nn]etwork (?:is )?not ready|for sandbox|sandbox network|lastCNILoadStatus).{0,200}cni plugin not initialized", component="cni", source="containerd go-cni ErrCNINotInitialized"),
        Signature(r"cni plugin not initialized", component="cni", proof="suggests",
                  source="containerd go-cni; as 'failed to load cni during init' it is written at each start before the CNI's first"),
        Signature(r"cni config uninitialized", component="cni", source="kubelet dockershim network/cni"),
        Signature(r"No CNI configuration file in ", component="cni", source="cri-o/ocicni"),
        Signature(r"Missing CNI default network", component="cni", source="cri-o/ocicni"),
        Signature(r"Unable to update cni config: [Nn]o (?:valid )?networks found in", component="kubelet", proof="suggests",
                  source="kubelet dockershim network/cni; normal in the first seconds"),
        Signature(r"cni config load failed: no network config found in", component="cni", proof="suggests",
                  source="containerd; normal when containerd starts before the CNI is installed"),
        Signature(r"cannot access '?/etc/cni/net\.d[^ ]*: No such file", component="shell"),
    ),
    states=(StateTest("File", {"path": r"^/etc/cni/net\.d/?$", "entries": "<=0"}, proof="states"),),
    leads_to=(
        Link("network-not-ready", "node", Text("without a configuration the runtime reports NetworkReady=false",
                                               "設定がないため、ランタイムが NetworkReady=false を報告する"), within=120, strength=0.95),
        Link("sandbox-creation-failing", "node", Text("the runtime has no plugin to call for the sandbox's network",
                                                      "PodSandbox のネットワーク設定のために呼ぶべきプラグインがない")),
        Link("sandbox-kill-failing", "node", Text("the runtime cannot call DEL either, so old sandboxes stay",
                                                  "DEL も呼べないため、古い PodSandbox が残る"), strength=0.5),
        Link("cni-del-error-loop", "node", Text("DEL of each old sandbox fails again and again", "古い PodSandbox の DEL が毎回失敗する"),
             strength=0.4),
    ),
    refutes=(
        Refutation(Text("a configuration file exists but does not parse", "設定ファイルはあるが解釈できない"), mode="cni-config-invalid", weight=0.4),
        Refutation(Text("a configuration is in use: its plugin binary was looked for", "設定は使われている(プラグインの実行ファイルを探している)"),
                   mode="cni-binary-missing", weight=0.3),
    ),
    asks=(
        Ask("ls -la /etc/cni/net.d; crictl info | grep -A5 -i lastCNILoadStatus",
            Text("the directory is empty or absent, or lastCNILoadStatus says that no network config was found",
                 "ディレクトリが空または存在しない、あるいは lastCNILoadStatus に no network config found と出る"),
            ("cni-config-invalid", "cni-binary-missing", "cri-plugin-disabled-or-too-old"), "cni-config"),
        Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node}",
            Text("the CNI pod (calico-node, kube-flannel, cilium, aws-node...) of this node is absent or not Running",
                 "そのノードの CNI の Pod(calico-node、kube-flannel、cilium、aws-node など)がない、または Running でない"),
            ("cilium-agent-down", "calico-node-not-ready"), "pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Start or repair the CNI pod of this node (it writes the file), or put the file back.",
                                 "このノードの CNI の Pod(設定ファイルを書く)を起動または修復する。あるいはファイルを戻す。"),
               Text("none for running pods", "稼働中の Pod には影響しない"), verify="kubectl get node {node} -o wide", risk_level="none"),
        Remedy("permanent", Text("Install the CNI before workloads, let its DaemonSet tolerate every taint with priority class system-node-critical, "
                                 "and let containerd's conf_dir (or CRI-O's network_dir) be the directory that the CNI writes to.",
                                 "ワークロードより先に CNI を導入し、DaemonSet に全 taint の toleration と system-node-critical を付け、"
                                 "containerd の conf_dir(CRI-O は network_dir)を CNI の書き込み先と一致させる。"),
               Text("a changed conf_dir needs a restart of the runtime", "conf_dir の変更にはランタイムの再起動が必要"),
               verify="crictl info | grep -i networkready"),
    ),
    examples=(
        hit("kubelet", '"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"'),
        hit("containerd", 'RunPodSandbox for name:"web-0" failed, error: failed to setup network for sandbox "6b1f": cni plugin not initialized'),
        hit("status", "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized", reason="KubeletNotReady"),
        hit("k8s-event", "network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: No CNI configuration file in /etc/kubernetes/cni/net.d/. Has your network provider started?", reason="NetworkNotReady"),
        hit("crio", "NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: Missing CNI default network"),
        hit("kubelet", "Unable to update cni config: No networks found in /etc/cni/net.d"),
        hit("containerd", 'failed to load cni during init, please check CRI plugin status before setting up network for pods cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config'),
        hit("shell", "ls: cannot access '/etc/cni/net.d': No such file or directory"),
        near_miss("kubelet", 'networkPlugin cni failed to set up pod "web-0_shop" network: failed to find plugin "portmap" in path [/opt/cni/bin]'),
        near_miss("containerd", 'unknown service runtime.v1.RuntimeService'),
        near_miss("containerd", 'cni config load failed: failed to load CNI config list file /etc/cni/net.d/10-a.conflist: error parsing configuration list: unexpected end of JSON input'),
    ),
    state_examples=(
        StateExample("File", {"path": "/etc/cni/net.d", "entries": 0}, True),
        StateExample("File", {"path": "/etc/cni/net.d", "entries": 2}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/",
                "https://github.com/containerd/containerd/pull/10744"),
)
