"""The registry has no such repository, tag or digest."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import PULLING
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-not-found",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image's name, tag or digest does not exist in the registry", "指定されたイメージ名・タグ・ダイジェストがレジストリに存在しない"),
    summary=Text(
        "The registry answered, and what it says is that it has no such manifest: a typing error, a tag that was never pushed or was cleaned up, or the wrong registry. A private repository without credentials may answer with the same 'pull access denied'.",
        "レジストリは応答しており、該当するマニフェストが無いと答えている。名前やタグの書き誤り、push されていない・削除されたタグ、レジストリの取り違えが原因。認証の要る非公開リポジトリも同じ「pull access denied」を返すことがある。",
    ),
    signatures=(
        Signature(PULLING + r"manifest unknown", component="runtime", proof="states", source="distribution registry/api/errcode: MANIFEST_UNKNOWN"),
        Signature(PULLING + r"name unknown", component="runtime", proof="states", source="distribution registry/api/errcode: NAME_UNKNOWN"),
        Signature(PULLING + r'failed to resolve (?:reference|image) \\*"[^"\\]+\\*": [^ "\\]+: not found', component="runtime", proof="states", source="containerd core/remotes/docker/resolver.go"),
        Signature(PULLING + r"manifest for \S+ not found", component="runtime", proof="states", source="moby distribution/errors.go"),
        Signature(PULLING + r"Tag \S+ not found in repository ", component="runtime", proof="states", source="docker to v1.12"),
        Signature(PULLING + r"Error: image \S+ not found", component="runtime", proof="states", source="docker to v17.03"),
        Signature(PULLING + r": 404 Not Found", component="runtime", source="containerd core/remotes/docker/resolver.go"),
        Signature(PULLING + r"error parsing HTTP 404 response body", component="runtime", source="docker registry client: 404 with a page of HTML, as for a misspelled path"),
        Signature(PULLING + r"StatusCode: 404", component="runtime", source="containers/image docker/errors.go"),
        Signature(r"after error: (?:manifest|name) unknown", component="runtime", source="moby distribution/pull.go"),
        Signature(PULLING + r"pull access denied", component="runtime", source="moby distribution/errors.go; containerd core/remotes/docker/resolver.go"),
        Signature(PULLING + r"repository \S+ not found: does not exist or no pull access", component="runtime", source="docker 17.x"),
        Signature(PULLING + r"failed to fetch anonymous token.* 40[13] ", component="runtime", proof="suggests", source="containerd core/remotes/docker/authorizer.go"),
        Signature(PULLING + r"\(or it may not exist\)", component="runtime", proof="suggests", source="Google Artifact Registry"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("the registry answers 404 to every try, so the kubelet backs off", "何度試しても 404 が返るため、kubelet が再試行間隔を延ばし続ける"), within=600, strength=0.98),),
    refutes=(
        Refutation(Text("the registry refused the credentials themselves, so existence was never looked at", "認証情報そのものが拒否されており、存在確認まで進んでいない"), pattern=r"(?:incorrect username or password|authorization token has expired|no basic auth credentials)", component="runtime", weight=0.6),
    ),
    asks=(
        Ask("skopeo inspect --raw docker://{image}", Text("'manifest unknown' or 'name unknown' also with valid credentials", "正しい認証情報を使っても manifest unknown / name unknown になる"), ("image-pull-auth", "image-platform-missing", "image-arch-mismatch")),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the registry's own words at the end of 'Failed to pull image'", "Failed to pull image の末尾にあるレジストリの応答"), ("image-pull-auth", "image-registry-unreachable", "image-pull-x509"), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("set the workload back to an image reference that exists", "存在するイメージ参照に戻す"), Text("rolls the pods of the workload; an older image may lack what its configuration expects", "対象ワークロードの Pod が入れ替わる。古いイメージでは新しい設定を解釈できないことがある"),
               "kubectl -n {namespace} rollout undo deployment/WORKLOAD", "kubectl -n {namespace} rollout status deployment/WORKLOAD", "restart"),
        Remedy("permanent", Text("correct the reference, deploy by digest, and let the pipeline check that the image can be pulled before it changes the workload", "参照を訂正し、ダイジェストで配備し、CI/CD で変更前に取得可能かを確認する"), Text("none for running pods", "稼働中の Pod に影響しない"),
               "skopeo inspect docker://{image}", "skopeo inspect docker://{image} | jq -r .Digest", "none"),
        Remedy("permanent", Text("exempt tags that are in use from the registry's clean-up rules", "使用中のタグをレジストリの自動削除の対象から外す"), Text("the registry needs more space", "レジストリの使用容量が増える"), "", "", "none"),
    ),
    versions="every version; containerd words it 'NAME: not found', dockerd and CRI-O 'manifest unknown'",
    references=(
        "https://kubernetes.io/docs/concepts/containers/images/",
        "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes",
        "https://github.com/containerd/containerd/blob/main/core/remotes/docker/resolver.go",
    ),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.example/shop/cart:v7.1": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/shop/cart:v7.1": failed to resolve reference "registry.example/shop/cart:v7.1": registry.example/shop/cart:v7.1: not found', reason="Failed"),
        hit("status", 'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/redis:99": failed to resolve reference "docker.io/library/redis:99": docker.io/library/redis:99: not found', reason="ErrImagePull"),
        hit("kubelet", '"PullImage from image service failed" err="rpc error: code = NotFound desc = failed to pull and unpack image \\"docker.io/library/redis:99\\": failed to resolve reference \\"docker.io/library/redis:99\\": docker.io/library/redis:99: not found" image="redis:99"'),
        hit("k8s-event", 'Failed to pull image "registry.example/shop/cart:v7.1": rpc error: code = Unknown desc = Error response from daemon: manifest for registry.example/shop/cart:v7.1 not found: manifest unknown: manifest unknown', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/shop/cart:v7.1": rpc error: code = Unknown desc = reading manifest v7.1 in quay.example/shop/cart: manifest unknown: manifest unknown', reason="Failed"),
        hit("k8s-event", "Failed to pull image \"4711.dkr.ecr.eu-west-1.amazonaws.com/cart:1\": rpc error: code = Unknown desc = Error response from daemon: name unknown: The repository with name 'cart' does not exist in the registry with id '4711'", reason="Failed"),
        hit("kubelet", 'PullImage "shop/cart:v7" from image service failed: rpc error: code = 2 desc = Tag v7 not found in repository docker.io/shop/cart'),
        hit("k8s-event", 'Failed to pull image "shop/cart:v7": rpc error: code = 2 desc = Error: image shop/cart:v7 not found', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "mirror.example/shop/cart:v7": rpc error: code = Unknown desc = failed to pull and unpack image "mirror.example/shop/cart:v7": failed to resolve reference "mirror.example/shop/cart:v7": unexpected status from HEAD request to https://mirror.example/v2/shop/cart/manifests/v7: 404 Not Found', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "mirror.example/shop/cart:v7": rpc error: code = Unknown desc = Error reading manifest v7 in mirror.example/shop/cart: StatusCode: 404, <html>', reason="Failed"),
        hit("k8s-event", "Failed to pull image \"registry.example/chop/cart:v7\": rpc error: code = Unknown desc = Error response from daemon: error parsing HTTP 404 response body: invalid character '<' looking for beginning of value: \"<html>\"", reason="Failed"),
        hit("dockerd", "Attempting next endpoint for pull after error: manifest unknown: manifest unknown"),
        hit("k8s-event", "Failed to pull image \"shop/cart:v7\": rpc error: code = Unknown desc = Error response from daemon: pull access denied for shop/cart, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", reason="Failed"),
        hit("k8s-event", 'Failed to pull image "shop/cart:v7": rpc error: code = Unknown desc = Error response from daemon: repository shop/cart not found: does not exist or no pull access', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "ghcr.example/shop/cart:v7": failed to pull and unpack image "ghcr.example/shop/cart:v7": failed to resolve reference "ghcr.example/shop/cart:v7": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.example/token?service=x: 403 Forbidden', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "europe-docker.pkg.dev/shop/r/cart:v7": rpc error: code = Unknown desc = Error response from daemon: denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/shop/locations/europe/repositories/r" (or it may not exist)', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/shop/cart:v7": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/shop/cart:v7": no match for platform in manifest: not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/shop/cart:v7": rpc error: code = Unknown desc = Error response from daemon: Get https://registry.example/v2/shop/cart/manifests/v7: no basic auth credentials', reason="Failed"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = NotFound desc = failed to get sandbox image "registry.example/pause:3.99": failed to pull image "registry.example/pause:3.99": failed to pull and unpack image "registry.example/pause:3.99": failed to resolve reference "registry.example/pause:3.99": registry.example/pause:3.99: not found', reason="FailedCreatePodSandBox"),
        near_miss("containerd", 'PullImage "registry.example/shop/cart:v6" failed error="failed to pull and unpack image \\"registry.example/shop/cart:v6\\": failed to extract layer sha256:5fe0: content digest sha256:77aa: not found"'),
        near_miss("k8s-event", 'Failed to pull image "registry.invalid/shop/cart:v7": failed to do request: Head "https://registry.invalid/v2/shop/cart/manifests/v7": dial tcp: lookup registry.invalid on 10.0.0.2:53: no such host', reason="Failed"),
        near_miss("k8s-event", 'MountVolume.SetUp failed for volume "cfg" : configmap "cart" not found', reason="FailedMount"),
    ),
)
