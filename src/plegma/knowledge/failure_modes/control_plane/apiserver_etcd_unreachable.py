"""The API server cannot talk to etcd."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-etcd-unreachable",
    layer="control_plane",
    role="mechanism",
    subject="Cluster",
    title=Text("API server cannot reach etcd", "API サーバーが etcd に到達できない"),
    summary=Text(
        "Connections from the API server to port 2379 are refused, time out or fail in TLS. etcd's own log says why.",
        "API サーバーから 2379 番ポートへの接続が拒否・タイムアウト・TLS 失敗になる。理由は etcd 自身のログにある。",
    ),
    signatures=(
        Signature(r":2379.{0,160}(?:connection refused|i/o timeout|no route to host|context deadline exceeded)", "any", "shows", source="grpc in kube-apiserver"),
        Signature(r"(?:connection refused|i/o timeout|handshake failed).{0,80}:2379", "any", "shows", source="grpc in kube-apiserver"),
        Signature(r"^Error: context deadline exceeded$", "apiserver", "shows", source="kube-apiserver at its start: the etcd client's dial timeout", signed=True),
        Signature(r"command failed\W+err=\W+context deadline exceeded", "apiserver", "shows", source="the same from v1.23 on (component-base cli/run.go)", signed=True),
        Signature(r"[Ee]rror creating (?:leases|storage factory)", "any", "shows", source="kube-apiserver at its start"),
        Signature(r"Unable to create storage backend", "any", "shows", source="kube-apiserver at its start"),
        Signature(r"\[-\]etcd failed: reason withheld", "any", "shows", source="kube-apiserver /healthz"),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the API server exits at its start or fails its probe", "API サーバーが起動時に終了するか probe に失敗する"), strength=0.8),
        Link("apiserver-unavailable", "cluster", Text("no storage, no API", "ストレージがなければ API も使えない"), strength=0.9),
    ),
    asks=(Ask("crictl ps -a --name etcd; crictl logs <etcd>; nc -zv 127.0.0.1 2379", Text("is etcd running, and what does it say", "etcd が動いているか、何を記録しているか"), ("control-plane-cert-expired", "etcd-quorum-lost", "etcd-data-corrupted", "etcd-slow-disk", "liveness-probe-kill"), "etcd-log"),),
    examples=(
        hit("kube-apiserver", "Unable to create storage backend: config (&{etcd3 /registry {[https://127.0.0.1:2379]}}), err (context deadline exceeded)"),
        hit("kube-apiserver", 'grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379 }. Err: connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:2379: connect: connection refused". Reconnecting...'),
        hit("kube-apiserver", "dial failed, i/o timeout on endpoint https://10.1.0.10:2379"),
        hit("kube-apiserver", "Error creating leases: error creating storage factory: context deadline exceeded"),
        hit("k8s-event", "Liveness probe failed: [+]ping ok [-]etcd failed: reason withheld livez check failed", "Unhealthy"),
        hit("kube-apiserver", "Error: context deadline exceeded"),
        hit("kube-apiserver", '"command failed" err="context deadline exceeded"'),
        near_miss("", "Error: context deadline exceeded"),
        near_miss("k8s-event", "Error: context deadline exceeded", "Failed"),
        near_miss("kubelet", "Get https://10.1.0.10:6443/api/v1/nodes: dial tcp 10.1.0.10:6443: connect: connection refused"),
        near_miss("etcd", "serving client traffic securely address=127.0.0.1:2379"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/",),
)
