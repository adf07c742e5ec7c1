"""The kubelet cannot find out what the pod's status is."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-status-unknown",
    layer="kubelet",
    role="mechanism",
    subject="Pod",
    title=Text("the kubelet cannot determine the pod's status", "kubelet が Pod の状態を判定できない"),
    summary=Text(
        "One failing status call makes the whole pod's status unknown: the pod worker ends with 'error determining status' (event FailedSync) and does nothing for the pod until it succeeds.",
        "状態取得の呼び出しが 1 つ失敗するだけで Pod 全体の状態が不明になる。pod worker は「error determining status」(FailedSync)で終わり、成功するまでその Pod に何もしない。",
    ),
    signatures=(
        Signature(r"^error determining status: ", component="kubelet", reason="FailedSync", source="pkg/kubelet/kubelet.go, to v1.24"),
        Signature(r"PLEG: Ignoring events for pod ", component="kubelet", source="pkg/kubelet/pleg/generic.go"),
        Signature(r"PLEG: Failed [Tt]o [Uu]pdate the cache|PLEG: Write status for ", component="kubelet", proof="suggests", source="pkg/kubelet/pleg/generic.go"),
        Signature(r"getPodContainerStatuses for pod .{0,200}failed", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"[Gg]etPodStatus for pod .{0,200}failed", component="kubelet", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
    ),
    leads_to=(
        Link("crash-loop-back-off", "pod", Text(
            "a pod whose status is unknown is never synced to its end: the next start of its container works on a broken sandbox or does not happen at all",
            "状態が不明な Pod は最後まで同期されない。そのためコンテナの次の起動は壊れた sandbox の上で行われて失敗するか、そもそも行われない"), strength=0.7),
        Link("container-cannot-run", "pod", Text(
            "the kubelet never replaces the dead sandbox, so each new container is started in namespaces that are not there, and the runtime answers with exit 128",
            "死んだ sandbox が作り直されないまま、存在しない名前空間でコンテナを起動しようとしてランタイムが終了コード 128 を返す"), strength=0.6),
        Link("container-restarting", "pod", Text("the kubelet tries again and again", "kubelet が再試行を繰り返す"), strength=0.6),
        Link("pod-stuck-terminating", "pod", Text("without a status the pod cannot be shown to have ended", "状態が分からないため終了を確認できない"), strength=0.5),
        Link("pod-not-ready", "pod", Text("a pod that is not synced does not become Ready", "同期されない Pod は Ready にならない"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("FailedSync with its count and age", "FailedSync の回数と期間"), evidence="pod-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager | grep -E 'PodSandboxStatus|determining status|PLEG'",
            Text("the error that stands behind 'error determining status'", "error determining status の元になったエラー"), evidence="kubelet-log"),
        Ask("kubectl describe node {node}", Text("whether the node's PLEG and its Ready condition suffer too", "ノードの PLEG と Ready 条件にも影響が出ているか"), evidence="node-describe"),
    ),
    examples=(
        hit("k8s-event", "error determining status: rpc error: code = DeadlineExceeded desc = context deadline exceeded", reason="FailedSync"),
        hit("kubelet", "PLEG: Ignoring events for pod collector/logging: rpc error: code = Unknown desc = Error: No such container: 77aa01"),
        hit("kubelet", '"PLEG: Write status for pod" pod="logging/collector"'),
        hit("kubelet", 'getPodStatus for pod "collector_logging(0b6d1c2e-0000-4000-8000-000000000001)" failed: rpc error'),
        hit("kubelet", 'getPodContainerStatuses for pod "collector_logging(0b6d1c2e-0000-4000-8000-000000000001)" failed: rpc error'),
        near_miss("k8s-event", "Error syncing pod", reason="FailedSync"),
        near_miss("kubelet", "skipping pod synchronization - [PLEG is not healthy: pleg has yet to be successful.]"),
    ),
    references=("https://github.com/kubernetes/kubernetes/blob/v1.13.0/pkg/kubelet/kubelet.go",),
    concepts=("pod-sandbox", "cri"),
)
