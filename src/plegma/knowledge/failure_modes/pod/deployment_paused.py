"""The Deployment is paused, so changes are not rolled out."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="deployment-paused",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the Deployment is paused", "Deployment が一時停止(paused)されている"),
    summary=Text("spec.paused is true: a changed template makes no new ReplicaSet, and a deletion of old ones does not happen, until somebody resumes it. Scaling and replacing of lost pods still work.", "spec.paused が true のため、テンプレートを変更しても再開するまで新しい ReplicaSet は作られない。スケールや失われた Pod の補充は行われる。"),
    signatures=(
        Signature(r"Deployment is paused", component="controller", proof="states", reason=r"DeploymentPaused", source="pkg/controller/deployment/sync.go"),
        Signature(r"can't restart paused deployment", component="shell", proof="states", source="kubectl rollout restart"),
    ),
    states=(
        StateTest("Condition", {"type": r"^Progressing$", "reason": r"^DeploymentPaused$"}, proof="states"),
        StateTest("Workload", {"reason": r"^DeploymentPaused$"}, proof="states"),
    ),
    leads_to=(Link("rollout-stuck", "cluster", Text("the controller does not act on the new template", "コントローラーが新しいテンプレートを反映しない"), strength=0.3),),
    asks=(Ask("kubectl -n {namespace} get deployments -o custom-columns=NAME:.metadata.name,PAUSED:.spec.paused", Text("true", "true になっている"), ("rollout-stuck",), evidence="workloads"),),
    remedies=(
        Remedy("temporary", Text("resume it", "再開する"), Text("all changes since the pause are rolled out at once", "一時停止中の変更がまとめて展開される"), "kubectl -n {namespace} rollout resume deployment/WORKLOAD", "kubectl -n {namespace} rollout status deployment/WORKLOAD", "restart"),
        Remedy("permanent", Text("let whatever pauses it (canary tool, script) resume it in every way out, and alert on paused ones", "一時停止するツールが必ず再開するようにし、paused のまま残ったものを監視する"), Text("none", "なし"), "", "", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment",),
    examples=(
        hit("status", "Deployment is paused", reason="DeploymentPaused"),
        hit("shell", "error: deployments.apps \"web\" can't restart paused deployment (run rollout resume first)"),
        near_miss("status", "Deployment is resumed", reason="DeploymentResumed"),
        near_miss("status", 'ReplicaSet "web-6c9f" has timed out progressing.', reason="ProgressDeadlineExceeded"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Progressing", "status": "Unknown", "reason": "DeploymentPaused"}, True),
        StateExample("Workload", {"kind": "Deployment", "reason": "DeploymentPaused"}, True),
        StateExample("Condition", {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}, False),
    ),
)
