"""A container has been restarted many times although it may be up at the moment."""

from plegma.knowledge.failure_mode import Ask, FailureMode, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-restarting",
    layer="pod",
    role="symptom",
    subject="Pod",
    title=Text("container restarts again and again", "コンテナが再起動を繰り返している"),
    summary=Text(
        "The restart count is high although the pod may be Running at this moment: something ends the container from time to time.",
        "現在は Running でも再起動回数が多い。何かがコンテナをときどき終了させている。",
    ),
    states=(
        StateTest("Pod", {"restarts": ">=5", "status": r"^(Running|Error|NotReady|CrashLoopBackOff)$"}, proof="suggests"),
        StateTest("Container", {"restarts": ">=5"}, proof="suggests"),
        StateTest("RuntimeContainer", {"attempt": ">=5"}, proof="suggests"),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the last state's reason and exit code", "Last State の Reason と Exit Code"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("what the container said before it ended", "コンテナが終了する直前の出力"), evidence="pod-log"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Running", "restarts": 23}, True),
        StateExample("Pod", {"status": "Running", "restarts": 1}, False),
        StateExample("Container", {"state": "Running", "restarts": 9}, True),
        StateExample("RuntimeContainer", {"state": "Created", "attempt": 412}, True),
    ),
)
