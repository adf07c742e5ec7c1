"""activeDeadlineSeconds ended the Job or the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="job-deadline-exceeded",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the Job (or its pod) was ended by its own activeDeadlineSeconds", "Job(または Pod)が自身の activeDeadlineSeconds により打ち切られた"),
    summary=Text(
        "The time that the Job may take is over: its running pods are deleted and it counts as failed, whatever they were doing. Either the work takes longer than planned, or the pods lost the time waiting (Pending, pulling, init containers).",
        "Job に許された時間を超えたため、実行中の Pod は削除され失敗扱いになる。処理が想定より長いか、Pod が待ち(Pending・イメージ取得・init コンテナ)で時間を使い切っている。",
    ),
    signatures=(
        Signature(r"Job was active longer than specified deadline", component="controller", proof="states", source="pkg/controller/job/job_controller.go"),
        Signature(r"Pod was active on the node longer than the specified deadline", component="kubelet", proof="states", source="pkg/kubelet/active_deadline.go"),
    ),
    states=(StateTest("Condition", {"type": r"^Failed$", "status": r"^True$", "reason": r"^DeadlineExceeded$"}, proof="states"), StateTest("Pod", {"status": r"^DeadlineExceeded$"}, proof="states")),
    leads_to=(Link("job-failed", "cluster", Text("the Job controller ends the Job at its deadline", "期限で Job コントローラーが Job を終了させる"), strength=0.5),),
    asks=(
        Ask("kubectl -n {namespace} describe job; kubectl -n {namespace} get pods -l job-name=JOB -o wide", Text("how long the pods worked and how long they waited", "Pod の実行時間と待ち時間の内訳"), ("job-failed", "rollout-stuck", "pod-evicted"), evidence="events"),
    ),
    remedies=(
        Remedy("temporary", Text("run it again with a longer deadline", "期限を延ばして再実行する"), Text("work that was half done may be done twice", "途中まで行った処理が二重になることがある"), "kubectl -n {namespace} create job RETRY --from=cronjob/NAME", "kubectl -n {namespace} get jobs", "none"),
        Remedy("permanent", Text("set the deadline from measured run times with room, make the work resumable, alert on long runs", "実測時間に余裕を加えた期限にし、再開可能な処理にし、長時間実行を監視する"), Text("none", "なし"), "", "kubectl -n {namespace} get jobs", "none"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",),
    examples=(
        hit("k8s-event", "Job was active longer than specified deadline", reason="DeadlineExceeded"),
        hit("status", "Pod was active on the node longer than the specified deadline", reason="DeadlineExceeded"),
        near_miss("k8s-event", "Job has reached the specified backoff limit", reason="BackoffLimitExceeded"),
        near_miss("kubelet", "rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        near_miss("status", 'ReplicaSet "web-6c9f" has timed out progressing.', reason="ProgressDeadlineExceeded"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Failed", "status": "True", "reason": "DeadlineExceeded"}, True),
        StateExample("Pod", {"status": "DeadlineExceeded"}, True),
        StateExample("Condition", {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}, False),
    ),
)
