"""The cloud controller has not initialized the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-node-uninitialized",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("node not initialized by the cloud controller", "クラウドコントローラーがノードを初期化していない"),
    summary=Text(
        "A kubelet with --cloud-provider=external registers with the taint node.cloudprovider.kubernetes.io/uninitialized and without addresses. If the cloud controller manager is absent, broken or cannot find the machine, the taint stays and nothing is scheduled there, the CNI included.",
        "--cloud-provider=external の kubelet は uninitialized の taint 付きでアドレスなしに登録される。cloud-controller-manager がない・動かない・マシンを見つけられないと taint が残り、CNI も含め何もスケジュールされない。",
    ),
    signatures=(
        Signature(r"taints? \{node\.cloudprovider\.kubernetes\.io/uninitialized", "controller", "shows", source="scheduler: untolerated taint"),
        Signature(r"failed to get provider ID for node", "any", "shows", source="k8s.io/cloud-provider/controllers/node"),
        Signature(r"error fetching node by provider ID", "any", "shows", source="k8s.io/cloud-provider/controllers/node"),
        Signature(r"failed to initialize node \S+ at cloudprovider", "any", "shows", source="k8s.io/cloud-provider/controllers/node"),
    ),
    states=(StateTest("Node", {"taints": r"node\.cloudprovider\.kubernetes\.io/uninitialized"}, "shows"),),
    leads_to=(
        Link("pod-pending", "cluster", Text("the taint keeps pods away", "taint により Pod が配置されない"), strength=0.8),
        Link("node-not-ready", "node", Text("the CNI's pods may wait for the taint to go", "CNI の Pod も taint 解除を待つことがある"), strength=0.4),
    ),
    asks=(Ask("kubectl -n kube-system get pods -o wide | grep -i cloud-controller; kubectl describe node {node} | grep -iE 'taint|providerID'", Text("no running cloud controller manager, or its log has an error for the node", "cloud-controller-manager が動いていない、またはログに該当ノードのエラーがある"), ("cni-config-missing", "cloud-node-deleted"), "node-describe"),),
    remedies=(
        Remedy("temporary", Text("start the cloud controller manager (it tolerates the taint); as a stop-gap remove the taint by hand", "cloud-controller-manager を起動する(taint を許容する)。応急的には taint を手で外す"), Text("without initialization load balancers, routes and zones of that node are missing", "初期化なしでは LB、経路、ゾーン情報が欠ける"), "kubectl taint node {node} node.cloudprovider.kubernetes.io/uninitialized-", "kubectl describe node {node} | grep Taints"),
        Remedy("permanent", Text("deploy the cloud controller manager before the nodes, with right credentials and node names", "ノードより先に cloud-controller-manager を正しい認証とノード名で配備する"), Text("none", "なし"), verify="kubectl get nodes -o custom-columns=N:.metadata.name,P:.spec.providerID", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "failed to get provider ID for node wk-9 at cloudprovider: instance not found"),
        hit("pod-log", "error fetching node by provider ID: instance not found"),
        hit("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {node.cloudprovider.kubernetes.io/uninitialized: true}.", "FailedScheduling"),
        hit("pod-log", "failed to initialize node wk-9 at cloudprovider: instance not found"),
        near_miss("k8s-event", "0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.", "FailedScheduling"),
    ),
    state_examples=(
        StateExample("Node", {"taints": "node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule"}, True),
        StateExample("Node", {"taints": "node.kubernetes.io/unreachable:NoExecute"}, False),
    ),
    versions="external cloud providers; the only kind since v1.31",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/running-cloud-controller/",),
)
