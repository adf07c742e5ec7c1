"""The kubelet's relist of all containers has not come to an end for more than three minutes."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pleg-unhealthy",
    layer="kubelet",
    role="mechanism",
    subject="Node",
    title=Text("PLEG is not healthy", "PLEG が正常でない"),
    summary=Text(
        "The kubelet lists all sandboxes and containers every second (relist). When the last relist is older than 3 minutes PLEG counts as unhealthy: the node goes NotReady and no pod is synced. An error in one pod's status does not do this; a call that hangs does.",
        "kubelet は毎秒すべての sandbox とコンテナを列挙する(relist)。最後の relist から 3 分を超えると PLEG は異常とみなされ、ノードは NotReady になり Pod は同期されない。1 つの Pod の状態取得エラーではこうならない。呼び出しが返らないときに起きる。",
    ),
    signatures=(
        Signature(r"pleg was last seen active ", component="kubelet", source="pkg/kubelet/pleg/generic.go"),
        Signature(r"GenericPLEG: Unable to retrieve pods", component="kubelet", source="pkg/kubelet/pleg/generic.go"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text(
            "Healthy() fails once the last relist is older than 3m0s, and the kubelet itself reports Ready=False (KubeletNotReady)",
            "最後の relist から 3m0s を超えると Healthy() が失敗し、kubelet 自身が Ready=False(KubeletNotReady)を報告する"), strength=0.95),
        Link("node-readiness-flapping", "node", Text(
            "each slow relist that ends after more than 3 minutes makes the node NotReady and then Ready again, so it flaps at about the pace of the threshold",
            "3 分を超えて終わる relist のたびに NotReady と Ready を行き来し、しきい値とほぼ同じ周期でフラッピングする"), strength=0.8),
        Link("pod-stuck-creating", "node", Text("the sync loop stands still while PLEG is unhealthy", "PLEG が異常な間は同期ループが止まる"), strength=0.4),
        Link("pod-stuck-terminating", "node", Text("the sync loop stands still while PLEG is unhealthy", "PLEG が異常な間は同期ループが止まる"), strength=0.4),
    ),
    asks=(
        Ask("journalctl -u kubelet --since '{since}' --no-pager | grep -E 'PLEG|context deadline|operation timeout'",
            Text("which runtime call does not return, and for which pod", "どのランタイム呼び出しが、どの Pod について返ってこないか"), evidence="kubelet-log"),
        Ask("time crictl ps -a; time crictl pods  # with Docker: time docker ps -a", Text("does listing itself hang, or only one container's inspect", "一覧自体が返らないのか、特定のコンテナの inspect だけか"), evidence="container-list"),
    ),
    examples=(
        hit("status", "PLEG is not healthy: pleg was last seen active 3m4.2s ago; threshold is 3m0s", reason="KubeletNotReady"),
        hit("kubelet", "skipping pod synchronization - [PLEG is not healthy: pleg was last seen active 5m1.5s ago; threshold is 3m0s]"),
        hit("kubelet", "GenericPLEG: Unable to retrieve pods: rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        near_miss("kubelet", "skipping pod synchronization - [container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful.]"),
    ),
    versions="all versions; the evented PLEG relists every 300 s with a threshold of 10 m",
    references=("https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/pleg/generic.go",),
    concepts=("pleg",),
)
