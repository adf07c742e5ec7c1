"""imagePullPolicy is Never and the image is not on the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-never-pull-absent",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("imagePullPolicy is Never, and the image is not on this node (ErrImageNeverPull)", "imagePullPolicy が Never なのに、このノードにイメージが無い(ErrImageNeverPull)"),
    summary=Text(
        "The pod forbids pulling, so the image must already be in the store that this node's runtime uses. Usual reasons: built into another daemon (Docker beside containerd, the host instead of minikube/kind), loaded on another node, loaded into another containerd namespace, a different name, or removed by image GC.",
        "取得を禁じているため、イメージは事前にこのノードのランタイムのストアに必要。別のデーモン(containerd と併存する Docker、minikube/kind の外側)でビルドした、他のノードや別の containerd 名前空間に読み込んだ、名前が違う、イメージ GC で消えた、などが多い。",
    ),
    signatures=(
        Signature(r"is not present with pull policy of Never", component="kubelet", proof="states", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"", component="kubelet", proof="states", reason=r"ErrImageNeverPull", source="pkg/kubelet/images/types.go"),
        Signature(r"Error: ErrImageNeverPull", component="kubelet", proof="states", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
    ),
    states=(
        StateTest("Pod", {"status": r"(^|:)ErrImageNeverPull$"}, proof="states"),
        StateTest("Container", {"reason": r"^ErrImageNeverPull$"}, proof="states"),
    ),
    leads_to=(Link("image-pull-back-off", "pod", Text("the kubelet may not pull what is missing", "欠けているイメージを kubelet が取得できない"), within=60, strength=0.7),),
    asks=(Ask("crictl images  # on {node}", Text("the exact name and tag is not in the list", "指定どおりの名前とタグが一覧に無い"), ("image-not-found",)),),
    remedies=(
        Remedy("temporary", Text("load the image into this node's runtime under exactly that name", "指定どおりの名前でこのノードのランタイムに読み込む"), Text("image GC may remove it; other nodes need it too", "イメージ GC で消えることがある。他のノードにも必要"), "ctr -n k8s.io images import image.tar  # on {node}; kind load docker-image, minikube image load", "crictl images", "none"),
        Remedy("permanent", Text("push the image to a registry and use IfNotPresent", "レジストリに push し、IfNotPresent を使う"), Text("rolls the pods", "Pod が入れ替わる"), "", "kubectl -n {namespace} get pods", "restart"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",),
    examples=(
        hit("k8s-event", 'Container image "shop/web:dev" is not present with pull policy of Never', reason="ErrImageNeverPull"),
        hit("k8s-event", "Error: ErrImageNeverPull", reason="Failed"),
        near_miss("k8s-event", 'Container image "shop/web:dev" already present on machine', reason="Pulled"),
        near_miss("k8s-event", "Error: ErrImagePull", reason="Failed"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "ErrImageNeverPull"}, True),
        StateExample("Pod", {"status": "Init:ErrImageNeverPull"}, True),
        StateExample("Container", {"reason": "ErrImageNeverPull"}, True),
        StateExample("Pod", {"status": "ImagePullBackOff"}, False),
    ),
)
