"""The container's own process ended with an error."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="app-error-exit",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("the container's process ended with an error", "コンテナのプロセスがエラーで終了した"),
    summary=Text("The process ran and ended by itself with a code other than 0; its own log says why.", "プロセスは起動したが 0 以外の終了コードで自ら終了した。理由はコンテナ自身のログに出る。"),
    states=(
        StateTest("Container", {"last_reason": r"^Error$", "last_exit_code": r"^([1-9]|[1-9]\d|1[0-1]\d|12[0-4]|129|13[0-689]|14[0-24-9]|[12]\d\d)$"}, proof="suggests"),
        StateTest("Container", {"reason": r"^Error$", "exit_code": r"^([1-9]|[1-9]\d|1[0-1]\d|12[0-4]|129|13[0-689]|14[0-24-9]|[12]\d\d)$"}, proof="suggests"),
    ),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text("each run ends soon, so the kubelet backs off", "起動してもすぐ終了するため、kubelet がバックオフに入る"), strength=0.9),
        Link("container-restarting", "pod", Text("each end is followed by a restart", "終了のたびに再起動される"), strength=0.9),
        Link("pod-not-ready", "pod", Text("a container that is not up is not ready", "コンテナが動いていないため Ready にならない"), strength=0.7),
    ),
    asks=(Ask("kubectl -n {namespace} logs {pod} --all-containers --previous", Text("the last words of the process", "プロセスの最後の出力"), evidence="pod-log"),),
    state_examples=(
        StateExample("Container", {"last_reason": "Error", "last_exit_code": 1}, True),
        StateExample("Container", {"reason": "Error", "exit_code": 2}, True),
        StateExample("Container", {"last_reason": "Completed", "last_exit_code": 0}, False),
    ),
    generic=True,
)
