"""The node's signature policy refuses the image."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.knowledge.phrases import PULLING
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-signature-rejected",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the node's signature policy refuses the image", "ノードの署名ポリシーがイメージを拒否している"),
    summary=Text(
        "CRI-O (or another runtime with a verifier) asks for a signature that the image does not carry, that is by another identity, or that did not travel to the mirror; or the policy file itself is broken. The registry and the credentials are fine.",
        "CRI-O(または検証機能のあるランタイム)が求める署名がイメージに無い、署名者が異なる、ミラーに署名が複製されていない、あるいはポリシーファイル自体が壊れている。レジストリと認証情報に問題は無い。",
    ),
    signatures=(
        Signature(r"[Ss]ource image rejected: ", component="runtime", proof="states", source="containers/image copy/copy.go"),
        Signature(r"SignatureValidationFailed", component="runtime", proof="states", source="cri-api pkg/errors; pkg/kubelet/images/types.go"),
        Signature(r"", component="kubelet", proof="states", reason=r"SignatureValidationFailed", source="pkg/kubelet/images/types.go"),
        Signature(r"image pull failed for \S+ because the signature validation failed", component="kubelet", proof="states", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"invalid policy in \\*\"/\S*policy", component="runtime", proof="states", source="containers/image signature/policy_config.go"),
        Signature(r"/etc/containers/policy\.json: no such file", component="runtime", proof="states", source="containers/image signature/policy_config.go"),
        Signature(PULLING + r"image verifier .*blocked pull", component="runtime", source="containerd plugins/imageverifier/bindir"),
    ),
    states=(StateTest("Container", {"reason": r"^SignatureValidationFailed$"}, proof="states"), StateTest("Pod", {"status": r"(^|:)SignatureValidationFailed$"}, proof="states")),
    leads_to=(Link("image-pull-back-off", "pod", Text("the runtime may not run what the policy does not accept", "ポリシーを満たさないイメージをランタイムが受け入れない"), within=600, strength=0.95),),
    asks=(Ask("cat /etc/containers/policy.json; ls /etc/containers/registries.d /etc/crio/policies  # on {node}", Text("a rule for this registry asks for a signature or rejects", "このレジストリへの規則が署名を要求するか reject になっている"), ("image-pull-auth", "image-not-found"), evidence="runtime-config"),),
    remedies=(
        Remedy("temporary", Text("use an image that is signed as the policy wants, or copy the signatures along with the image", "ポリシーを満たす署名済みイメージを使うか、署名ごとミラーする"), Text("loosening the policy lets unsigned images run", "ポリシーを緩めると未署名イメージが動いてしまう"), "skopeo copy --preserve-digests docker://SOURCE docker://MIRROR", "crictl pull {image}", "none"),
        Remedy("permanent", Text("sign in the pipeline, mirror with signatures (use-sigstore-attachments), and roll policy changes out on a test node first", "CI で署名し、署名付きでミラーし(use-sigstore-attachments)、ポリシー変更は検証ノードで先に試す"), Text("none", "なし"), "", "crictl pull {image}", "none"),
    ),
    versions="CRI-O and other users of containers/image; the reason SignatureValidationFailed from Kubernetes 1.28",
    references=("https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md", "https://kubernetes.io/blog/2023/06/29/container-image-signature-verification/", "https://github.com/kubernetes/kubernetes/pull/117717"),
    examples=(
        hit("k8s-event", 'Failed to pull image "quay.example/pay/api:2": rpc error: code = Unknown desc = Source image rejected: A signature was required, but no signature exists', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "quay.example/pay/api:2": SignatureValidationFailed: Source image rejected: Signature for identity quay.example/pay/api:1 is not accepted', reason="Failed"),
        hit("status", "image pull failed for quay.example/pay/api:2 because the signature validation failed", reason="SignatureValidationFailed"),
        hit("kubelet", '"PullImage from image service failed" err="rpc error: code = Unknown desc = invalid policy in \\"/etc/containers/policy.json\\": Unknown key \\"keyPaths\\"" image="web:4"'),
        hit("crio", "open /etc/containers/policy.json: no such file or directory"),
        hit("k8s-event", 'Failed to pull image "registry.example/web:4": rpc error: code = Unknown desc = image verifier cosign blocked pull of registry.example/web:4 with digest sha256:5fe0', reason="Failed"),
        near_miss("k8s-event", 'Error creating: admission webhook "policy.sigstore.dev" denied the request: validation failed: no matching signatures', reason="FailedCreate"),
        near_miss("k8s-event", 'Failed to pull image "quay.example/pay/api:2": rpc error: code = Unknown desc = reading manifest 2 in quay.example/pay/api: unauthorized: access to the requested resource is not authorized', reason="Failed"),
    ),
    state_examples=(
        StateExample("Container", {"reason": "SignatureValidationFailed"}, True),
        StateExample("Pod", {"status": "SignatureValidationFailed"}, True),
        StateExample("Container", {"reason": "ErrImagePull"}, False),
    ),
)
