"""The Service has endpoints, but not at the port where the pods listen."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="service-target-port-wrong",
    layer="network",
    role="cause",
    subject="Workload",
    title=Text("the Service's target port is not one that the pods listen on", "Service の targetPort が Pod の待ち受けポートと一致しない"),
    summary=Text(
        "Selector and pods are right, but targetPort is another number, or a name that no container port has (then there is no endpoint for it). Connections to the pod are refused at once; ingress controllers answer 502. An application that listens on 127.0.0.1 only looks the same.",
        "セレクターと Pod は正しいが、targetPort の番号が違うか、どの containerPort にも無い名前を指している(この場合 Endpoint が作られない)。Pod への接続は即座に拒否され、Ingress では 502 になる。127.0.0.1 だけで待ち受けるアプリも同じに見える。",
    ),
    signatures=(
        Signature(r"no suitable port for manifest", component="controller", proof="states", source="pkg/api/v1/pod/util.go: FindPort"),
        Signature(r"does not have a named port '", component="shell", proof="states", source="kubectl port-forward"),
        Signature(r"does not have a service port ", component="shell", proof="states", source="kubectl port-forward"),
        Signature(r"connect\(\) failed \(111: Connection refused\) while connecting to upstream", component="network", proof="suggests", source="nginx"),
    ),
    leads_to=(
        Link("service-unreachable", "cluster", Text("nothing listens at that port of the pods", "Pod のそのポートでは何も待ち受けていない"), strength=0.8),
        Link("service-without-endpoints", "cluster", Text("a port name that no pod has gives no endpoint", "どの Pod にも無いポート名からは Endpoint が作られない"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} get svc -o wide; kubectl -n {namespace} get endpointslices -o wide; kubectl -n {namespace} exec {pod} -- ss -ltn", Text("endpoints exist, and nothing listens on their port at 0.0.0.0", "Endpoint はあるが、そのポートを 0.0.0.0 で待ち受けているものが無い"),
            ("service-without-endpoints", "readiness-probe-failing", "app-exits-nonzero", "network-policy-denies", "ingress-backend-missing"), evidence="services"),
    ),
    remedies=(
        Remedy("temporary", Text("set targetPort to the port of the process", "targetPort をプロセスのポートに合わせる"), Text("takes effect at once", "即時に反映される"), "kubectl -n {namespace} edit svc NAME", "kubectl -n {namespace} get endpointslices -o wide", "none"),
        Remedy("permanent", Text("name the container ports and refer to the names; test the Service in the pipeline", "containerPort に名前を付けて名前で参照し、CI で Service を検査する"), Text("none", "なし"), "", "", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#is-the-service-defined-correctly",),
    examples=(
        hit("kube-controller-manager", "Failed to find port for service shop/web: no suitable port for manifest: 5fd3"),
        hit("shell", "error: Pod 'web-0' does not have a named port 'http'"),
        hit("shell", "error: Service web does not have a service port 8081"),
        hit("pod-log", '[error] 31#31: *812 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, upstream: "http://10.244.1.7:8081/"'),
        near_miss("pod-log", 'Service "shop/web" does not have any active Endpoint.'),
        near_miss("pod-log", "connect() failed (110: Connection timed out) while connecting to upstream"),
    ),
)
