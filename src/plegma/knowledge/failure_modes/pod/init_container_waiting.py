"""An init container runs on and on because what it waits for does not come."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="init-container-waiting",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("an init container waits for something that does not come", "init コンテナが来ないものを待ち続けている"),
    summary=Text(
        "The pod shows Init:0/1 for long, with no restarts and no failure: the init container is Running and loops until a service, a migration or a lock is there.",
        "再起動も失敗もなく Init:0/1 が長く続く。init コンテナは Running で、サービス・マイグレーション・ロックなどが揃うまでループしている。",
    ),
    signatures=(
        Signature(r"^[Ww]aiting for (?:[^dI]|d[^e]|de[^p]|I[^P]).{0,80}(\.\.\.|to be (ready|available|up)|service|database|migrations?)", component="app", proof="suggests", source="wait-for scripts, as in the init container example of the Kubernetes docs"),
        Signature(r" is unavailable - sleeping", component="app", proof="suggests", source="wait-for-postgres.sh of Docker's Compose docs"),
        Signature(r"wait-for-it\.sh: (waiting|timeout occurred)", component="app", proof="suggests", source="vishnubob/wait-for-it"),
    ),
    states=(
        StateTest("Pod", {"status": r"^Init:\d+/\d+$", "age": ">=600", "restarts": "<=0"}, proof="suggests"),
        StateTest("Container", {"init": r"^true$", "state": r"^Running$", "ready": r"^false$"}, proof="suggests"),
    ),
    leads_to=(
        Link("pod-stuck-creating", "pod", Text("the next containers start only after this one has ended", "この init コンテナが終わるまで次のコンテナは始まらない"), strength=0.95),
        Link("pod-not-ready", "pod", Text("a pod that is not initialised is not Ready", "初期化されない Pod は Ready にならない"), strength=0.7),
    ),
    refutes=(Refutation(Text("it is the cluster's DNS server that waits for the API, not an init container", "待っているのは init コンテナではなく、API を待つクラスターの DNS サーバーである"), pattern=r"Waiting for services and endpoints to be initialized from apiserver", component="network", weight=0.9),),
    asks=(
        Ask("kubectl -n {namespace} logs {pod} -c INIT_CONTAINER", Text("a line that repeats: what it waits for", "繰り返し出る行(何を待っているか)"),
            ("init-container-failure", "app-dns-lookup-failure", "app-dependency-unreachable", "service-vip-unreachable", "coredns-forwarding-loop"), evidence="pod-log"),
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the init container is Running and there is no FailedCreatePodSandBox or FailedMount event", "init コンテナが Running で、FailedCreatePodSandBox や FailedMount のイベントが無い"),
            ("sandbox-creation-failing", "volume-mount-failing"), evidence="pod-describe"),
        Ask("kubectl -n {namespace} get svc,endpointslices", Text("the service it waits for has no endpoints", "待っている Service に Endpoint が無い"), (), evidence="services"),
    ),
    remedies=(
        Remedy("temporary", Text("bring up what it waits for, or correct the name it asks for", "待っている相手を起動する、または参照名を直す"),
               Text("depends on the other service", "相手のサービスによる"), "", "kubectl -n {namespace} get pods -w", "none"),
        Remedy("permanent", Text("give the wait a deadline with a clear message, or start anyway and let readiness and retries in the program handle a late dependency", "待ち時間に上限と明確なメッセージを設ける。または先に起動し、readiness とプログラム側の再試行で遅い依存先に対応する"),
               Text("the program must really retry", "プログラムが実際に再試行する必要がある"), "", "kubectl -n {namespace} rollout status deployment/NAME", "restart"),
    ),
    references=("https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#init-containers-in-use",),
    examples=(
        hit("pod-log", "waiting for orders-db to be ready"),
        hit("pod-log", "Waiting for database..."),
        hit("pod-log", "Postgres is unavailable - sleeping"),
        hit("pod-log", "wait-for-it.sh: waiting 15 seconds for orders-db:5432"),
        near_miss("pod-log", "migration 0042 failed: relation \"orders\" already exists"),
        near_miss("shell", 'Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...'),
        near_miss("kubelet", "timed out waiting for the condition"),
        near_miss("k8s-event", "Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition", reason="FailedMount"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Init:0/1", "ready": 0, "containers": 1, "restarts": 0, "age": 5400.0}, True),
        StateExample("Pod", {"status": "Init:0/1", "ready": 0, "containers": 1, "restarts": 0, "age": 20.0}, False),
        StateExample("Pod", {"status": "Init:Error", "ready": 0, "containers": 1, "restarts": 0, "age": 5400.0}, False),
        StateExample("Container", {"init": True, "state": "Running", "ready": False}, True),
        StateExample("Container", {"init": False, "state": "Running", "ready": False}, False),
        StateExample("Container", {"init": True, "state": "Running", "ready": True}, False),
    ),
)
