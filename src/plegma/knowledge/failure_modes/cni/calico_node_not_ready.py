"""calico-node is not ready on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="calico-node-not-ready",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("calico-node is not ready on the node", "ノードの calico-node が Ready にならない"),
    summary=Text(
        "Felix (routes, policies) or BIRD (BGP) of the node does not work: the agent has not started, cannot find its address, its peer does not answer (port 179 blocked, wrong interface chosen), or the datastore is out of reach. "
        "The plugin needs /var/lib/calico/nodename from it, and routes to other nodes' pods come from it. For half a minute after a start this is normal.",
        "ノードの Felix(経路・ポリシー)または BIRD(BGP)が働いていない。エージェントの未起動、アドレスの自動検出失敗、BGP ピアの無応答(179 番ポートの遮断、誤ったインターフェースの選択)、データストアへの到達不可など。"
        "プラグインはここから /var/lib/calico/nodename を得ており、他ノードの Pod への経路もここから配られる。起動後 30 秒程度なら正常である。",
    ),
    signatures=(
        Signature(r"/var/lib/calico/nodename: no such file or directory", component="cni", proof="states", source="calico cni-plugin; calico-node writes the file"),
        Signature(r"calico/node is not ready: ", at_least=5, source="calico node/pkg/health"),
        Signature(r"calico/node is not ready: ", proof="suggests", source="calico node/pkg/health"),
        Signature(r"BIRDv?[46]? is not (?:ready|live)", proof="suggests", source="calico node/pkg/health"),
        Signature(r"[Ff]elix is not (?:ready|live)", proof="suggests", source="calico node/pkg/health"),
        Signature(r"Kernel's RPF check is set to", component="network", proof="states", source="calico felix: strict mode is demanded"),
        Signature(r"Failed to connect to typha endpoint", component="network", proof="suggests", source="calico typha client"),
        Signature(r"Calico node failed to start", component="network", proof="states", source="calico node startup"),
        Signature(r"autodetect an IPv[46] address", component="network", source="calico node startup"),
        Signature(r"Calico node .{1,80}is already using the IPv[46] address", component="network", proof="states", source="calico node startup"),
    ),
    states=(StateTest("Pod", {"pod": r"^(?:calico-node|canal)-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the plugin needs the file that calico-node writes", "calico-node が書くファイルをプラグインが必要とする"), strength=0.8),
        Link("cni-config-missing", "node", Text("its init container writes the CNI configuration", "init コンテナが CNI 設定を書く"), strength=0.5),
        Link("probe-failing", "node", Text("its readiness and liveness probes fail", "readiness / liveness probe が失敗する"), strength=0.9),
        Link("readiness-probe-failing", "node", Text("the probe of calico-node reports which part is not ready", "calico-node の probe が、どの部分が Ready でないかを報告する"), strength=0.9),
        Link("liveness-probe-kill", "node", Text("a Felix that is not live is killed by its probe", "応答しない Felix は probe により kill される"), strength=0.5),
        Link("pod-not-ready", "node", Text("calico-node stays 0/1", "calico-node が 0/1 のままになる"), strength=0.9),
        Link("service-unreachable", "node", Text("routes to pods of other nodes are missing", "他ノードの Pod への経路がない"), strength=0.6),
        Link("dns-failing", "node", Text("queries to CoreDNS on another node get lost", "他ノードの CoreDNS への問い合わせが失われる"), strength=0.4),
    ),
    asks=(
        Ask("kubectl logs -n kube-system -l k8s-app=calico-node --prefix --tail=40 --field-selector spec.nodeName={node}; calicoctl node status",
            Text("which part is not ready (BIRD: peers; felix: datastore, iptables) and for how long", "どの部分が(BIRD はピア、felix はデータストアや iptables)どれだけの間 Ready でないか"),
            ("calico-datastore-unreachable", "calico-cni-token-unauthorized", "cilium-agent-down", "host-firewall-blocks-pods", "iptables-backend-mismatch"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart calico-node on the node; for BGP open TCP 179 (and IP-in-IP or UDP 4789) between nodes.",
                                 "そのノードの calico-node を再起動する。BGP ならノード間の TCP 179(と IP-in-IP または UDP 4789)を開ける。"),
               Text("BGP sessions flap for a moment", "BGP セッションが一瞬切れる"), command="kubectl delete pod -A -l k8s-app=calico-node --field-selector spec.nodeName={node}",
               verify="kubectl get pods -A -l k8s-app=calico-node -o wide"),
        Remedy("permanent", Text("Fix the address detection (IP_AUTODETECTION_METHOD=kubernetes-internal-ip or interface=...), the firewall, and give the pod enough memory and CPU.",
                                 "アドレス検出(IP_AUTODETECTION_METHOD=kubernetes-internal-ip や interface=...)とファイアウォールを直し、Pod に十分なメモリと CPU を与える。"),
               Text("rolling restart of calico-node", "calico-node のローリング再起動"), command="kubectl -n kube-system set env ds/calico-node IP_AUTODETECTION_METHOD=kubernetes-internal-ip",
               verify="calicoctl node status"),
    ),
    examples=(
        hit("k8s-event", 'failed to setup network for sandbox "31": plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running and has mounted /var/lib/calico/', reason="FailedCreatePodSandBox"),
        hit("k8s-event", "Readiness probe failed: calico/node is not ready: BIRD is not ready: BGP not established with 10.1.0.12,10.1.0.13", reason="Unhealthy", count=240),
        hit("k8s-event", "Readiness probe failed: calico/node is not ready: felix is not ready: Get \"http://localhost:9099/readiness\": dial tcp 127.0.0.1:9099: connect: connection refused", reason="Unhealthy"),
        hit("k8s-event", "Liveness probe failed: calico/node is not ready: Felix is not live: Get http://localhost:9099/liveness: dial tcp 127.0.0.1:9099: connect: connection refused", reason="Unhealthy"),
        hit("pod-log", "Calico node failed to start"),
        hit("pod-log", "Kernel's RPF check is set to 'loose'. This would allow endpoints to spoof their IP address."),
        hit("pod-log", "Failed to connect to typha endpoint 10.1.0.5:5473. Will try other endpoints if available error=dial tcp 10.1.0.5:5473: connect: no route to host"),
        hit("pod-log", "Couldn't autodetect an IPv4 address. If auto-detecting, choose a different autodetection method. Otherwise provide an explicit address."),
        hit("pod-log", "Calico node 'worker-3' is already using the IPv4 address 192.168.122.1."),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy"),
        near_miss("k8s-event", "error getting ClusterInformation: connection is unauthorized: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "open /run/flannel/subnet.env: no such file or directory", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "calico-node-7xk2p", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "calico-node-7xk2p", "status": "Running"}, False),
    ),
    versions="Calico 3.x",
    references=("https://docs.tigera.io/calico/latest/operations/troubleshoot/troubleshooting", "https://github.com/projectcalico/calico/issues/2834"),
)
