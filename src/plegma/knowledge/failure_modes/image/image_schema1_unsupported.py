"""The image is in the old schema 1 format."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-schema1-unsupported",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image is stored in the obsolete manifest schema 1, which the runtime no longer pulls", "イメージが旧形式(マニフェスト schema 1)で、ランタイムが対応していない"),
    summary=Text(
        "The image was pushed years ago (or by an old tool) as Docker image manifest version 2, schema 1. Newer runtimes refuse it, so it fails after a runtime upgrade although nothing about the image changed.",
        "何年も前(または古いツール)に Docker image manifest v2 schema 1 として push されたイメージ。新しいランタイムは拒否するため、イメージが同じでもランタイム更新後に失敗する。",
    ),
    signatures=(
        Signature(r"manifest\.v1\+(?:prettyjws|json)\\*\" is no longer supported", component="runtime", proof="states", source="containerd core/remotes/docker/schema1 (removed in 2.1)"),
        Signature(r"schema 1 support is disabled by default", component="runtime", proof="states", source="moby distribution/pull_v2.go (26.0)"),
        Signature(r"Docker Image manifest version 2, schema 1 support has been removed", component="runtime", proof="states", source="moby distribution (28.2)"),
        Signature(r"manifest\.v1\+prettyjws not supported", component="runtime", proof="states", source="moby with the containerd image store"),
        Signature(r"conversion from schema 1 images is deprecated", component="runtime", proof="suggests", source="containerd 1.7 and 2.0: a warning only"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("the runtime refuses the manifest's type", "マニフェストの形式をランタイムが拒否する"), within=600, strength=0.97),),
    asks=(Ask("skopeo inspect --raw docker://{image} | head -3", Text('"schemaVersion": 1', '"schemaVersion": 1 と表示される'), ("image-not-found", "image-arch-mismatch")),),
    remedies=(
        Remedy("temporary", Text("copy the image in the new format to a registry of your own and use that", "新形式に変換して自前のレジストリへコピーし、それを使う"), Text("the digest changes", "ダイジェストが変わる"), "skopeo copy --format v2s2 docker://{image} docker://REGISTRY/REPOSITORY:TAG", "skopeo inspect --raw docker://REGISTRY/REPOSITORY:TAG | head -3", "none"),
        Remedy("permanent", Text("rebuild the image with current tools, or move to a maintained one", "現行のツールで再ビルドするか、保守されているイメージへ移行する"), Text("newer base layers change the contents", "ベースレイヤーの更新で内容が変わる"), "", "", "none"),
    ),
    versions="containerd from 2.1 (2.0 with the switch off), Docker Engine from 26.0 off by default and later removed",
    references=("https://github.com/containerd/containerd/blob/main/docs/containerd-2.0.md", "https://docs.docker.com/engine/deprecated/#image-manifest-v2-schema-1"),
    examples=(
        hit("k8s-event", 'Failed to pull image "quay.example/old/tool:1": not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1, please rebuild the image', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "old/tool:1": rpc error: code = Unknown desc = Error response from daemon: [DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default and will be removed in an upcoming release', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "old/tool:1": rpc error: code = Unknown desc = Error response from daemon: Docker Image manifest version 2, schema 1 support has been removed', reason="Failed"),
        hit("dockerd", "Handler for POST /v1.43/images/create returned error: application/vnd.docker.distribution.manifest.v1+prettyjws not supported"),
        hit("containerd", "conversion from schema 1 images is deprecated"),
        near_miss("k8s-event", 'Failed to pull image "old/tool:1": no match for platform in manifest: not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "old/tool:1": rpc error: code = Unknown desc = Error response from daemon: manifest for old/tool:1 not found: manifest unknown', reason="Failed"),
    ),
)
