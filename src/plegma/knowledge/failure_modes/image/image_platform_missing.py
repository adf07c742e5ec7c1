"""The image has no variant for this node's platform."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-platform-missing",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image index has no manifest for this node's operating system or CPU", "イメージに、このノードの OS・CPU 向けのマニフェストが無い"),
    summary=Text(
        "Name and tag exist, but only for other platforms (an amd64-only image on an arm64 node, a Windows image for another build). The pull is refused before anything is run; an image with one plain manifest of the wrong CPU would instead be pulled and then die with 'exec format error'.",
        "名前とタグは存在するが、他のプラットフォーム向けしか無い(arm64 ノードに amd64 専用イメージ、異なるビルドの Windows イメージなど)。実行前に取得が拒否される。単一マニフェストで CPU が違う場合は取得後に「exec format error」になる。",
    ),
    signatures=(
        Signature(r"no match for platform in manifest", component="runtime", proof="states", source="containerd core/images/image.go"),
        Signature(r"no matching manifest for \S+ in the manifest list entries", component="runtime", proof="states", source="moby distribution/pull_v2.go"),
        Signature(r"no image found in (?:image index|manifest list) for architecture", component="runtime", proof="states", source="containers/image internal/manifest"),
        Signature(r"hoosing (?:an )?image (?:instance )?from manifest list .*no image found", component="runtime", proof="states", source="containers/image copy"),
        Signature(r"no matching manifest for \S+ in the manifest list", component="runtime", proof="states", source="moby"),
        Signature(r"image operating system \\*\"\w+\\*\" cannot be used on this platform", component="runtime", proof="states", source="moby distribution/pull_v2.go"),
        Signature(r"does not match the (?:detected|specified) (?:host )?platform", component="runtime", proof="suggests", source="docker's warning"),
    ),
    leads_to=(
        Link("image-pull-back-off", "pod", Text("the runtime finds nothing that it may pull for this platform", "このプラットフォーム向けに取得できるものが無い"), within=600, strength=0.97),
        Link("sandbox-image-pull-failure", "pod", Text("the pause image is the one without this platform", "pause イメージにこのプラットフォーム向けが無い"), within=600, strength=0.2),
    ),
    asks=(
        Ask("docker manifest inspect {image} | grep -A3 platform; kubectl get nodes -L kubernetes.io/arch -L kubernetes.io/os", Text("the node's architecture is not among the manifests", "ノードのアーキテクチャがマニフェスト一覧に無い"), ("image-not-found", "image-arch-mismatch", "image-store-corrupted"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("send the pod to nodes of a platform that the image has", "イメージが対応するプラットフォームのノードへ配置する"), Text("the pod waits when there is no such node", "該当ノードが無ければ Pending になる"), "kubectl -n {namespace} patch deployment WORKLOAD --type=merge --patch-file node-selector.yaml  # nodeSelector: kubernetes.io/arch: amd64", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("build and push a multi-platform index", "マルチプラットフォームのイメージをビルドして push する"), Text("none for running pods", "稼働中の Pod に影響しない"), "docker buildx build --platform linux/amd64,linux/arm64 -t {image} --push .", "docker manifest inspect {image}", "none"),
    ),
    versions="every version with multi-platform images",
    references=("https://docs.docker.com/build/building/multi-platform/", "https://github.com/opencontainers/image-spec/blob/main/image-index.md"),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/web:4": no match for platform in manifest: not found', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = choosing image instance: no image found in image index for architecture "arm64", variant "v8", OS "linux"', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/web:4": rpc error: code = Unknown desc = Error choosing an image from manifest list docker://quay.example/web:4: no image found in manifest list for architecture arm64, variant "v8", OS linux', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: image operating system "windows" cannot be used on this platform', reason="Failed"),
        hit("dockerd", "The requested image's platform (linux/amd64) does not match the detected host platform (linux/arm64/v8) and no specific platform was requested"),
        near_miss("pod-log", "exec /usr/local/bin/web: exec format error"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:9": rpc error: code = NotFound desc = failed to resolve reference "registry.example/web:9": registry.example/web:9: not found', reason="Failed"),
    ),
)
