"""The CronJob has missed too many starts, or cannot be scheduled at all."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cronjob-missed-starts",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the CronJob missed its start times", "CronJob が開始時刻を逃している"),
    summary=Text(
        "The controller found more than 100 missed start times (or one outside startingDeadlineSeconds): it was down, the CronJob was suspended for long, a clock was wrong, or the schedule or time zone cannot be parsed. Versions before the v2 controller then never start it again by themselves.",
        "コントローラーが 100 回を超える未実行(または startingDeadlineSeconds を過ぎた回)を検出した。コントローラーの停止、長期の suspend、時計のずれ、スケジュールやタイムゾーンの書式誤りなどが原因。v2 コントローラー以前ではその後自動で再開しない。",
    ),
    signatures=(
        Signature(r"[Tt]oo many missed start times?", component="controller", proof="states", source="pkg/controller/cronjob/utils.go"),
        Signature(r"Missed scheduled time to start a job", component="controller", reason=r"MissSchedule", source="pkg/controller/cronjob/cronjob_controllerv2.go"),
        Signature(r"", component="controller", reason=r"UnparseableSchedule|UnParseableCronJobSchedule|UnknownTimeZone|InvalidSchedule", proof="states", source="pkg/controller/cronjob/cronjob_controllerv2.go"),
    ),
    leads_to=(Link("pod-not-created", "pod", Text("no Job is made, so no pod is", "Job が作られず Pod も作られない"), strength=0.2),),
    asks=(
        Ask("kubectl -n {namespace} get cronjob -o wide; kubectl -n {namespace} describe cronjob", Text("LAST SCHEDULE long ago; suspend, startingDeadlineSeconds and concurrencyPolicy", "LAST SCHEDULE が古い。suspend・startingDeadlineSeconds・concurrencyPolicy を確認"), ("controller-manager-down", "clock-skew", "time-jump"), evidence="workloads"),
    ),
    remedies=(
        Remedy("temporary", Text("run the work once by hand and set startingDeadlineSeconds (say 200) so that old starts no longer count", "手動で 1 回実行し、startingDeadlineSeconds(200 程度)を設定して古い回を数えないようにする"), Text("work may run twice", "処理が二重に走ることがある"), "kubectl -n {namespace} create job MANUAL --from=cronjob/NAME", "kubectl -n {namespace} get cronjob", "none"),
        Remedy("permanent", Text("alert on cronjobs by their last success, keep controller managers redundant, and let jobs make up for missed ones themselves", "最終成功時刻で CronJob を監視し、controller-manager を冗長化し、取りこぼしを補える処理にする"), Text("none", "なし"), "", "kubectl -n {namespace} get cronjob", "none"),
    ),
    versions="the first wording (FailedNeedsStart) to 1.20, TooManyMissedTimes since",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#cron-job-limitations",),
    examples=(
        hit("k8s-event", "Cannot determine if job needs to be started: too many missed start time (> 100). Set or decrease .spec.startingDeadlineSeconds or check clock skew.", reason="FailedNeedsStart"),
        hit("k8s-event", "too many missed start times: 101. Set or decrease .spec.startingDeadlineSeconds or check clock skew", reason="TooManyMissedTimes"),
        hit("k8s-event", "Missed scheduled time to start a job: Tue, 03 Feb 2026 04:00:00 UTC", reason="MissSchedule"),
        hit("k8s-event", 'invalid timeZone: "Europe/Berln": unknown time zone Europe/Berln', reason="UnknownTimeZone"),
        hit("k8s-event", "Cannot determine if job needs to be started: Too many missed start time (> 100). Set or decrease .spec.startingDeadlineSeconds or check clock skew.", reason="FailedNeedsStart"),
        near_miss("k8s-event", "Not starting job because prior execution is running and concurrency policy is Forbid", reason="JobAlreadyActive"),
        near_miss("k8s-event", "Saw completed job: nightly-28934, status: Complete", reason="SawCompletedJob"),
    ),
)
