"""The kubelet's work on a pod ends with an error again and again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-sync-failing",
    layer="kubelet",
    role="mechanism",
    subject="Pod",
    title=Text("the kubelet cannot sync the pod", "kubelet が Pod を同期できない"),
    summary=Text(
        "The pod worker ended with an error and is tried again after 10 to 15 s. The rest of the line says where it stopped; cut off, it says only that something is wrong.",
        "pod worker がエラーで終わり、10~15 秒後に再試行される。どこで止まったかは行の続きに書かれる。行が途中で切れていれば、異常があることしか分からない。",
    ),
    signatures=(Signature(r"Error syncing pod", component="kubelet", at_least=2, source="pkg/kubelet/pod_workers.go"),),
    leads_to=(
        Link("pod-not-ready", "pod", Text("a pod that is not synced does not become Ready", "同期されない Pod は Ready にならない"), strength=0.5),
        Link("pod-stuck-creating", "pod", Text("the sync does not come to its end", "同期が最後まで進まない"), strength=0.5),
        Link("pod-stuck-terminating", "pod", Text("the sync does not come to its end", "同期が最後まで進まない"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod}", Text("the same error, whole, among the events", "イベントに出る同じエラーの全文"), evidence="pod-describe"),
        Ask("journalctl -u kubelet --since '{since}' --no-pager -l | grep 'Error syncing pod'", Text("the whole line: the step at which it stopped", "行の全文(どの段階で止まったか)"), evidence="kubelet-log"),
    ),
    examples=(
        hit("kubelet", '"Error syncing pod, skipping" err="rpc error: code = Unknown desc = x" pod="shop/web-1"', count=4),
        near_miss("kubelet", '"Error syncing pod, skipping" err="network is not ready" pod="shop/web-1"', count=1),
        near_miss("kubelet", '"SyncLoop UPDATE" source="api" pods=["shop/web-1"]', count=9),
    ),
    generic=True,
)
