"""The kubelet's own pull rate is used up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-pull-qps-exceeded",
    layer="image",
    role="cause",
    subject="Node",
    title=Text("the kubelet limits its own image pulls (pull QPS exceeded)", "kubelet 自身の取得レート制限に達している(pull QPS exceeded)"),
    summary=Text(
        "More pods were started on the node at once than registryPullQPS (5 per second) and registryBurst (10) let through. It passes by itself after the back-off; a mass restart or mass eviction is the reason behind it.",
        "registryPullQPS(毎秒 5)と registryBurst(10)を超える数の Pod が一度に起動した。バックオフの後に自然に解消する。背後に一斉再起動や大量の Evict がある。",
    ),
    signatures=(Signature(r"pull QPS exceeded", component="kubelet", proof="states", source="pkg/kubelet/images/helpers.go"),),
    leads_to=(Link("image-pull-back-off", "node", Text("the kubelet refuses the pull before the runtime is asked", "ランタイムに渡す前に kubelet が取得を拒否する"), within=600, strength=0.9),),
    asks=(Ask("kubectl get events -A --field-selector reason=Pulling --sort-by=.lastTimestamp | grep {node}", Text("many pulls within the same seconds", "同じ数秒間に多数の取得がある"), ("image-pull-rate-limit",), evidence="events"),),
    remedies=(
        Remedy("temporary", Text("wait: the kubelet tries again within five minutes", "待つ。kubelet は 5 分以内に再試行する"), Text("none", "なし"), "", "kubectl get pods -A --field-selector spec.nodeName={node}", "none"),
        Remedy("permanent", Text("raise registryPullQPS and registryBurst in the kubelet's configuration, and find what restarts so many pods at once", "kubelet の registryPullQPS と registryBurst を上げ、一斉再起動の原因を調べる"), Text("the registry and the disk get more load at once; the kubelet is restarted", "レジストリとディスクの瞬間負荷が増える。kubelet の再起動が必要"), "", "kubectl get --raw /api/v1/nodes/{node}/proxy/configz", "restart"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/", "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/images/helpers.go"),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": pull QPS exceeded', reason="Failed"),
        hit("status", "pull QPS exceeded", reason="ErrImagePull"),
        near_miss("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: Rate exceeded', reason="Failed"),
        near_miss("kubelet", "Throttling request took 1.2s, request: GET:https://10.0.0.5:6443/api/v1/nodes"),
    ),
)
