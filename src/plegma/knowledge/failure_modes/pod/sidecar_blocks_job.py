"""The main container is done, but a sidecar runs on, so the pod (and its Job) never completes."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="sidecar-blocks-job",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("a sidecar keeps the finished pod (and its Job) from completing", "sidecar のために、処理の終わった Pod(と Job)が完了しない"),
    summary=Text(
        "The pod shows NotReady 1/2: one container has completed, another one (service mesh proxy, log shipper, database proxy) runs on. A pod is done only when all its containers have ended, so the Job stays active and its successors wait.",
        "Pod が NotReady 1/2 と表示される。一方のコンテナは完了したが、別のコンテナ(サービスメッシュのプロキシ、ログ転送、DB プロキシなど)が動き続けている。全コンテナが終わるまで Pod は完了しないため、Job が終わらず後続が待たされる。",
    ),
    states=(
        StateTest("Pod", {"status": r"^NotReady$", "ready": ">=1"}),
    ),
    leads_to=(
        Link("pod-not-ready", "pod", Text("a pod with one ended container is not Ready", "終了したコンテナのある Pod は Ready でない"), strength=0.9),
    ),
    asks=(
        Ask("kubectl -n {namespace} get pod {pod} -o jsonpath='{.status.containerStatuses[*].name} {.status.containerStatuses[*].state} {.metadata.ownerReferences[*].kind}'", Text("one container terminated with exit 0, another one running, owner Job", "1 つは終了コード 0 で終了、別の 1 つが Running で、所有者が Job"),
            ("command-completes-in-loop", "readiness-probe-failing"), evidence="pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("end the sidecar (its quit endpoint, or a signal to its process 1)", "sidecar を終了させる(終了用エンドポイント、または PID 1 へのシグナル)"), Text("what the sidecar has not sent yet is lost", "sidecar が未送信のものは失われる"),
               "kubectl -n {namespace} exec {pod} -c SIDECAR -- kill 1", "kubectl -n {namespace} get job", "restart"),
        Remedy("permanent", Text("make it a native sidecar (init container with restartPolicy: Always, v1.29 or later), or do not inject sidecars into Jobs", "ネイティブ sidecar(restartPolicy: Always の init コンテナ、v1.29 以降)にする、または Job には注入しない"), Text("none", "なし"), "", "kubectl -n {namespace} get jobs", "none"),
    ),
    versions="native sidecars: alpha v1.28, on by default since v1.29",
    references=("https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/",),
    state_examples=(
        StateExample("Pod", {"status": "NotReady", "ready": 1, "containers": 2, "restarts": 0}, True),
        StateExample("Pod", {"status": "Running", "ready": 1, "containers": 2, "restarts": 0}, False),
        StateExample("Pod", {"status": "Completed", "ready": 0, "containers": 2, "restarts": 0}, False),
    ),
)
