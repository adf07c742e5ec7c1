"""A liveness, readiness or startup probe fails."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="probe-failing",
    layer="pod",
    role="mechanism",
    subject="Pod",
    title=Text("probe fails", "プローブが失敗している"),
    summary=Text("The kubelet's probe of the container did not succeed within its timeout.", "kubelet によるコンテナのプローブが制限時間内に成功しなかった。"),
    signatures=(Signature(r"(Liveness|Readiness|Startup) probe (failed|errored)", component="kubelet", proof="suggests", at_least=3, source="pkg/kubelet/prober/prober.go"),),
    leads_to=(
        Link("pod-not-ready", "pod", Text("while the readiness probe fails the pod is not Ready", "readiness プローブが失敗している間、Pod は Ready にならない"), strength=0.7),
        Link("container-restarting", "pod", Text("a failed liveness probe makes the kubelet kill and restart the container", "liveness プローブの失敗により kubelet がコンテナを終了・再起動する"), strength=0.6),
        Link("crash-loop-back-off", "pod", Text("killed again and again, the container ends up in back-off", "繰り返し終了させられ、バックオフに入る"), strength=0.5),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("the probe's definition and its failure text", "プローブの定義と失敗時の文面"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", "Readiness probe failed: HTTP probe failed with statuscode: 503", reason="Unhealthy", count=9),
        near_miss("k8s-event", "Readiness probe failed: connection refused", reason="Unhealthy", count=1),
        near_miss("k8s-event", "Started container web", reason="Started", count=5),
    ),
    generic=True,
)
