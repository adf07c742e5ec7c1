"""OVN answers, but does not get the pod's port ready in time."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ovn-port-not-wired",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("OVN does not wire the pod's port in time", "OVN が Pod のポートを時間内に設定できない"),
    summary=Text(
        "The node agent waits for the master's annotation (address) or for ovn-controller to install the port's flows and gives up: ovnkube-master/control-plane or a database behind, ovn-controller or OVS stuck or overloaded on the node, too many pods at once.",
        "ノードのエージェントが、マスターによる annotation(アドレス)や ovn-controller によるフロー設定を待って時間切れになる。ovnkube-master/control-plane やデータベースの遅れ、ノードの ovn-controller や OVS の停止・過負荷、Pod の集中が原因。",
    ),
    signatures=(
        Signature(r"timed out (?:while )?waiting for OVS port binding", component="cni", proof="states", source="ovn-kubernetes go-controller/pkg/cni"),
        Signature(r"waiting (?:for|on) .{0,40}ovn-installed", component="cni", proof="states", source="ovn-kubernetes go-controller/pkg/cni"),
        Signature(r"timed out waiting for (?:pod )?annotations?", component="cni", proof="states", source="ovn-kubernetes go-controller/pkg/cni"),
        Signature(r"failed to get pod annotation", component="cni", source="ovn-kubernetes go-controller/pkg/cni"),
        Signature(r"openvswitch/db\.sock: database connection failed", proof="states", source="ovs-vsctl: ovsdb-server of the node does not answer"),
        Signature(r"CNI request failed with status 400", component="cni", proof="suggests", source="ovn-kubernetes and openshift-sdn: any error of the agent"),
        Signature(r"request ip return 500", component="cni", proof="suggests", source="kube-ovn: any error of kube-ovn-cni"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the agent gives up after its time-out", "エージェントがタイムアウトで諦める"), strength=0.95),
        Link("cni-plugin-hang-or-lock", "node", Text("each request waits up to two minutes", "各要求が最大 2 分待つ"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -A3 k8s.ovn.org/pod-networks; ovs-vsctl show; kubectl -n openshift-ovn-kubernetes logs -l app=ovnkube-node -c ovn-controller --tail=50",
            Text("no annotation: master or database; annotation there but port not installed: ovn-controller or OVS of the node",
                 "annotation がなければマスターかデータベース、あるのにポートが入らなければノードの ovn-controller か OVS"),
            ("ovn-agent-down", "multus-nad-config-error", "netns-missing"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart ovn-controller/ovnkube-node on the node, or the control plane's pods when no pod gets an annotation.",
                                 "ノードの ovn-controller / ovnkube-node を再起動する。どの Pod にも annotation が付かないならコントロールプレーンの Pod を再起動する。"),
               Text("flows are recomputed; short CPU peak", "フローが再計算され、CPU が一時的に上がる"), command="kubectl -n openshift-ovn-kubernetes delete pod -l app=ovnkube-node --field-selector spec.nodeName={node}",
               verify="kubectl -n {namespace} get pod {pod} -o wide"),
        Remedy("permanent", Text("Upgrade (interconnect mode scales better), resources for ovn-controller and OVS, fewer pods started at once.", "更新(interconnect モードは規模に強い)、ovn-controller と OVS への資源割り当て、同時起動数の抑制を行う。"),
               Text("rolling update", "ローリング更新"), verify="kubectl get co network"),
    ),
    examples=(
        hit("k8s-event", "CNI request failed with status 400: '[shop/web-0 88aa] [shop/web-0 88aa] failed to configure pod interface: timed out waiting for OVS port binding for 0a:58:0a:80:02:0c'", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "failed to configure pod interface: error while waiting on OVS.Interface.external-ids:ovn-installed for pod: timed out", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "[shop/web-0 88aa network default NAD default] failed to get pod annotation: timed out waiting for annotations: context deadline exceeded", reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'request ip return 500 configure nic failed: ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (Protocol error)', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'failed to send CNI request: Post "http://dummy/": dial unix /var/run/ovn-kubernetes/cni//ovn-cni-server.sock: connect: connection refused', reason="FailedCreatePodSandBox"),
        near_miss("pod-log", "Readiness probe: status 400"),
    ),
    versions="ovn-kubernetes, OpenShift 4.6 and later, Kube-OVN",
    references=("https://github.com/ovn-kubernetes/ovn-kubernetes/issues/3859", "https://github.com/okd-project/okd/issues/1172"),
)
