"""One worker for each pod, and the sync loop that feeds them."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="pod-worker",
    title=Text("pod worker and the kubelet's sync loop", "Pod worker と kubelet の同期ループ"),
    what=Text(
        "The sync loop waits for six sources: pod changes from the API or from files, PLEG events, the 1 s sync tick, probe results, container manager updates, and housekeeping. It hands each pod that needs work to that pod's own worker. A worker is one goroutine for one pod UID and does one thing at a time: sync (start what is missing), terminate (stop all containers), terminated (clean up).\n"
        "A sync goes in a fixed order: compute the status, check that the network is ready, create cgroups, make the data directories, mount the volumes, fetch the pull secrets, then SyncPod of the runtime manager: sandbox, ephemeral containers, init containers, containers. The first step that fails ends the sync; everything behind it waits for the retry.",
        "同期ループは 6 つの入力を待つ。API やファイルからの Pod の変更、PLEG のイベント、1 秒ごとの sync tick、プローブの結果、コンテナマネージャーの更新、ハウスキーピングである。処理の必要な Pod は、その Pod 専用の worker に渡される。worker は Pod UID ごとに 1 つの goroutine で、同時に 1 つのことしかしない。sync(足りないものを起動)、terminate(全コンテナを停止)、terminated(後始末)の順に移る。\n"
        "1 回の sync の順序は決まっている。状態の計算、ネットワークの準備確認、cgroup 作成、データディレクトリ作成、ボリュームのマウント、pull secret の取得、そしてランタイムマネージャーの SyncPod(sandbox、ephemeral コンテナ、init コンテナ、コンテナ)。途中で失敗するとその回は終わり、後続の手順は再試行まで待たされる。",
    ),
    fails=Text(
        "A call that hangs holds the pod's worker: nothing else happens for this pod, not even its deletion, until the call's deadline, and no event is written meanwhile. A call that fails at once is retried every 10 to 15 s, which gives the steady drip of events by which it is recognised. A failing status step ('error determining status') blocks all steps behind it for ever although the containers may run well. When the runtime or PLEG is unhealthy the loop hands out no work at all: 'Skipping pod synchronization'.",
        "返ってこない呼び出しは worker を占有する。期限が来るまでその Pod では削除を含め何も起きず、その間イベントも出ない。直ちに失敗する呼び出しは 10〜15 秒ごとに再試行され、一定間隔で増え続けるイベントとして現れる。状態計算の失敗(error determining status)は、コンテナが正常に動いていても後続の手順を止め続ける。ランタイムや PLEG が異常な間は、どの Pod にも仕事が渡らない(Skipping pod synchronization)。",
    ),
    look=(
        Look("kubectl -n {namespace} describe pod {pod}", Text("the last event names the step that failed; no new event for minutes means a hanging call", "最後のイベントが失敗した手順を示す。数分間イベントが増えなければハングしている")),
        Look("journalctl -u kubelet --no-pager | grep '{pod_uid}'", Text("'Error syncing pod, skipping' with the error of the step", "「Error syncing pod, skipping」と、その手順のエラー")),
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/metrics | grep kubelet_pod_worker", Text("kubelet_pod_worker_duration_seconds: how long syncs take", "kubelet_pod_worker_duration_seconds: 同期にかかった時間")),
    ),
    numbers=(
        Number(Text("next sync after success", "成功後の次の同期"), "60–90 s", "pkg/kubelet/pod_workers.go"),
        Number(Text("next sync after an error", "エラー後の次の同期"), "10–15 s", "pkg/kubelet/pod_workers.go"),
        Number(Text("next sync after 'network is not ready'", "network is not ready の後の次の同期"), "1–1.5 s", "pkg/kubelet/pod_workers.go"),
        Number(Text("deadline of a CRI call; RunPodSandbox", "CRI 呼び出しの期限。RunPodSandbox の期限"), "2 m; 4 m", "staging/src/k8s.io/cri-client/pkg/remote_runtime.go"),
        Number(Text("wait for a pod's volumes in one sync", "1 回の sync でボリュームを待つ時間"), "2 m 3 s", "pkg/kubelet/volumemanager/volume_manager.go"),
    ),
    see=("kubelet", "pleg", "pod-sandbox", "pod-lifecycle", "events"),
    modes=("pod-status-unknown", "pod-stuck-creating", "pod-stuck-terminating", "cri-call-timeout", "pod-sync-failing"),
    aliases=("sync loop", "syncLoop", "pod workers", "syncPod"),
    references=("https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/pod_workers.go",),
)
