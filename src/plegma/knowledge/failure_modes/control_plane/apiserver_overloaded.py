"""The API server is overloaded and refuses or delays requests."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apiserver-overloaded",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("API server overloaded (429, request time-outs)", "API サーバーの過負荷(429、リクエストタイムアウト)"),
    summary=Text(
        "Too many or too expensive requests (unpaged lists, runaway controllers, mass restarts) fill the API server's seats. Priority and fairness answers 429, others time out after 30 to 60 s; leases and admission are late.",
        "過剰または高コストな要求(ページングなしの list、暴走したコントローラー、一斉再起動)が API サーバーの処理枠を埋める。Priority and Fairness が 429 を返し、他は 30〜60 秒でタイムアウトし、リースや admission が遅れる。",
    ),
    signatures=(
        Signature(r"the server has received too many requests and has asked us to try again later", "any", "states", source="apimachinery: 429"),
        Signature(r"Too many requests, please try again later", "any", "shows", source="apiserver max-in-flight and APF"),
        Signature(r"resource quota evaluat(?:es timeout|ion timed out)", "any", "suggests", source="apiserver pkg/admission/plugin/resourcequota/controller.go: 10 s without an answer of the store"),
        Signature(r"the server was unable to return a response in the time allotted", "any", "suggests", source="apimachinery api/errors: 504"),
        Signature(r"request did not complete within (?:the )?(?:requested|allotted|\d)", "any", "suggests", source="apiserver: Timeout status; a slow webhook yields it too"),
        Signature(r"timed out waiting for the (?:seat|queue)", "any", "shows", source="apiserver priority and fairness"),
        Signature(r"http: Handler timeout", "apiserver", "suggests", source="apiserver timeout filter", at_least=5),
    ),
    leads_to=(
        Link("leader-election-lost", "cluster", Text("lease updates are late", "リース更新が遅れる"), strength=0.5),
        Link("apiserver-unavailable", "cluster", Text("clients time out", "クライアントがタイムアウトする"), strength=0.5),
        Link("node-readiness-flapping", "cluster", Text("node leases are late", "ノードの Lease が遅れる"), strength=0.3),
        Link("pod-not-created", "cluster", Text("creates time out", "作成がタイムアウトする"), strength=0.4),
    ),
    asks=(Ask("kubectl get --raw /metrics | grep -E 'apiserver_(current_inflight_requests|flowcontrol_rejected_requests_total)'; kubectl get --raw /debug/api_priority_and_fairness/dump_priority_levels; <audit log: count by user and verb>", Text("rejected requests, and the user who sends most", "拒否数と、最も多く送っているユーザー"), ("etcd-slow-disk", "admission-webhook-unavailable", "apiserver-oom-killed", "image-pull-rate-limit", "kubelet-stale-http2-connection"), "apiserver-log"),),
    remedies=(
        Remedy("temporary", Text("stop the client that floods it; give that client a low FlowSchema", "大量送信しているクライアントを止めるか、低優先の FlowSchema を割り当てる"), Text("that client works slower or not at all", "そのクライアントは遅くなるか停止する"), "kubectl -n <ns> scale deploy <client> --replicas=0", "kubectl get --raw /readyz", "disruptive"),
        Remedy("permanent", Text("larger or more API servers, informers with pagination instead of lists, APF schemas for heavy clients, fewer objects", "API サーバーの増強、list ではなく informer とページングの利用、重いクライアント用の APF 設定、オブジェクト数の削減"), Text("none", "なし"), verify="kubectl get --raw /metrics | grep flowcontrol_rejected", risk_level="none"),
    ),
    examples=(
        hit("shell", "Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later (get pods)"),
        hit("kube-scheduler", "Too many requests, please try again later."),
        hit("k8s-event", "Error creating: Timeout: request did not complete within requested timeout - context deadline exceeded", "FailedCreate"),
        hit("kube-apiserver", '"HTTP" verb="LIST" URI="/api/v1/pods" latency="60.002s" resp=429 err="timed out waiting for the seat"'),
        hit("kube-apiserver", "apiserver was unable to write a JSON response: http: Handler timeout", count=20),
        hit("shell", 'Error from server (InternalError): error when creating "pvc.yaml": Internal error occurred: resource quota evaluates timeout'),
        hit("shell", "Error from server (Timeout): the server was unable to return a response in the time allotted, but may still be processing the request (get pods)"),
        near_miss("k8s-event", "pods \"web-1\" is forbidden: exceeded quota: compute", "FailedCreate"),
        near_miss("k8s-event", 'Failed to pull image "registry.lab.example/web:1": toomanyrequests: You have reached your pull rate limit', "Failed"),
        near_miss("pod-log", "upstream responded 429 Too Many Requests"),
        near_miss("etcd", "apply request took too long"),
    ),
    versions="priority and fairness: on since v1.20",
    references=("https://kubernetes.io/docs/concepts/cluster-administration/flow-control/",),
)
