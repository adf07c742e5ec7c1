"""Waiting, Running, Terminated, and where the last run stands."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="container-states",
    title=Text("container states", "コンテナの状態"),
    what=Text(
        "Each container of a pod is in one of three states, each with a reason. Waiting: ContainerCreating (sandbox or volumes are not ready), PodInitializing (init containers are not done), ErrImagePull and ImagePullBackOff, CreateContainerConfigError (a ConfigMap, Secret or user does not fit), CreateContainerError and RunContainerError (the runtime refused), CrashLoopBackOff (it ended and waits). Running: the process lives; ready is another question. Terminated: exit code, reason (Completed, Error, OOMKilled, ContainerStatusUnknown, StartError), start and end.\n"
        "state is now, lastState is the run before, restartCount how often. The column STATUS of kubectl is made of these reasons; it is not the pod's phase.",
        "Pod の各コンテナは 3 つの状態のどれかにあり、それぞれ reason を持つ。Waiting: ContainerCreating(sandbox やボリュームが未完)、PodInitializing(init コンテナが未完)、ErrImagePull と ImagePullBackOff、CreateContainerConfigError(ConfigMap・Secret・ユーザーが合わない)、CreateContainerError と RunContainerError(ランタイムが拒否)、CrashLoopBackOff(終了して待機中)。Running: プロセスは生きている。ready かどうかは別である。Terminated: 終了コード、reason(Completed・Error・OOMKilled・ContainerStatusUnknown・StartError)、開始と終了の時刻。\n"
        "state が現在、lastState が前回、restartCount が回数。kubectl の STATUS 列はこれらの reason から作られており、Pod の phase ではない。",
    ),
    fails=Text(
        "A status is the kubelet's last report, so it is as old as the kubelet: on a node that is NotReady or Unknown, 'Running' is a memory. The kubelet also keeps the last known state when it cannot determine the status, so that a pod may read Running with FailedSync events for weeks. ContainerStatusUnknown (exit 137) means that the kubelet found the container gone after a restart or an eviction. 'Completed' in a pod that should run for ever is a fault in disguise.",
        "状態は kubelet の最後の報告なので、kubelet が止まれば古くなる。NotReady や Unknown のノードの「Running」は過去の記憶にすぎない。状態を判定できないときも kubelet は最後の状態を保つため、FailedSync を何週間も出しながら Running と表示される Pod があり得る。ContainerStatusUnknown(exit 137)は、再起動や退避の後にコンテナが見つからなかったことを示す。動き続けるはずの Pod の「Completed」は、正常終了に見えるが異常である。",
    ),
    look=(
        Look("kubectl -n {namespace} get pod {pod} -o jsonpath='{range .status.containerStatuses[*]}{.name}{\"\\t\"}{.restartCount}{\"\\t\"}{.state}{\"\\t\"}{.lastState}{\"\\n\"}{end}'", Text("now and before, for each container", "コンテナごとの現在と前回")),
        Look("crictl ps -a --pod {sandbox_id}  # on {node}", Text("what the runtime says now", "ランタイムから見た現在の状態")),
    ),
    numbers=(
        Number(Text("termination message kept; from the log: bytes, lines", "終了メッセージの上限。ログから取る場合: バイト数、行数"), "4096 B; 2048 B, 80", "pkg/kubelet/container/runtime.go, pkg/kubelet/kuberuntime/kuberuntime_container.go"),
    ),
    see=("crash-loop-back-off", "exit-codes", "pod-lifecycle", "probes"),
    modes=("container-config-error", "configmap-or-secret-missing", "run-as-non-root-violation", "container-cannot-run", "container-restarting", "init-container-waiting", "init-container-failure", "pod-not-ready", "volume-permission-denied"),
    aliases=("container state", "waiting", "running", "terminated", "ContainerStatusUnknown", "Completed"),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states",),
)
