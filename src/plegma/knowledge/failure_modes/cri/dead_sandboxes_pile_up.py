"""Hundreds of dead sandboxes or containers stay in the runtime."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="dead-sandboxes-pile-up",
    layer="cri",
    role="cause",
    subject="Node",
    title=Text("dead sandboxes and containers pile up on the node", "停止した sandbox・コンテナがノードに溜まり続けている"),
    summary=Text(
        "Hundreds or thousands of NotReady sandboxes and exited containers stay in the runtime: a fast CronJob, a pod that fails and restarts for ever, or a garbage collection that fails at one of them. Every list call (each second) carries them all, so PLEG, GC and the kubelet's start get slow.",
        "NotReady の sandbox や終了コンテナが数百〜数千、ランタイムに残っている。頻繁な CronJob、失敗し続ける Pod、または 1 つで失敗して先に進まない GC が原因である。毎秒の一覧取得がそのすべてを運ぶため、PLEG・GC・kubelet の起動が遅くなる。",
    ),
    signatures=(
        Signature(r"Failed to garbage collect required amount of (?:containers|pods)", component="kubelet", proof="suggests", source="pkg/kubelet"),
        Signature(r"Container garbage collection failed", component="kubelet", proof="suggests", at_least=20, source="pkg/kubelet/kubelet.go"),
        Signature(r"[Ff]ailed to remove sandbox", component="kubelet", proof="suggests", at_least=50, source="pkg/kubelet/kuberuntime/kuberuntime_gc.go"),
    ),
    states=(
        StateTest("Sandbox", {"state": r"(?i)^(?:notready|sandbox_notready|exited|dead|created)"}, at_least=200),
        StateTest("RuntimeContainer", {"state": r"(?i)^(?:exited|container_exited|dead|created)"}, at_least=500),
    ),
    leads_to=(
        Link("grpc-message-too-large-dead-containers", "node", Text("one list reply outgrows the gRPC limit", "一覧の応答が gRPC の上限を超える"), strength=0.4),
        Link("pleg-unhealthy", "node", Text("each relist lists and inspects them", "relist のたびに列挙・検査される"), strength=0.4),
        Link("cri-call-timeout", "node", Text("list calls take longer and longer", "一覧取得が徐々に遅くなる"), strength=0.4),
        Link("disk-pressure-eviction", "node", Text("their writable layers and logs fill the disk", "書き込み層とログがディスクを埋める"), strength=0.3),
        Link("host-local-ipam-exhausted", "node", Text("sandboxes whose network was not torn down keep their address", "ネットワークが片付いていない sandbox がアドレスを保持する"), strength=0.3),
    ),
    asks=(
        Ask("crictl pods --state NotReady -q | wc -l; crictl ps -a --state Exited -q | wc -l; journalctl -u kubelet --since -1h | grep -ciE 'garbage collect|remove sandbox'  # on {node}",
            Text("hundreds of rows, and the GC's error about one of them", "数百行あり、そのいずれかに対する GC のエラーが出ている"), ("grpc-message-too-large-dead-containers", "cni-del-error-loop", "disk-io-saturation", "docker-hang"), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("remove dead sandboxes in small batches", "停止した sandbox を少しずつ削除する"), Text("logs of those containers are lost; many at once load the disk", "該当コンテナのログは失われる。一度に多く消すとディスクに負荷がかかる"),
               "crictl pods --state NotReady -q | head -100 | xargs -r -n1 timeout 60 crictl rmp  # on {node}", "crictl pods --state NotReady -q | wc -l", "data-loss"),
        Remedy("permanent", Text("mend the failing GC or DEL, set successfulJobsHistoryLimit / failedJobsHistoryLimit / ttlSecondsAfterFinished, and back-off limits for what fails", "失敗している GC・DEL を直し、successfulJobsHistoryLimit・failedJobsHistoryLimit・ttlSecondsAfterFinished と backoffLimit を設定する"),
               Text("fewer old pods to look at", "過去の Pod を参照できる期間が短くなる"), verify="crictl pods --state NotReady -q | wc -l", risk_level="none"),
    ),
    examples=(
        hit("kubelet", "Failed to garbage collect required amount of containers. Wanted to remove 400, removed 0"),
        hit("kubelet", '"Container garbage collection failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"', count=30),
        hit("kubelet", '"Failed to remove sandbox" sandboxID="77aa"', count=60),
        near_miss("kubelet", '"Container garbage collection failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"', count=2),
        near_miss("kubelet", '"Image garbage collection failed once. Stats initialization may not have completed yet" err="failed to get imageFs info"'),
    ),
    state_examples=(
        StateExample("Sandbox", {"state": "NOTREADY", "attempt": 0}, True),
        StateExample("Sandbox", {"state": "READY", "attempt": 0}, False),
        StateExample("RuntimeContainer", {"state": "Exited", "attempt": 3}, True),
    ),
    references=("https://kubernetes.io/docs/concepts/architecture/garbage-collection/#container-image-garbage-collection", "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/"),
    concepts=("pod-sandbox", "pleg"),
)
