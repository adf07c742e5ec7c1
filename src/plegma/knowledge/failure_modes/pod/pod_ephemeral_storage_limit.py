"""The pod wrote more than its own ephemeral-storage limit, so the kubelet evicted it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-ephemeral-storage-limit",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("the pod exceeded its own ephemeral-storage limit", "Pod が自身の ephemeral-storage 上限を超えた"),
    summary=Text(
        "Logs, files in the writable layer or an emptyDir grew beyond the limit in the pod's own specification. The kubelet evicts just this pod; the node is not short of disk.",
        "ログ、書き込み可能レイヤーのファイル、または emptyDir が Pod 自身に指定された上限を超えた。kubelet はこの Pod だけを Evict する。ノードのディスクが足りないわけではない。",
    ),
    signatures=(
        Signature(r"exceeded its local ephemeral storage limit", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go containerEphemeralStorageMessageFmt"),
        Signature(r"phemeral local storage usage exceeds the total limit of containers", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go podEphemeralStorageMessageFmt"),
        Signature(r"sage of EmptyDir volume .{0,100} exceeds the limit", component="kubelet", proof="states", source="pkg/kubelet/eviction/helpers.go emptyDirMessageFmt"),
    ),
    states=(
        StateTest("Pod", {"message": r"exceeded its local ephemeral storage limit|local storage usage exceeds the total limit|EmptyDir volume .* exceeds the limit"}, proof="states"),
    ),
    leads_to=(
        Link("pod-evicted", "pod", Text("the kubelet ends the pod whose own limit is exceeded", "上限を超えた Pod を kubelet が終了させる"), within=60, strength=0.98),
    ),
    refutes=(Refutation(Text("the eviction names the node's own shortage, not the pod's limit", "Evict の理由は Pod の上限ではなくノードの不足である"), pattern=r"The node was low on resource: ephemeral-storage", component="kubelet", weight=0.6),),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the eviction message names a limit of the pod; limits.ephemeral-storage or emptyDir.sizeLimit is small", "Evict のメッセージが Pod の上限を示し、limits.ephemeral-storage や emptyDir.sizeLimit が小さい"),
            ("disk-pressure-eviction", "disk-pressure-false-positive", "node-memory-starvation"), evidence="pod-describe"),
        Ask("kubectl describe node {node}", Text("DiskPressure is False", "DiskPressure が False"), ("disk-pressure-eviction",), evidence="node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("raise or remove the limit and delete the failed pod", "上限を引き上げるか外し、失敗した Pod を削除する"),
               Text("without a limit one pod can fill the node's disk", "上限が無いと 1 つの Pod がノードのディスクを使い切ることがある"),
               "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods", "restart"),
        Remedy("permanent", Text("find what writes (logs, caches, uploads), rotate or send it to a volume, and size the limit from the measured use", "書き込み元(ログ、キャッシュ、アップロード)を特定し、ローテーションするかボリュームへ移し、実測から上限を決める"),
               Text("none", "なし"), "", "kubectl get --raw /api/v1/nodes/{node}/proxy/stats/summary", "none"),
    ),
    versions="local ephemeral storage limits: beta since v1.10",
    references=("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage",),
    examples=(
        hit("status", 'Container indexer exceeded its local ephemeral storage limit "2Gi". ', reason="Evicted"),
        hit("k8s-event", "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ", reason="Evicted"),
        hit("k8s-event", "pod ephemeral local storage usage exceeds the total limit of containers 1Gi", reason="Evicted"),
        hit("k8s-event", 'Usage of EmptyDir volume "scratch" exceeds the limit "512Mi". ', reason="Evicted"),
        hit("kubelet", 'eviction_manager.go:567] "Eviction manager: pod is evicted successfully" pod="shop/indexer-0" message="Container indexer exceeded its local ephemeral storage limit'),
        near_miss("status", "The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 9Gi. Container indexer was using 8Gi, request is 0, has larger consumption of ephemeral-storage. ", reason="Evicted"),
        near_miss("status", "The node was low on resource: ephemeral-storage. Container indexer was using 8331936Ki, which exceeds its request of 0. ", reason="Evicted"),
        near_miss("status", "Pod was terminated in response to imminent node shutdown.", reason="Terminated"),
        near_miss("status", "", reason="OOMKilled"),
    ),
    state_examples=(
        StateExample("Pod", {"phase": "Failed", "reason": "Evicted", "message": 'Container indexer exceeded its local ephemeral storage limit "2Gi". '}, True),
        StateExample("Pod", {"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: ephemeral-storage. Container indexer was using 8Gi, which exceeds its request of 0."}, False),
    ),
)
