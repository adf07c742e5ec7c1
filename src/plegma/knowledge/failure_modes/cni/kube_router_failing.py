"""kube-router cannot set up routing on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kube-router-failing",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("kube-router fails on the node", "ノードの kube-router が失敗している"),
    summary=Text(
        "kube-router (routes over BGP, service proxy, policies) exits or cannot write its CNI file: no pod CIDR on the node, ipset or ip_vs not usable, BGP port taken. Pods get no addresses or no routes to other nodes.",
        "kube-router(BGP による経路、Service プロキシ、ポリシー)が終了する、または CNI ファイルを書けない。ノードに Pod CIDR がない、ipset や ip_vs が使えない、BGP ポートが使用中など。Pod がアドレスや他ノードへの経路を得られない。",
    ),
    signatures=(
        Signature(r"Failed to create network (?:services|services proxy|routing|routes|policy) controller", component="network", proof="states", source="kube-router pkg/cmd"),
        Signature(r"[Ff]ailed to start node BGP server", component="network", proof="states", source="kube-router network_routes_controller.go"),
        Signature(r"Failed to get pod CIDR from CNI conf file", component="network", proof="suggests", source="kube-router; also at a first start"),
        Signature(r"Failed initial ipset setup", component="network", source="kube-router network_routes_controller.go"),
    ),
    states=(StateTest("Pod", {"pod": r"^kube-router-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("cni-config-missing", "node", Text("its CNI file is not written", "CNI ファイルが書かれない"), strength=0.5),
        Link("sandbox-creation-failing", "node", Text("its bridge network has an empty subnet", "ブリッジネットワークのサブネットが空になる"), strength=0.6),
        Link("service-unreachable", "node", Text("routes to pods of other nodes are missing", "他ノードの Pod への経路がない"), strength=0.6),
        Link("service-vip-unreachable", "node", Text("as service proxy it does not keep the rules", "Service プロキシとしてのルールが維持されない"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("kube-router exits at each start", "kube-router が起動のたびに終了する"), strength=0.7),
    ),
    asks=(
        Ask("kubectl -n kube-system logs -l k8s-app=kube-router --prefix --tail=40; cat /etc/cni/net.d/10-kuberouter.conf*",
            Text("the first error after start, and whether the CNI file holds a subnet", "起動後の最初のエラー、CNI ファイルに subnet があるか"), ("node-podcidr-not-assigned", "ipvs-modules-missing", "kube-proxy-down", "port-already-in-use"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Remove the cause in its log (podCIDR, modules, port 179) and restart the pod.", "ログにある原因(podCIDR、モジュール、179 番ポート)を除き、Pod を再起動する。"),
               Text("routes stay until it withdraws them", "経路は取り消されるまで残る"), command="kubectl -n kube-system delete pod -l k8s-app=kube-router --field-selector spec.nodeName={node}", verify="ip route show proto 17"),
        Remedy("permanent", Text("--allocate-node-cidrs, ip_vs and ipset modules at boot, no second BGP daemon or proxy on the node.", "--allocate-node-cidrs を有効にし、ip_vs と ipset のモジュールを起動時に読み込み、BGP デーモンやプロキシを重複させない。"),
               Text("none", "なし"), verify="kubectl -n kube-system rollout status ds/kube-router", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "Failed to run kube-router: Failed to create network services controller: Failed to get pod CIDR details from Node.spec: node.Spec.PodCIDR not set for node: n7"),
        hit("pod-log", "Failed to start node BGP server: failed to start BGP server due to: listen tcp4 0.0.0.0:179: bind: address already in use"),
        hit("pod-log", "Failed to get pod CIDR from CNI conf file: Failed to get IPAM details from the CNI conf file: invalid CIDR address:"),
        hit("pod-log", "Failed initial ipset setup: Failed to sync Pod Subnets ipset: ipset v6.32: Syntax error"),
        near_miss("pod-log", "Starting network policy controller"),
        near_miss("pod-log", 'Error registering network: failed to acquire lease: node "n7" pod cidr not assigned'),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "kube-router-7xk2p", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "kube-router-7xk2p", "status": "Running"}, False),
    ),
    versions="kube-router, k0s default",
    references=("https://github.com/cloudnativelabs/kube-router/issues/320", "https://github.com/cloudnativelabs/kube-router/issues/360"),
)
