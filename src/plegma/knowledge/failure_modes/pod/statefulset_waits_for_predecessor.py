"""A StatefulSet goes no further until an earlier pod is ready."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="statefulset-waits-for-predecessor",
    layer="pod",
    role="mechanism",
    subject="Workload",
    title=Text("the StatefulSet waits for an earlier pod before it makes or updates the next", "StatefulSet が前の順番の Pod を待って次に進まない"),
    summary=Text(
        "With podManagementPolicy OrderedReady, pod N is made only when 0..N-1 are Running and Ready, and an update goes from the last to the first in the same way. So pods that are missing altogether are explained by the one pod that is not Ready. After a bad update the broken pod must be deleted by hand, even when the template was set back.",
        "podManagementPolicy が OrderedReady の場合、N 番目の Pod は 0〜N-1 が Running かつ Ready になるまで作られず、更新も同様に末尾から順に進む。存在しない Pod の理由は Ready でない 1 つの Pod にある。誤った更新の後は、テンプレートを戻しても壊れた Pod を手で削除する必要がある。",
    ),
    signatures=(
        Signature(r"StatefulSet is waiting for Pod to ", component="controller", proof="states", source="pkg/controller/statefulset/stateful_set_control.go (verbosity 4)"),
        Signature(r"StatefulSet \S+ is waiting for Pod \S+ to ", component="controller", proof="states", source="the same before structured logging"),
    ),
    leads_to=(Link("pod-not-created", "cluster", Text("the next ordinal is not made yet", "次の順番の Pod がまだ作られない"), strength=0.2),),
    asks=(
        Ask("kubectl -n {namespace} get pods -o wide | sort; kubectl -n {namespace} get statefulset -o wide", Text("the lowest ordinal (in an update: the highest) that is not Ready", "Ready でない最小(更新時は最大)の番号の Pod"), ("readiness-probe-failing", "pvc-not-bound", "volume-multi-attach", "unschedulable-volume-zone"), evidence="workloads"),
    ),
    versions="every version",
    references=("https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees", "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback"),
    examples=(
        hit("kube-controller-manager", '"StatefulSet is waiting for Pod to be Running and Ready" statefulSet="db/pg" pod="db/pg-0"'),
        hit("kube-controller-manager", "StatefulSet db/pg is waiting for Pod pg-0 to be Running and Ready"),
        near_miss("k8s-event", "create Pod pg-1 in StatefulSet pg successful", reason="SuccessfulCreate"),
        near_miss("k8s-event", 'create Pod pg-1 in StatefulSet pg failed error: pods "pg-1" is forbidden: exceeded quota: compute', reason="FailedCreate"),
    ),
)
