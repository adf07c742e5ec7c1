"""metrics-server cannot scrape the kubelets."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="metrics-server-kubelet-tls",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("metrics-server does not accept the kubelets' serving certificates", "metrics-server が kubelet のサーバー証明書を検証できない"),
    summary=Text(
        "By default a kubelet serves with a self-signed certificate without its IP address in it. metrics-server refuses that, never becomes ready, and there are no metrics for kubectl top and the autoscalers. The kubelets themselves are well.",
        "既定の kubelet は IP アドレスを含まない自己署名証明書を使う。metrics-server はこれを拒否して Ready にならず、kubectl top や HPA のメトリクスが得られない。kubelet 自体は正常。",
    ),
    signatures=(
        Signature(r"Failed to scrape node.*x509: ", proof="states", source="metrics-server pkg/scraper/scraper.go"),
        Signature(r"unable to fully scrape metrics.*x509: ", proof="states", source="metrics-server to 0.4, whose manager.go is also the name of a file of the kubelet"),
        Signature(r":10250/(?:metrics/resource|stats/summary)\S*: .*x509: ", component="network", proof="states", source="Go net/http, quoted by metrics-server"),
    ),
    leads_to=(
        Link("aggregated-api-unavailable", "cluster", Text("metrics-server stays unready, so its APIService has no endpoint", "metrics-server が Ready にならず APIService のエンドポイントが無い"), strength=0.8),
        Link("hpa-metrics-unavailable", "cluster", Text("no metrics are collected", "メトリクスが収集されない"), strength=0.8),
    ),
    asks=(Ask("kubectl -n kube-system logs deploy/metrics-server --tail=50; kubectl get csr", Text("x509 errors for :10250, or pending kubelet-serving CSRs", ":10250 への x509 エラー、または Pending の kubelet-serving CSR"), ("aggregated-api-unavailable", "kubelet-serving-cert-not-approved", "hpa-request-missing", "kubelet-api-call-failing"), evidence="pod-log"),),
    remedies=(
        Remedy("temporary", Text("let metrics-server skip the check with --kubelet-insecure-tls", "metrics-server に --kubelet-insecure-tls を付ける"), Text("somebody in the network path could pose as a kubelet", "経路上の第三者が kubelet になりすませる"), "kubectl -n kube-system edit deployment metrics-server", "kubectl top nodes", "none"),
        Remedy("permanent", Text("serverTLSBootstrap: true on the kubelets, with an approver for their serving CSRs", "kubelet で serverTLSBootstrap: true を有効にし、serving CSR を承認する仕組みを置く"), Text("kubelets are restarted; CSRs that nobody approves break logs and exec", "kubelet の再起動が必要。CSR を承認しないと logs や exec が失敗する"), "kubectl certificate approve CSR", "kubectl top nodes", "restart"),
    ),
    versions="every version of metrics-server from 0.3",
    references=("https://github.com/kubernetes-sigs/metrics-server#requirements", "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs"),
    examples=(
        hit("pod-log", '"Failed to scrape node" err="Get \\"https://10.0.0.7:10250/metrics/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.7 because it doesn\'t contain any IP SANs" node="node-2"'),
        hit("pod-log", "unable to fully scrape metrics: unable to fully scrape metrics from node node-2: unable to fetch metrics from node node-2: Get https://node-2:10250/stats/summary?only_cpu_and_memory=true: x509: certificate signed by unknown authority"),
        hit("pod-log", "Get https://node-2:10250/stats/summary: x509: certificate is valid for node-2.local, not node-2"),
        hit("kubelet", "unable to fully collect metrics: [unable to fully scrape metrics from source kubelet_summary:w1: unable to fetch metrics from Kubelet w1 (w1): Get https://w1:10250/stats/summary?only_cpu_and_memory=true: x509: certificate signed by unknown authority]"),
        near_miss("pod-log", '"Failed to scrape node" err="Get \\"https://10.0.0.7:10250/metrics/resource\\": context deadline exceeded" node="node-2"'),
        near_miss("kubelet", 'Unable to register node: Post "https://10.0.0.5:6443/api/v1/nodes": x509: certificate signed by unknown authority'),
    ),
)
