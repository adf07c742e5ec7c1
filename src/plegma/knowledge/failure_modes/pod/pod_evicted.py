"""The kubelet (or the API) evicted the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-evicted",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("pod was evicted", "Pod が Evict された"),
    summary=Text("The pod was ended for the sake of the node or of a limit; the object stays with reason Evicted.", "ノードの保護または上限超過のため Pod が終了させられた。オブジェクトは Reason Evicted のまま残る。"),
    signatures=(Signature(r"", component="kubelet", reason=r"Evicted"),),
    states=(StateTest("Pod", {"status": r"^Evicted$"}), StateTest("Pod", {"reason": r"^Evicted$"})),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("the eviction message: which resource, whose limit", "Evict のメッセージ(どのリソースか、誰の上限か)"), evidence="pod-describe"),),
    examples=(
        hit("status", "The node was low on resource: memory.", reason="Evicted"),
        near_miss("k8s-event", "Stopping container web", reason="Killing"),
    ),
    state_examples=(StateExample("Pod", {"status": "Evicted"}, True), StateExample("Pod", {"reason": "Evicted"}, True), StateExample("Pod", {"status": "Error"}, False)),
)
