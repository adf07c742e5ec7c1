"""A Deployment's roll-out does not come to its end."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="rollout-stuck",
    layer="pod",
    role="symptom",
    subject="Workload",
    title=Text("the Deployment's roll-out is stuck (ProgressDeadlineExceeded)", "Deployment のロールアウトが進まない(ProgressDeadlineExceeded)"),
    summary=Text(
        "For progressDeadlineSeconds (10 minutes) no new pod became available. The reason stands with the new ReplicaSet's pods: not created, Pending, image not pulled, crashing, or never Ready. The old pods keep serving.",
        "progressDeadlineSeconds(既定 10 分)の間、新しい Pod が Available にならなかった。理由は新しい ReplicaSet の Pod 側(作成されない・Pending・イメージ取得失敗・クラッシュ・Ready にならない)にある。古い Pod は動き続ける。",
    ),
    signatures=(
        Signature(r"", component="controller", reason=r"ProgressDeadlineExceeded", source="pkg/controller/deployment/util/deployment_util.go"),
        Signature(r"has timed out progressing", component="controller", source="pkg/controller/deployment/progress.go"),
        Signature(r"exceeded its progress deadline", component="shell", source="kubectl rollout status"),
    ),
    states=(
        StateTest("Condition", {"type": r"^Progressing$", "status": r"^False$", "reason": r"^ProgressDeadlineExceeded$"}),
        StateTest("Workload", {"reason": r"^ProgressDeadlineExceeded$"}),
    ),
    asks=(
        Ask("kubectl -n {namespace} get rs,pods -o wide; kubectl -n {namespace} describe deployment", Text("the newest ReplicaSet's pods and what keeps them from being available", "最新の ReplicaSet の Pod と、Available にならない理由"),
            ("image-not-found", "image-pull-auth", "resource-quota-exceeded", "readiness-probe-failing", "app-exits-nonzero", "unschedulable-insufficient-resources", "deployment-paused"), evidence="workloads"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment",),
    examples=(
        hit("status", 'ReplicaSet "web-6c9f" has timed out progressing.', reason="ProgressDeadlineExceeded"),
        hit("shell", 'error: deployment "web" exceeded its progress deadline'),
        near_miss("status", 'ReplicaSet "web-6c9f" has successfully progressed.', reason="NewReplicaSetAvailable"),
        near_miss("shell", "Waiting for deployment \"web\" rollout to finish: 1 out of 3 new replicas have been updated..."),
        near_miss("status", "Job was active longer than specified deadline", reason="DeadlineExceeded"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded"}, True),
        StateExample("Condition", {"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated"}, False),
        StateExample("Workload", {"kind": "Deployment", "reason": "ProgressDeadlineExceeded"}, True),
    ),
)
