"""The Job has given up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="job-failed",
    layer="pod",
    role="symptom",
    subject="Workload",
    title=Text("the Job has failed for good (backoffLimit reached or a rule said so)", "Job が失敗で確定した(backoffLimit 到達など)"),
    summary=Text(
        "Its pods failed as often as backoffLimit allows (or a pod failure policy or an index limit ended it). The Job's own event only counts; the reason is how its pods ended: exit code, OOM, eviction, image.",
        "Pod の失敗が backoffLimit に達した(または podFailurePolicy やインデックスの上限により終了した)。Job のイベントは回数を示すだけで、理由は各 Pod の終わり方(終了コード・OOM・Evict・イメージ)にある。",
    ),
    signatures=(
        Signature(r"", component="controller", reason=r"BackoffLimitExceeded|FailedIndexes|MaxFailedIndexesExceeded|PodFailurePolicy", source="pkg/apis/batch/types.go"),
        Signature(r"Job has reached the specified backoff limit", component="controller", source="pkg/controller/job/job_controller.go"),
    ),
    states=(StateTest("Condition", {"type": r"^Failed$", "status": r"^True$", "reason": r"^(BackoffLimitExceeded|FailedIndexes|MaxFailedIndexesExceeded|PodFailurePolicy)$"}), StateTest("Workload", {"kind": r"(?i)^jobs?(\.batch)?$", "reason": r"^BackoffLimitExceeded$"})),
    asks=(
        Ask("kubectl -n {namespace} get pods -l job-name=JOB; kubectl -n {namespace} logs job/JOB --all-containers", Text("how the last pods ended", "直近の Pod の終わり方"), ("app-exits-nonzero", "app-oomkilled", "job-deadline-exceeded", "sidecar-blocks-job"), evidence="pod-log"),
    ),
    versions="every version; the pods are kept only with restartPolicy Never",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy",),
    examples=(
        hit("k8s-event", "Job has reached the specified backoff limit", reason="BackoffLimitExceeded"),
        hit("status", "Container main for pod shop/load-7x2 failed with exit code 42 matching FailJob rule at index 0", reason="PodFailurePolicy"),
        near_miss("k8s-event", "Job was active longer than specified deadline", reason="DeadlineExceeded"),
        near_miss("k8s-event", "Job completed", reason="Completed"),
        near_miss("k8s-event", "Back-off restarting failed container", reason="BackOff"),
    ),
    state_examples=(
        StateExample("Condition", {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}, True),
        StateExample("Workload", {"kind": "Job", "reason": "BackoffLimitExceeded"}, True),
        StateExample("Condition", {"type": "Complete", "status": "True", "reason": "CompletionsReached"}, False),
    ),
)
