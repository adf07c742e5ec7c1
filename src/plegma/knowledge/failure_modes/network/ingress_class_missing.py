"""No controller feels responsible for the Ingress."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ingress-class-missing",
    layer="network",
    role="cause",
    subject="Workload",
    title=Text("the Ingress's class does not exist, so no controller serves it", "Ingress の IngressClass が存在せず、どのコントローラーも処理しない"),
    summary=Text("ingressClassName (or the old annotation) names a class that is not there, or none is set and the cluster has no default: the controller ignores the Ingress, ADDRESS stays empty, requests get 404.", "ingressClassName(旧 annotation)が存在しないクラスを指すか、未指定で既定クラスも無い。コントローラーは Ingress を無視し、ADDRESS は空のまま、リクエストは 404 になる。"),
    signatures=(
        Signature(r"Ignoring ingress because of error while validating ingress class", component="network", proof="states", source="ingress-nginx internal/ingress/controller/store"),
        Signature(r"[Ii]ngress does not contain a valid IngressClass", component="network", proof="states", source="ingress-nginx internal/ingress/controller/store"),
        Signature(r"ingressclass(?:es)?\.networking\.k8s\.io \\*\"[^\"]+\" not found", proof="states", source="k8s.io/apimachinery errors.NewNotFound"),
    ),
    leads_to=(Link("service-unreachable", "cluster", Text("no controller routes the host", "どのコントローラーもそのホストを振り分けない"), strength=0.6),),
    asks=(Ask("kubectl get ingressclasses; kubectl get ingress -A", Text("a CLASS that is not in the list, or <none> without a default", "一覧に無い CLASS、または既定が無いのに <none>"), ("ingress-backend-missing", "service-without-endpoints"), evidence="services"),),
    remedies=(
        Remedy("temporary", Text("set ingressClassName to a class that exists", "ingressClassName を存在するクラスにする"), Text("none", "なし"), "kubectl -n {namespace} edit ingress NAME", "kubectl -n {namespace} get ingress", "none"),
        Remedy("permanent", Text("install the class with its controller and mark one as default", "コントローラーと同時に IngressClass を導入し、一つを既定にする"), Text("a default class also takes over Ingresses that were ignored so far", "既定クラスはこれまで無視されていた Ingress も処理し始める"), "", "kubectl get ingressclasses", "none"),
    ),
    versions="from 1.18",
    references=("https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class",),
    examples=(
        hit("pod-log", '"Ignoring ingress because of error while validating ingress class" ingress="shop/web" error="no object matching key \\"nginx\\" in local store"'),
        hit("pod-log", '"Ignoring ingress" ingress="shop/web" reason="ingress does not contain a valid IngressClass"'),
        hit("shell", 'Error from server (NotFound): ingressclasses.networking.k8s.io "nginx" not found'),
        near_miss("pod-log", 'Error obtaining Endpoints for Service "shop/cart": no object matching key "shop/cart" in local store'),
    ),
)
