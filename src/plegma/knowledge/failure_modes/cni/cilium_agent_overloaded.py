"""The Cilium agent is alive but refuses or delays the plugin's requests."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cilium-agent-overloaded",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the Cilium agent is alive but cannot keep up", "Cilium エージェントは動いているが処理が追いつかない"),
    summary=Text(
        "The agent's API rate limiter turns requests away (HTTP 429) or they time out in its queue: many pods at once on the node, slow endpoint regeneration (huge policies, FQDN rules), too little CPU, or a deadlock inside. Pods start late, in a burst or after a restart of the agent.",
        "エージェントの API レート制限が要求を拒否(HTTP 429)する、またはキュー内で時間切れになる。ノードへの Pod の集中、エンドポイント再生成の遅さ(巨大なポリシー、FQDN ルール)、CPU 不足、内部のデッドロックなど。Pod は遅れて、またはエージェント再起動後にまとめて起動する。",
    ),
    signatures=(
        Signature(r"EndpointIdTooManyRequests", component="cni", proof="states", source="cilium API, HTTP 429 of PUT/DELETE endpoint"),
        Signature(r"Not processing API request. Wait duration", component="network", proof="states", source="cilium pkg/rate"),
        Signature(r"while waiting to be served with \d+ parallel requests", proof="states", source="cilium pkg/rate"),
        Signature(r"did not synchronously regenerate after timeout", component="cni", source="cilium before 1.6: the agent answered, but the endpoint was not built in time"),
        Signature(r"Cilium API client timeout exceeded", component="cni", proof="suggests", source="cilium pkg/client"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD is turned away or times out", "ADD が拒否される、またはタイムアウトする"), strength=0.9),
        Link("sandbox-kill-failing", "node", Text("DEL is turned away or times out", "DEL が拒否される、またはタイムアウトする"), strength=0.5),
        Link("cni-plugin-hang-or-lock", "node", Text("waiting plugin calls pile up", "待っているプラグイン呼び出しが積み上がる"), strength=0.4),
    ),
    refutes=(Refutation(Text("the agent's socket does not answer at all", "エージェントのソケットが応答しない"), pattern=r"cilium\.sock: connect: ", component="any"),),
    asks=(
        Ask("kubectl -n kube-system exec ds/cilium -- cilium status --verbose; kubectl -n kube-system logs -l k8s-app=cilium --tail=200 | grep -iE 'rate|regenerat|parallelRequests'",
            Text("the agent answers; long endpoint regenerations or a full request queue", "エージェントは応答する。エンドポイント再生成が長い、または要求キューが埋まっている"),
            ("cilium-agent-down",), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Wait for the burst to pass; when it does not, restart the agent on the node.", "集中が過ぎるのを待つ。解消しなければそのノードのエージェントを再起動する。"),
               Text("a restart regenerates all endpoints of the node", "再起動すると全エンドポイントが再生成される"), command="kubectl -n kube-system delete pod -l k8s-app=cilium --field-selector spec.nodeName={node}",
               verify="kubectl get pods -A -o wide --field-selector spec.nodeName={node}"),
        Remedy("permanent", Text("api-rate-limit for endpoint-create, CPU for the agent, fewer and simpler policies (FQDN), spread bursts over nodes, upgrade past known deadlocks.",
                                 "endpoint-create の api-rate-limit を調整し、エージェントに CPU を与え、ポリシー(FQDN)を減らし、負荷をノードに分散し、既知のデッドロックが直った版へ更新する。"),
               Text("rolling restart of the DaemonSet", "DaemonSet のローリング再起動"), verify="kubectl -n kube-system get cm cilium-config -o yaml | grep api-rate-limit"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="cilium-cni" failed (add): unable to create endpoint: [PUT /endpoint/{id}][429] putEndpointIdTooManyRequests', reason="FailedCreatePodSandBox"),
        hit("pod-log", "Not processing API request. Wait duration for maximum parallel requests exceeds maximum name=endpoint-create parallelRequests=4"),
        hit("pod-log", "API call has been processed error=timed out while waiting to be served with 4 parallel requests: context canceled"),
        hit("k8s-event", 'unable to create endpoint: Cilium API client timeout exceeded', reason="FailedCreatePodSandBox"),
        hit("k8s-event", "Unable to create endpoint: [PUT /endpoint/{id}][500] putEndpointIdFailed  endpoint 51 did not synchronously regenerate after timeout", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "dial unix /var/run/cilium/cilium.sock: connect: connection refused", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "toomanyrequests: You have reached your pull rate limit", reason="Failed"),
    ),
    versions="Cilium 1.9 and later",
    references=("https://docs.cilium.io/en/stable/configuration/api-rate-limiting/", "https://github.com/cilium/cilium/issues/40219", "https://github.com/cilium/cilium/issues/29315"),
)
