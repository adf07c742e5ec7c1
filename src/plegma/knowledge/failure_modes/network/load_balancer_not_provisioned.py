"""A Service of type LoadBalancer gets no address."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="load-balancer-not-provisioned",
    layer="network",
    role="cause",
    subject="Workload",
    title=Text("the Service's load balancer cannot be made (EXTERNAL-IP pending)", "Service のロードバランサーを作成できない(EXTERNAL-IP が pending)"),
    summary=Text(
        "The cloud controller (or MetalLB and the like) tries and fails: quota, permissions, no suitable subnet, an address that is taken, no pool. With no event at all, nothing in the cluster provides load balancers (bare metal).",
        "クラウドコントローラー(または MetalLB など)が作成に失敗している。クォータ・権限・適切なサブネットの不足・アドレスの使用中・プールの不在など。イベントが全く無い場合は、ロードバランサーを提供する仕組みがクラスターに無い(ベアメタルなど)。",
    ),
    signatures=(
        Signature(r"[Ee]rror (?:syncing|creating|ensuring) load balancer", component="controller", proof="states", source="k8s.io/cloud-provider controllers/service"),
        Signature(r"", component="controller", reason=r"SyncLoadBalancerFailed|CreatingLoadBalancerFailed|UpdateLoadBalancerFailed", proof="states", source="k8s.io/cloud-provider controllers/service"),
        Signature(r"Failed to allocate IP for ", component="controller", reason=r"AllocationFailed", proof="states", source="MetalLB controller"),
        Signature(r"failed to ensure load balancer: ", proof="suggests", source="the same, in the controller's own log (kube-vip, Hetzner and others run it in a pod); the next try may do"),
        Signature(r"[Ff]ailed (?:build|deploy) model due to (?:operation error (?:EC2|Elastic)|couldn't auto-discover subnets)", proof="states", source="aws-load-balancer-controller controllers/service and controllers/ingress"),
        Signature(r"failed to build LoadBalancer configuration due to ", proof="states", source="aws-alb-ingress-controller v1"),
        Signature(r"Error syncing to GCP: error running load balancer syncing routine: ", proof="states", source="ingress-gce pkg/controller"),
        Signature(r"could not find any suitable subnets for creating the ELB", component="controller", proof="states", source="cloud-provider-aws"),
    ),
    states=(StateTest("Service", {"type": r"^LoadBalancer$", "external_ip": r"^<pending>$"}, proof="suggests"),),
    leads_to=(Link("service-unreachable", "cluster", Text("there is no address from outside", "外部からのアドレスが無い"), strength=0.7),),
    asks=(
        Ask("kubectl -n {namespace} describe svc; kubectl get pods -A | grep -iE 'cloud-controller|metallb|kube-vip|svclb'", Text("the provider's words, or that there is no provider", "提供側のエラー文、または提供する仕組みが無いこと"), ("cloud-quota-exceeded", "controller-manager-down", "service-without-endpoints"), evidence="services"),
    ),
    remedies=(
        Remedy("temporary", Text("use a NodePort or port-forward until the provider's error is mended", "提供側のエラーを直すまで NodePort や port-forward を使う"), Text("opens a port on every node", "全ノードでポートが開く"), "kubectl -n {namespace} port-forward svc/NAME 8080:80", "kubectl -n {namespace} get svc", "none"),
        Remedy("permanent", Text("give the provider what it asks for (quota, role, subnet tags, an address pool), or install one on bare metal", "提供側が必要とするもの(クォータ・ロール・サブネットタグ・アドレスプール)を用意する。ベアメタルでは MetalLB などを導入する"), Text("cost of a load balancer for each Service", "Service ごとのロードバランサー費用"), "", "kubectl -n {namespace} get svc", "none"),
    ),
    versions="every version; event CreatingLoadBalancerFailed to 1.14, SyncLoadBalancerFailed since",
    references=("https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer", "https://metallb.io/troubleshooting/"),
    examples=(
        hit("k8s-event", "Error syncing load balancer: failed to ensure load balancer: could not find any suitable subnets for creating the ELB", reason="SyncLoadBalancerFailed"),
        hit("k8s-event", 'Failed to allocate IP for "shop/web": no available IPs', reason="AllocationFailed"),
        hit("pod-log", "error processing service shop/web (will retry): failed to ensure load balancer: no address is left in the pool"),
        hit("k8s-event", "Failed build model due to operation error EC2: DescribeSubnets, api error InvalidSubnetID.NotFound: The subnet ID 'subnet-0aa' does not exist", reason="FailedBuildModel"),
        hit("pod-log", '"Reconciler error" "error"="failed to build LoadBalancer configuration due to retrieval of subnets failed to resolve 2 qualified subnets."'),
        hit("k8s-event", "Error syncing to GCP: error running load balancer syncing routine: loadbalancer k8s-web does not exist: invalid ingress frontend configuration", reason="Sync"),
        near_miss("k8s-event", 'Failed build model due to ingress: shop/web: Service "cart" not found', reason="FailedBuildModel"),
        near_miss("k8s-event", "Successfully reconciled", reason="SuccessfullyReconciled"),
        near_miss("k8s-event", "Scheduled for sync", reason="Sync"),
        near_miss("k8s-event", "Ensured load balancer", reason="EnsuredLoadBalancer"),
        near_miss("k8s-event", "Ensuring load balancer", reason="EnsuringLoadBalancer"),
    ),
    state_examples=(
        StateExample("Service", {"type": "LoadBalancer", "external_ip": "<pending>"}, True),
        StateExample("Service", {"type": "LoadBalancer"}, False),
        StateExample("Service", {"type": "ClusterIP", "cluster_ip": "10.96.0.1"}, False),
    ),
)
