"""The pod is being deleted and does not go away."""

from plegma.knowledge.failure_mode import Ask, FailureMode, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-stuck-terminating",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("pod stuck in Terminating", "Pod が Terminating のまま"),
    summary=Text(
        "The pod was deleted, but its containers, its sandbox, its volumes or a finalizer are not done.",
        "Pod は削除されたが、コンテナ・PodSandbox・ボリューム・finalizer のいずれかが片付いていない。",
    ),
    states=(StateTest("Pod", {"status": r"^Terminating$"}),),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o yaml", Text("deletionTimestamp, finalizers and the container states", "deletionTimestamp・finalizers・コンテナの状態"), evidence="pod-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager", Text("which StopContainer, StopPodSandbox or unmount fails", "どの StopContainer・StopPodSandbox・アンマウントが失敗しているか"), evidence="kubelet-log"),
    ),
    state_examples=(StateExample("Pod", {"status": "Terminating"}, True), StateExample("Pod", {"status": "Terminated"}, False)),
)
