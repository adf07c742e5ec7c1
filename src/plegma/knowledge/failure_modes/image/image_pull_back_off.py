"""The image cannot be pulled."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-pull-back-off",
    layer="image",
    role="symptom",
    subject="Pod",
    title=Text("image cannot be pulled (ImagePullBackOff)", "イメージを取得できない(ImagePullBackOff)"),
    summary=Text("The runtime's pull of the image fails; the kubelet tries again with a back-off of 10 s that doubles up to 300 s.", "ランタイムによるイメージの取得が失敗している。kubelet は 10 秒から最大 300 秒まで倍増する待ち時間で再試行する。"),
    signatures=(
        Signature(r"^Failed to pull image ", component="kubelet", reason="Failed", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"^Back-off pulling image ", component="kubelet", source="pkg/kubelet/images/image_manager.go"),
        Signature(r"^Error: (ErrImagePull|ImagePullBackOff)", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Signature(r"with (ErrImagePull|ImagePullBackOff): ", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
    ),
    states=(
        StateTest("Pod", {"status": r"(ImagePullBackOff|ErrImagePull|ErrImageNeverPull|InvalidImageName|ImageInspectError)$"}),
        StateTest("Container", {"reason": r"^(ImagePullBackOff|ErrImagePull)$"}),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("the whole 'Failed to pull image' message: the registry's own words", "Failed to pull image の全文(レジストリの応答)"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", 'Failed to pull image "registry.example/shop/web:2.1": rpc error: code = NotFound', reason="Failed"),
        hit("k8s-event", 'Back-off pulling image "registry.example/shop/web:2.1"', reason="BackOff"),
        hit("k8s-event", "Error: ImagePullBackOff", reason="Failed"),
        hit("kubelet", '"Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"web\\" with ErrImagePull: \\"rpc error: code = NotFound"'),
        near_miss("k8s-event", 'Successfully pulled image "registry.example/shop/web:2.1" in 1.2s', reason="Pulled"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "ImagePullBackOff"}, True),
        StateExample("Pod", {"status": "Init:ErrImagePull"}, True),
        StateExample("Pod", {"status": "CrashLoopBackOff"}, False),
        StateExample("Container", {"reason": "ErrImagePull"}, True),
    ),
)
