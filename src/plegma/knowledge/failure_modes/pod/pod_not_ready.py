"""The pod runs but is not Ready."""

from plegma.knowledge.failure_mode import Ask, FailureMode, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-not-ready",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("pod is not Ready", "Pod が Ready にならない"),
    summary=Text(
        "Not all containers of the pod are ready, so no Service sends traffic to it.",
        "Pod のコンテナの一部が Ready でないため、Service からトラフィックが届かない。",
    ),
    states=(
        StateTest("Pod", {"status": r"^(Running|Error|NotReady|CreateContainerConfigError|CreateContainerError|RunContainerError|StartError)$", "unready": ">=1"}, proof="suggests"),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("which container is not ready, and the probe events", "どのコンテナが Ready でないか、プローブのイベント"), evidence="pod-describe"),),
    state_examples=(
        StateExample("Pod", {"status": "Running", "ready": 0, "containers": 1, "unready": 1}, True),
        StateExample("Pod", {"status": "Running", "ready": 1, "containers": 1, "unready": 0}, False),
        StateExample("Pod", {"status": "Completed", "ready": 0, "containers": 1, "unready": 1}, False),
    ),
)
