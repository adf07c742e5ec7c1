"""The registry counts the pulls and has had enough of them."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-pull-rate-limit",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the registry's pull rate limit is used up", "レジストリの取得回数制限(pull rate limit)に達している"),
    summary=Text(
        "The registry answers 429 Too Many Requests. Limits are counted per account or, for anonymous pulls, per source address: all nodes behind one NAT address share one allowance, for hours.",
        "レジストリが 429 Too Many Requests を返している。回数はアカウントごと、匿名では送信元アドレスごとに数えられるため、同じ NAT アドレスの全ノードが一つの枠を数時間にわたり共有する。",
    ),
    signatures=(
        Signature(r"toomanyrequests: ", component="runtime", proof="states", source="distribution registry/api/errcode: TOOMANYREQUESTS"),
        Signature(r"You have reached your (?:unauthenticated |authenticated )?pull rate limit", component="runtime", proof="states", source="Docker Hub"),
        Signature(r"429 Too Many Requests", component="runtime", source="containerd core/remotes/docker"),
        Signature(r"429 \(Too Many Requests\)", component="runtime", source="containers/image docker/docker_client.go"),
        Signature(r"Status 429 trying to pull repository ", component="runtime", source="docker to v1.9"),
        Signature(r"too many requests to registry", component="runtime", proof="states", source="containers/image docker/errors.go"),
        Signature(r"received unexpected HTTP status: 429", component="runtime", source="docker registry client"),
    ),
    leads_to=(
        Link("image-pull-back-off", "pod", Text("every pull is refused until the window of the limit has passed", "制限の時間枠が過ぎるまで全ての取得が拒否される"), within=600, strength=0.95),
        Link("sandbox-image-pull-failure", "pod", Text("the pause image comes from the same registry and is refused as well", "pause イメージも同じレジストリから取得しており、同様に拒否される"), within=600, strength=0.3),
    ),
    asks=(
        Ask("TOKEN=$(curl -s 'https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull' | jq -r .token); curl -sI -H \"Authorization: Bearer $TOKEN\" https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest | grep -i ratelimit  # on {node}",
            Text("ratelimit-remaining: 0 for this node's address", "このノードのアドレスで ratelimit-remaining が 0"), ("image-pull-auth", "image-not-found", "image-pull-qps-exceeded")),
    ),
    remedies=(
        Remedy("temporary", Text("pull with an account that has its own allowance, or wait until the window is over", "専用枠を持つアカウントで認証して取得するか、時間枠が明けるまで待つ"), Text("none for running pods", "稼働中の Pod に影響しない"),
               "kubectl -n {namespace} create secret docker-registry hub --docker-server=https://index.docker.io/v1/ --docker-username=USER --docker-password-stdin && kubectl -n {namespace} patch serviceaccount default --type=strategic --patch-file pull-secret-patch.yaml", "kubectl -n {namespace} get events --field-selector reason=Pulled", "none"),
        Remedy("permanent", Text("pull through a cache of your own (registry mirror in containerd's hosts.toml, registries.conf or daemon.json) and stop using imagePullPolicy Always without need", "プルスルーキャッシュ(containerd の hosts.toml、registries.conf、daemon.json のミラー)を設け、不要な imagePullPolicy: Always をやめる"), Text("the runtime reads dockerd's and CRI-O's mirror only after a restart or reload", "dockerd や CRI-O ではミラー設定の反映に再起動または reload が必要"),
               "", "journalctl -u containerd --no-pager | grep -i 'trying next host'", "restart"),
    ),
    versions="every version; Docker Hub limits anonymous pulls since November 2020",
    references=("https://docs.docker.com/docker-hub/usage/", "https://github.com/containerd/containerd/blob/main/docs/hosts.md"),
    examples=(
        hit("kubelet", 'Failed to pull image "gcr.example/kube-ui:v2" from pod "ui-1_web" and container "ui": Error: Status 429 trying to pull repository kube-ui: "<!DOCTYPE html>"'),
        hit("k8s-event", 'Failed to pull image "nginx:1.27": rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "nginx:1.27": failed to pull and unpack image "docker.io/library/nginx:1.27": failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx/manifests/sha256:0f04: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit.', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "docker.io/library/nginx:1.27": rpc error: code = Unknown desc = reading manifest 1.27 in docker.io/library/nginx: too many requests to registry', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "docker.io/library/nginx:1.27": rpc error: code = Unknown desc = Requesting bearer token: invalid status code from registry 429 (Too Many Requests)', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "public.ecr.aws/shop/web:4": rpc error: code = Unknown desc = Error response from daemon: toomanyrequests: Rate exceeded', reason="Failed"),
        hit("dockerd", "Not continuing with pull after error: received unexpected HTTP status: 429 Too Many Requests"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "docker.io/rancher/mirrored-pause:3.6": failed to pull image "docker.io/rancher/mirrored-pause:3.6": failed to resolve reference: 429 Too Many Requests', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:4": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.example/v2/: unauthorized: authentication required', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:4": pull QPS exceeded', reason="Failed"),
        near_miss("kubelet", "Error getting node: the server has received too many requests and has asked us to try again later"),
        near_miss("pod-log", "client rate limiter Wait returned an error: context deadline exceeded"),
        near_miss("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 429", reason="Unhealthy"),
    ),
)
