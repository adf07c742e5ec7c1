"""The cloud's route for the node's pods was not created."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-route-missing",
    layer="network",
    role="cause",
    subject="Node",
    title=Text("the cloud has no route to the node's pods", "ノードの Pod へのクラウド側の経路がない"),
    summary=Text(
        "With --configure-cloud-routes the route controller makes one route for each node. It failed (route table full, quota, permission, node unknown to the cloud, no podCIDR), so the node has condition NetworkUnavailable and a NoSchedule taint. When the CNI needs no cloud routes, the flag itself is the fault.",
        "--configure-cloud-routes ではルートコントローラーがノードごとに経路を作る。それが失敗し(ルートテーブルの上限、割り当て枠、権限、クラウドが知らないノード、podCIDR なし)、ノードに NetworkUnavailable と NoSchedule の taint が付いた。CNI がクラウドの経路を必要としないなら、このフラグ自体が誤りである。",
    ),
    signatures=(
        Signature(r"RouteController failed to create a route", proof="states", source="cloud-provider route controller, node condition"),
        Signature(r"Could not create route .{1,160}for node ", proof="states", source="cloud-provider route controller, event FailedToCreateRoute"),
        Signature(r"Node created without a route", proof="suggests", source="node condition at registration; normal for a moment"),
    ),
    leads_to=(
        Link("pod-pending", "node", Text("the taint network-unavailable keeps pods off the node", "taint network-unavailable により Pod が配置されない"), strength=0.8),
        Link("service-unreachable", "node", Text("the network does not know the way to this node's pods", "ネットワークがこのノードの Pod への経路を知らない"), strength=0.5),
    ),
    asks=(
        Ask("kubectl describe node {node} | grep -E 'NetworkUnavailable|Taints|PodCIDR|FailedToCreateRoute'; kubectl -n kube-system logs -l component=cloud-controller-manager --tail=50",
            Text("NetworkUnavailable True with NoRouteCreated, and the cloud's answer in the controller's log", "NetworkUnavailable が True(NoRouteCreated)で、コントローラーのログにクラウドの応答がある"),
            ("node-podcidr-not-assigned", "calico-node-not-ready", "cni-config-missing"), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Clear what the cloud refuses (route limit, permission, stale routes of removed nodes).", "クラウドが拒否する原因(経路数の上限、権限、削除ノードの古い経路)を除く。"), Text("routes of living nodes must stay", "稼働中ノードの経路は残す"),
               command="kubectl -n kube-system logs -l component=cloud-controller-manager --tail=50", verify="kubectl describe node {node} | grep NetworkUnavailable", risk_level="none"),
        Remedy("permanent", Text("--configure-cloud-routes=false when the CNI brings its own network; else raise the limit or use an overlay.", "CNI が独自ネットワークを持つなら --configure-cloud-routes=false。そうでなければ上限を上げるかオーバーレイにする。"), Text("controller restart", "コントローラーの再起動が必要"),
               verify="kubectl get nodes -o wide"),
    ),
    examples=(
        hit("status", "RouteController failed to create a route", reason="NoRouteCreated"),
        hit("k8s-event", "(combined from similar events): Could not create route 3776-aa 10.244.9.0/24 for node worker-9 after 164.8ms: instance not found", reason="FailedToCreateRoute"),
        hit("status", "Node created without a route", reason="NoRouteCreated"),
        near_miss("status", "Calico is running on this node", reason="CalicoIsUp"),
        near_miss("status", "RouteController created a route", reason="RouteCreated"),
    ),
    versions="cloud providers with a route controller (GCE, Azure kubenet, AWS kubenet, OpenStack, Hetzner, Alibaba)",
    references=("https://kubernetes.io/docs/concepts/architecture/cloud-controller/#route-controller", "https://github.com/kubernetes/kubernetes/issues/73777"),
)
