"""The controllers that make pods: Deployment, StatefulSet, Job, autoscaler."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="workloads",
    title=Text("workload controllers (Deployment, StatefulSet, Job, HPA)", "ワークロードのコントローラー(Deployment・StatefulSet・Job・HPA)"),
    what=Text(
        "Pods are seldom made by hand. A Deployment makes a ReplicaSet for each version of its template, and the ReplicaSet makes the pods; a rolling update raises the new one and lowers the old one within maxSurge and maxUnavailable. A StatefulSet makes numbered pods one after the other and waits for each to be Ready. A Job runs pods until enough have succeeded; a CronJob makes Jobs by the clock. A HorizontalPodAutoscaler changes the number of replicas by metrics. Each object's own status and events say where it stands.",
        "Pod を手で作ることは少ない。Deployment はテンプレートの版ごとに ReplicaSet を作り、ReplicaSet が Pod を作る。ローリング更新では maxSurge と maxUnavailable の範囲で新しいほうを増やし、古いほうを減らす。StatefulSet は番号付きの Pod を 1 つずつ作り、Ready になるのを待って次に進む。Job は必要な数が成功するまで Pod を動かし、CronJob は時刻に従って Job を作る。HorizontalPodAutoscaler はメトリクスに応じてレプリカ数を変える。状況は各オブジェクトの status とイベントに書かれる。",
    ),
    fails=Text(
        "Go up from the missing pod. No pod at all: FailedCreate at the ReplicaSet, StatefulSet or Job (quota, webhook, service account), or somebody set replicas to 0. A roll-out that does not end: the new pods are not Ready, or the old ones may not go; after progressDeadlineSeconds the Deployment says ProgressDeadlineExceeded, and does nothing about it. A StatefulSet stands still behind its first pod that is not Ready. A Job gives up at backoffLimit or activeDeadlineSeconds. An HPA that reads <unknown> has no metrics, or the containers have no requests.",
        "足りない Pod から上へたどる。Pod が 1 つもなければ、ReplicaSet・StatefulSet・Job の FailedCreate(quota・webhook・ServiceAccount)か、replicas が 0 にされている。終わらないロールアウトは、新しい Pod が Ready にならないか、古い Pod を減らせない。progressDeadlineSeconds を過ぎると ProgressDeadlineExceeded と表示されるが、Deployment 自身は何もしない。StatefulSet は、Ready でない最初の Pod の手前で止まる。Job は backoffLimit か activeDeadlineSeconds で打ち切られる。HPA の <unknown> は、メトリクスがないか、コンテナに requests がない。",
    ),
    look=(
        Look("kubectl -n {namespace} get deploy,rs,sts,ds,job,cronjob,hpa", Text("desired against ready, at each level", "各段階の desired と ready")),
        Look("kubectl -n {namespace} rollout status deploy/NAME --timeout=5s; kubectl -n {namespace} describe deploy NAME", Text("what the roll-out waits for; conditions Progressing, Available, ReplicaFailure", "ロールアウトが何を待っているか。Progressing・Available・ReplicaFailure の条件")),
    ),
    numbers=(
        Number(Text("Deployment: progressDeadlineSeconds; maxSurge, maxUnavailable", "Deployment: progressDeadlineSeconds。maxSurge、maxUnavailable"), "600 s; 25 %, 25 %", "pkg/apis/apps/v1/defaults.go"),
        Number(Text("Job: backoffLimit; delay after a failed pod: first, longest", "Job: backoffLimit。失敗した Pod の後の待ち: 最初、最長"), "6; 10 s, 10 m", "pkg/apis/batch/v1/defaults.go, pkg/controller/job/job_controller.go"),
        Number(Text("HPA: looks every; tolerance; waits before it scales down", "HPA: 確認周期。許容差。縮小までの待ち"), "15 s; 10 %; 5 m", "pkg/controller/podautoscaler/config/v1alpha1/defaults.go"),
    ),
    see=("controller-manager", "daemonset", "pod-lifecycle", "admission", "disruption-budget"),
    modes=(
        "pod-not-created", "rollout-stuck", "deployment-paused", "workload-scaled-to-zero", "statefulset-waits-for-predecessor", "job-failed",
        "job-deadline-exceeded", "cronjob-missed-starts", "sidecar-blocks-job", "hpa-metrics-unavailable", "hpa-request-missing", "hpa-target-missing",
        "command-completes-in-loop",
    ),
    aliases=("deployment", "replicaset", "statefulset", "job", "cronjob", "hpa", "rollout", "autoscaler"),
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/", "https://kubernetes.io/docs/concepts/workloads/controllers/job/"),
)
