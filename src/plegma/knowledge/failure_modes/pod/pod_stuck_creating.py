"""The pod has a node but its containers are not created."""

from plegma.knowledge.failure_mode import Ask, FailureMode, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-stuck-creating",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("pod stuck in ContainerCreating", "Pod が ContainerCreating のまま"),
    summary=Text(
        "A node was chosen, but the sandbox, the volumes or an init container are not done, so no container of the pod was created.",
        "ノードは決まったが、PodSandbox・ボリューム・init コンテナのいずれかが完了せず、コンテナが作成されていない。",
    ),
    states=(
        StateTest("Pod", {"status": r"^(ContainerCreating|PodInitializing|Init:\d+/\d+)$", "age": ">=60"}),
        StateTest("Pod", {"status": r"^(ContainerCreating)$", "age": "<60"}, proof="suggests"),
        StateTest("Container", {"reason": r"^(ContainerCreating)$"}, proof="suggests"),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("FailedCreatePodSandBox, FailedMount or no event at all", "FailedCreatePodSandBox・FailedMount の有無、またはイベントが無いこと"), evidence="pod-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager", Text("where the kubelet waits for this pod", "この Pod について kubelet がどこで待っているか"), evidence="kubelet-log"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "ContainerCreating", "age": 540.0}, True),
        StateExample("Pod", {"status": "Running", "age": 540.0}, False),
        StateExample("Container", {"state": "Waiting", "reason": "ContainerCreating"}, True),
    ),
)
