"""The image reference cannot be parsed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-name-invalid",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image reference is not well formed (InvalidImageName)", "イメージ参照の書式が不正(InvalidImageName)"),
    summary=Text(
        "The kubelet cannot parse the image field: upper-case letters in the repository, a scheme (https://), a space, two colons, an empty tag or an unfilled template variable. No registry is asked at all.",
        "kubelet が image フィールドを解釈できない。リポジトリ名の大文字、https:// などのスキーム、空白、コロンの重複、空のタグ、展開されなかったテンプレート変数など。レジストリへの問い合わせは行われない。",
    ),
    signatures=(
        Signature(r"", component="kubelet", proof="states", reason=r"InvalidImageName", source="pkg/kubelet/images/types.go"),
        Signature(r"Failed to apply default image tag ", component="kubelet", proof="states", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"with InvalidImageName: ", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"Error: InvalidImageName", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"couldn't parse image (?:reference|name) ", component="kubelet", proof="states", source="pkg/kubelet/images/image_manager.go; pkg/util/parsers"),
    ),
    states=(
        StateTest("Pod", {"status": r"(^|:)InvalidImageName$"}, proof="states"),
        StateTest("Container", {"reason": r"^InvalidImageName$"}, proof="states"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("without a valid name there is nothing to pull", "有効な名前が無いため取得を始められない"), within=60, strength=0.7),),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml | grep -n 'image:'", Text("a character that a reference may not hold", "イメージ参照に使えない文字がある"), ("image-not-found", "image-short-name-unresolved")),
    ),
    remedies=(
        Remedy("temporary", Text("correct the image field of the workload", "ワークロードの image を訂正する"), Text("rolls the pods", "Pod が入れ替わる"), "kubectl -n {namespace} set image deployment/WORKLOAD {container}=REGISTRY/REPOSITORY:TAG", "kubectl -n {namespace} rollout status deployment/WORKLOAD", "restart"),
        Remedy("permanent", Text("fail the pipeline when a variable of the template is empty, and validate references before they are applied", "テンプレート変数が空なら CI を失敗させ、適用前に参照を検証する"), Text("none", "なし"), "", "", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-names", "https://github.com/distribution/reference/blob/main/reference.go"),
    examples=(
        hit("status", 'Failed to apply default image tag "registry.example/Shop/Web:4": couldn\'t parse image name "registry.example/Shop/Web:4": invalid reference format: repository name (Shop/Web) must be lowercase', reason="InvalidImageName"),
        hit("k8s-event", 'Failed to apply default image tag "https://registry.example/web:": couldn\'t parse image reference "https://registry.example/web:": invalid reference format', reason="InspectFailed"),
        hit("k8s-event", "Error: InvalidImageName", reason="Failed"),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"web\\" with InvalidImageName: \\"Failed to apply default image tag'),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:v9": rpc error: code = NotFound desc = failed to resolve reference "registry.example/web:v9": registry.example/web:v9: not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to inspect image "web:4": rpc error: code = Unknown desc = short-name "web:4" did not resolve to an alias and no unqualified-search registries are defined', reason="InspectFailed"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "InvalidImageName"}, True),
        StateExample("Pod", {"status": "Init:InvalidImageName"}, True),
        StateExample("Container", {"reason": "InvalidImageName"}, True),
        StateExample("Pod", {"status": "ErrImagePull"}, False),
    ),
)
