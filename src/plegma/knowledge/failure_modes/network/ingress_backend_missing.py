"""The Ingress points at a Service that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

_NAME = r"\\*\"(?:[^d\"]|d[^e\"]|de[^f\"])"
"""A name that is not default-http-backend, which every describe of an old Ingress shows as not found."""

MODE = FailureMode(
    id="ingress-backend-missing",
    layer="network",
    role="cause",
    subject="Workload",
    title=Text("the Ingress refers to a Service (or port) that does not exist", "Ingress が存在しない Service(またはポート)を参照している"),
    summary=Text(
        "The backend's Service is not in the Ingress's own namespace, was renamed, or has no such port. The controller serves 503 (or 404, or refuses the whole load balancer) for that path. '<error: endpoints \"default-http-backend\" not found>' is harmless.",
        "バックエンドの Service が Ingress と同じ Namespace に無い、名前が変わった、または該当ポートが無い。コントローラーはそのパスに 503(または 404、あるいはロードバランサー全体の構成失敗)を返す。「<error: endpoints \"default-http-backend\" not found>」は無害。",
    ),
    signatures=(
        Signature(r"Error obtaining Endpoints for Service .*no object matching key", component="network", proof="states", source="ingress-nginx internal/ingress/controller"),
        Signature(r"rror getting (?:S|s)ervice .*no object matching key", component="network", proof="states", source="ingress-nginx internal/ingress/controller"),
        Signature(r"<error: (?:endpoints|services) " + _NAME + r"[^\"]*\" not found>", component="shell", proof="states", source="kubectl describe ingress"),
        Signature(r"kubernetes service not found: ", component="network", proof="states", source="Traefik pkg/provider/kubernetes"),
        Signature(r"could not find service \\*\"", component="controller", proof="states", source="GKE ingress controller: Translate"),
        Signature(r"[Ss]ervices? \\*\"[^\"]+\" not found", component="controller", reason=r"FailedBuildModel|FailedDeployModel", proof="states", source="AWS load balancer controller"),
    ),
    leads_to=(Link("service-unreachable", "cluster", Text("the ingress controller has nowhere to send the requests", "Ingress コントローラーにリクエストの送り先が無い"), strength=0.8),),
    asks=(
        Ask("kubectl -n {namespace} describe ingress; kubectl -n {namespace} get svc", Text("a backend whose Service or port is not in the list", "一覧に無い Service やポートを指す backend がある"), ("service-without-endpoints", "service-target-port-wrong", "ingress-class-missing"), evidence="services"),
    ),
    remedies=(
        Remedy("temporary", Text("correct the backend, or create the Service in the Ingress's namespace", "backend を訂正するか、Ingress と同じ Namespace に Service を作成する"), Text("none", "なし"), "kubectl -n {namespace} edit ingress NAME", "kubectl -n {namespace} describe ingress", "none"),
        Remedy("permanent", Text("render Ingress and Service from one chart, and check references before applying", "Ingress と Service を同じ chart から生成し、適用前に参照を検証する"), Text("none", "なし"), "", "", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/", "https://kubernetes.github.io/ingress-nginx/troubleshooting/"),
    examples=(
        hit("pod-log", 'Error obtaining Endpoints for Service "shop/cart": no object matching key "shop/cart" in local store'),
        hit("pod-log", 'Error getting Service "shop/cart": error getting service: no object matching key "shop/cart" in local store'),
        hit("shell", '              /cart   cart:80 (<error: endpoints "cart" not found>)'),
        hit("pod-log", "Cannot create service error=\"kubernetes service not found: shop/cart\""),
        hit("k8s-event", 'Translation failed: invalid ingress spec: could not find service "shop/cart"', reason="Translate"),
        hit("k8s-event", 'Failed build model due to ingress: shop/web: Service "cart" not found', reason="FailedBuildModel"),
        near_miss("shell", 'Default backend:  default-http-backend:80 (<error: endpoints "default-http-backend" not found>)'),
        near_miss("pod-log", 'Service "shop/cart" does not have any active Endpoint.'),
        near_miss("pod-log", '"Ignoring ingress because of error while validating ingress class" ingress="shop/web" error="no object matching key \\"nginx\\" in local store"'),
    ),
)
