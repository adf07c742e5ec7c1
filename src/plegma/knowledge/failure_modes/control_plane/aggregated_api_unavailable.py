"""An aggregated API (metrics-server or another) does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="aggregated-api-unavailable",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("aggregated API (APIService) unavailable", "集約 API(APIService)が利用不可"),
    summary=Text(
        "An APIService points to a service that does not answer: metrics-server or adapter down, network from the API server to pods blocked, wrong CA. kubectl top and HPAs fail, and, worse, discovery is incomplete, so namespaces do not terminate and garbage collection stops.",
        "APIService の指すサービスが応答しない(metrics-server やアダプターの停止、API サーバーから Pod への通信遮断、CA 誤り)。kubectl top や HPA が失敗し、さらにディスカバリーが不完全になるため namespace 削除やガベージコレクションが止まる。",
    ),
    signatures=(
        Signature(r"False \((?:FailedDiscoveryCheck|MissingEndpoints|ServiceNotFound|ServiceAccessError)\)", "any", "states", source="kubectl get apiservice"),
        Signature(r"couldn't get resource list for \S+: ", "any", "states", source="client-go discovery"),
        Signature(r"Discovery failed for some groups, \d+ failing", "any", "states", source="pkg/controller/namespace/deletion/status_condition_utils.go: it stays so as long as the namespace stays"),
        Signature(r"the server is currently unable to handle the request", "any", "shows", source="apimachinery: 503"),
        Signature(r"v\d\w*\.\S+ failed with: (?:failing or missing response|no response from|Operation cannot)", "any", "states", at_least=5, source="kube-aggregator available_controller: again and again"),
        Signature(r"v\d\w*\.\S+ failed with: (?:failing or missing response|no response from|Operation cannot)", "any", "suggests", source="the same; until the service's pod answers after a start it is normal"),
        Signature(r"nable to fetch metrics from (?:resource metrics )?API: ", "any", "shows", source="pkg/controller/podautoscaler/metrics/client.go: the call fails; 'no metrics returned' is an answer"),
        Signature(r"no metrics returned from resource metrics API", "any", "suggests", source="the same: it answers, and knows nothing of these pods yet, or of none"),
        Signature(r"Metrics API not available", "any", "shows", source="kubectl top"),
    ),
    states=(StateTest("Condition", {"type": "^Available$", "status": "^False$", "reason": "FailedDiscoveryCheck|MissingEndpoints|ServiceNotFound"}, "states"),),
    leads_to=(
        Link("garbage-collector-blocked", "cluster", Text("discovery is incomplete", "ディスカバリーが不完全になる"), strength=0.5),
        Link("namespace-stuck-terminating", "cluster", Text("the namespace controller cannot list all kinds", "namespace コントローラーが全種別を列挙できない"), strength=0.6),
    ),
    asks=(Ask("kubectl get apiservice | grep -v Local; kubectl -n kube-system get pods,endpoints | grep -i metrics", Text("False with its reason; no ready pod behind it", "False とその理由、背後に Ready な Pod がないこと"), ("apiserver-unavailable", "admission-webhook-unavailable", "kubelet-serving-cert-not-approved", "crd-missing", "finalizer-stuck"), "services"),),
    remedies=(
        Remedy("temporary", Text("restore the backing pod or its network; delete the APIService if it is a leftover", "背後の Pod やネットワークを復旧する。残骸なら APIService を削除する"), Text("deleting it removes that API", "削除するとその API が消える"), "kubectl -n kube-system rollout restart deploy metrics-server", "kubectl get apiservice | grep -c False"),
        Remedy("permanent", Text("two replicas, probes, and removal of APIServices together with their chart", "2 レプリカと probe を設定し、チャート削除時に APIService も削除する"), Text("none", "なし"), verify="kubectl api-resources >/dev/null", risk_level="none"),
    ),
    examples=(
        hit("shell", "v1beta1.metrics.k8s.io   kube-system/metrics-server   False (MissingEndpoints)   41d"),
        hit("shell", "E0604 09:12:40 memcache.go:287] couldn't get resource list for metrics.k8s.io/v1beta1: the server is currently unable to handle the request"),
        hit("shell", "Error from server (ServiceUnavailable): the server is currently unable to handle the request (get pods.metrics.k8s.io)"),
        hit("kube-apiserver", 'v1beta1.metrics.k8s.io failed with: failing or missing response from https://10.96.40.7:443/apis/metrics.k8s.io/v1beta1: Get "https://10.96.40.7:443": context deadline exceeded', count=30),
        hit("k8s-event", "unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)", "FailedGetResourceMetric"),
        hit("k8s-event", "failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API", "FailedGetResourceMetric"),
        hit("status", "Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.example/v1beta1: the server is currently unable to handle the request", "DiscoveryFailed"),
        hit("shell", "error: Metrics API not available"),
        near_miss("kube-controller-manager", "unable to retrieve the complete list of server APIs: metrics.example/v1beta1: stale GroupVersion discovery: metrics.example/v1beta1"),
        near_miss("k8s-event", "failed to get cpu utilization: missing request for cpu", "FailedComputeMetricsReplicas"),
        near_miss("shell", "v1.apps   Local   True   300d"),
        near_miss("shell", "The connection to the server 10.1.0.10:6443 was refused - did you specify the right host or port?"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Available", "status": "False", "reason": "FailedDiscoveryCheck"}, True),
        StateExample("Condition", {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable"}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",),
)
