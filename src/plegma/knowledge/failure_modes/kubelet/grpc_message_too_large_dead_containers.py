"""The runtime's list of containers no longer fits into one gRPC message."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="grpc-message-too-large-dead-containers",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("too many (dead) containers: the runtime's list exceeds the gRPC message limit", "コンテナ(の残骸)が多すぎ、一覧が gRPC メッセージ上限を超えている"),
    summary=Text(
        "Thousands of exited containers and sandboxes (CronJobs, crash loops, failing garbage collection) make the answer of ListContainers or ListPodSandbox larger than the gRPC limit (16 MiB in the kubelet, 4 MiB by default elsewhere). The kubelet can neither list nor clean up, calls the runtime down, and the node turns NotReady.",
        "終了済みのコンテナや PodSandbox が数千単位で残り(CronJob、クラッシュループ、GC の失敗)、ListContainers / ListPodSandbox の応答が gRPC の上限(kubelet は 16 MiB、他は既定 4 MiB)を超える。kubelet は一覧も掃除もできず、ランタイム停止と見なしてノードが NotReady になる。",
    ),
    signatures=(
        Signature(r"(?:received|trying to send) message larger than max \(\d+ vs\.? \d+\)", "runtime", "states", source="google.golang.org/grpc"),
        Signature(r"grpc: (?:received|trying to send) message (?:after decompression )?larger than max", "runtime", "states", source="google.golang.org/grpc, also when the line is cut"),
    ),
    states=(StateTest("RuntimeContainer", {"state": r"(?i)exited"}, "suggests", at_least=1000),),
    leads_to=(
        Link("container-runtime-down", "node", Text("the list call fails for good, so the kubelet takes the runtime for dead", "一覧取得が恒常的に失敗し、kubelet はランタイム停止と判断する"), strength=0.7),
        Link("pleg-unhealthy", "node", Text("relist cannot list pods", "relist が Pod を列挙できない"), strength=0.7),
        Link("pod-status-unknown", "node", Text("statuses cannot be read", "ステータスを取得できない"), strength=0.4),
    ),
    asks=(
        Ask("crictl ps -a -q | wc -l; crictl pods -q | wc -l; crictl ps -a --state Exited -q | wc -l  # with Docker: docker ps -aq | wc -l", Text("thousands of exited containers or NotReady sandboxes", "Exited のコンテナや NotReady の PodSandbox が数千個ある"), ("containerd-hang", "docker-hang", "containerd-shim-deadlock"), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("remove exited containers and dead sandboxes by hand, oldest first, then restart the kubelet", "終了済みコンテナと死んだ PodSandbox を古い順に手で削除し、kubelet を再起動する"), Text("logs of the removed containers are lost", "削除したコンテナのログは失われる"), "crictl ps -a --state Exited -q | xargs -r -n 50 crictl rm; crictl pods --state NotReady -q | xargs -r -n 20 crictl rmp", "journalctl -u kubelet --since -2min | grep -c 'larger than max'", "data-loss"),
        Remedy("permanent", Text("limit Job histories (successfulJobsHistoryLimit, ttlSecondsAfterFinished), mend what crash-loops, keep the kubelet's container garbage collection working", "Job 履歴を制限し(successfulJobsHistoryLimit、ttlSecondsAfterFinished)、クラッシュループの原因を直し、kubelet のコンテナ GC が機能する状態を保つ"), Text("none", "なし"), verify="crictl ps -a -q | wc -l", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"ListContainers with filter from runtime service failed" err="rpc error: code = ResourceExhausted desc = grpc: received message larger than max (16801234 vs. 16777216)"'),
        hit("kubelet", "ListPodSandbox failed: rpc error: code = ResourceExhausted desc = grpc: trying to send message larger than max (8401932 vs. 8388608)"),
        hit("containerd", 'Failed to run CRI service: failed to recover state: rpc error: code = ResourceExhausted desc = grpc: received message larger than max (4215003 vs. 4194304)'),
        hit("kubelet", "GenericPLEG: Unable to retrieve pods: rpc error: code = ResourceExhausted desc = grpc: received message larger than max"),
        near_miss("kube-apiserver", 'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (2169698 vs. 2097152)'),
        near_miss("kubelet", '"ListContainers with filter from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
    ),
    state_examples=(StateExample("RuntimeContainer", {"state": "Exited"}, True), StateExample("RuntimeContainer", {"state": "Running"}, False)),
    versions="kubelet limit 8 MiB to v1.11 or so, 16 MiB since; containerd's client 4 MiB in cri-containerd, 16 MiB since 1.1",
    references=(
        "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/kubelet.go",
        "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    ),
)
