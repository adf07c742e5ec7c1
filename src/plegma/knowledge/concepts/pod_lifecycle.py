"""From object to Running, and from deletion to gone."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="pod-lifecycle",
    title=Text("pod life cycle: phases, deletion, Terminating", "Pod のライフサイクル: phase・削除・Terminating"),
    what=Text(
        "A pod's phase is coarse: Pending (not bound, or not all containers started yet), Running, Succeeded, Failed, Unknown. On the way up: created, admitted, scheduled, volumes mounted, sandbox, init containers one after the other, containers; each step has its condition (PodScheduled, PodReadyToStartContainers, Initialized, ContainersReady, Ready). A pod never moves to another node.\n"
        "Deletion sets deletionTimestamp and shows Terminating. The kubelet runs preStop, sends SIGTERM, sends SIGKILL when the grace period is over, stops the sandbox, unmounts the volumes, removes the cgroup, and only then does the object go, if no finalizer holds it.",
        "phase は大まかで、Pending(未割り当て、またはコンテナがまだ全部起動していない)、Running、Succeeded、Failed、Unknown がある。起動は、作成・アドミッション・スケジュール・ボリュームのマウント・sandbox・init コンテナ(1 つずつ)・コンテナの順で、段階ごとに条件(PodScheduled・PodReadyToStartContainers・Initialized・ContainersReady・Ready)が付く。Pod が別のノードに移ることはない。\n"
        "削除すると deletionTimestamp が入り、Terminating と表示される。kubelet は preStop を実行し、SIGTERM、猶予時間が過ぎれば SIGKILL を送り、sandbox を止め、ボリュームをアンマウントし、cgroup を消す。その後、finalizer がなければオブジェクトが消える。",
    ),
    fails=Text(
        "Stuck on the way up: the first condition that is False names the step (PodScheduled: scheduler; PodReadyToStartContainers: volumes and sandbox; Initialized: an init container; ContainersReady: image, start or readiness). Stuck in Terminating: a finalizer (then the kubelet has long finished), a node that is away, a process that does not die (D state, lost shim, denied signals), a sandbox or a volume that cannot be torn down. Deleting by force only removes the object: the process and its mounts may live on, and a StatefulSet then runs twice.",
        "起動の途中で止まったら、最初に False になっている条件が段階を示す(PodScheduled: スケジューラー、PodReadyToStartContainers: ボリュームと sandbox、Initialized: init コンテナ、ContainersReady: イメージ・起動・readiness)。Terminating で止まる原因は、finalizer(kubelet の処理は終わっている)、ノードの不在、死なないプロセス(D 状態・失われた shim・シグナルの拒否)、片付けられない sandbox やボリュームである。強制削除はオブジェクトを消すだけで、プロセスやマウントは残り得る。StatefulSet では二重起動になる。",
    ),
    look=(
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason} {.lastTransitionTime}{\"\\n\"}{end}'", Text("the first False in order", "順に見て最初の False")),
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{.metadata.deletionTimestamp} {.metadata.deletionGracePeriodSeconds} {.metadata.finalizers}'", Text("since when it is to go, and who holds it", "削除の期限と、保持している finalizer")),
        Look("journalctl -u kubelet --no-pager | grep '{pod_uid}' | tail -50", Text("which step of the tear-down repeats", "繰り返されている片付けの段階")),
    ),
    numbers=(
        Number(Text("terminationGracePeriodSeconds by default; at least after preStop", "terminationGracePeriodSeconds の既定値。preStop 後の最短時間"), "30 s; 2 s", "pkg/apis/core/v1/defaults.go, pkg/kubelet/kuberuntime/kuberuntime_container.go"),
        Number(Text("pods of a Node object that is gone are removed after", "Node オブジェクトのない Pod が消されるまで"), "40 s", "pkg/controller/podgc/gc_controller.go"),
    ),
    see=("pod-worker", "container-states", "pod-sandbox", "volumes-attach-mount", "scheduler", "admission"),
    modes=(
        "pod-pending", "pod-stuck-creating", "pod-stuck-terminating", "pod-not-ready", "pod-not-created", "finalizer-stuck", "grace-period-too-short",
        "lifecycle-hook-failure", "init-container-failure", "init-container-waiting", "sidecar-blocks-job", "sandbox-kill-failing", "namespace-stuck-terminating",
    ),
    aliases=("pod phase", "phase", "Terminating", "ContainerCreating", "deletion", "lifecycle"),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",),
)
