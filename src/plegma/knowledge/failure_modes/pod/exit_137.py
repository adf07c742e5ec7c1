"""A container was ended by SIGKILL."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="exit-137",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("container was killed (exit 137)", "コンテナが強制終了された(終了コード 137)"),
    summary=Text(
        "Exit 137 is SIGKILL: the OOM killer (then the reason is OOMKilled), the kubelet after a failed liveness probe or the grace period, or somebody on the node.",
        "終了コード 137 は SIGKILL。OOM killer(Reason は OOMKilled)、liveness プローブ失敗や猶予時間超過後の kubelet、またはノード上の誰かによる。",
    ),
    states=(StateTest("Container", {"last_exit_code": r"^137$", "last_reason": r"^Error$"}, proof="suggests"), StateTest("Container", {"exit_code": r"^137$", "reason": r"^Error$"}, proof="suggests")),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text("killed again and again, the container ends up in back-off", "繰り返し終了させられ、バックオフに入る"), strength=0.6),
        Link("container-restarting", "pod", Text("each kill is followed by a restart", "終了のたびに再起動される"), strength=0.8),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("reason OOMKilled, or Unhealthy and Killing events just before", "Reason が OOMKilled か、直前に Unhealthy・Killing イベントがあるか"), evidence="pod-describe"),),
    state_examples=(
        StateExample("Container", {"last_exit_code": 137, "last_reason": "Error"}, True),
        StateExample("Container", {"exit_code": 137, "reason": "Error"}, True),
        StateExample("Container", {"last_exit_code": 137, "last_reason": "OOMKilled"}, False),
    ),
    generic=True,
)
