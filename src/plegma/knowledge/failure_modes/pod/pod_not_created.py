"""A controller cannot create its pods."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-not-created",
    layer="pod",
    role="symptom",
    subject="Workload",
    title=Text("the controller cannot create its pods", "コントローラーが Pod を作成できない"),
    summary=Text("There is no pod object at all: the API refused the create, and the owner's events say why.", "Pod オブジェクト自体が存在しない。API が作成を拒否しており、理由は所有者のイベントに書かれる。"),
    signatures=(
        Signature(r"", component="controller", reason=r"FailedCreate"),
        Signature(r"^Error creating: ", component="controller", source="pkg/controller/controller_utils.go"),
    ),
    asks=(Ask("kubectl -n {namespace} get events --field-selector reason=FailedCreate", Text("the API's words of refusal", "API が拒否した理由の文面"), evidence="events"),),
    examples=(
        hit("k8s-event", 'Error creating: pods "web-5d8f" is forbidden: exceeded quota: compute', reason="FailedCreate"),
        hit("k8s-event", "Error creating: Internal error occurred: failed calling webhook", reason="FailedCreate"),
        near_miss("k8s-event", "Created pod: web-5d8f-abcde", reason="SuccessfulCreate"),
    ),
)
