"""How the kubelet learns that a container started or died."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="pleg",
    title=Text("PLEG (Pod Lifecycle Event Generator)", "PLEG(Pod Lifecycle Event Generator)"),
    what=Text(
        "PLEG is the part of the kubelet that notices changes of containers. Every second it lists all sandboxes and containers of the node (relist), compares with the last list, and for each pod that changed asks the runtime for its full status and sends an event to the sync loop. All pods go through one relist, one after the other.\n"
        "The time of the relist is noted right after the list calls succeed, before the pods are inspected. Evented PLEG, where it is on, takes the changes from a stream of CRI events and relists only every 300 s.",
        "PLEG は、コンテナの変化に気付くための kubelet の部品である。毎秒ノード上のすべての sandbox とコンテナを列挙し(relist)、前回と比べ、変化のあった Pod の詳細な状態をランタイムに尋ねて同期ループへイベントを送る。1 回の relist が全 Pod を順に処理する。\n"
        "relist の時刻は、列挙に成功した直後、Pod を個別に調べる前に記録される。Evented PLEG が有効なら、変化は CRI のイベントストリームから得て、relist は 300 秒ごとになる。",
    ),
    fails=Text(
        "PLEG is unhealthy when the last relist is older than 3 minutes: the node reports Ready=False ('PLEG is not healthy: pleg was last seen active 3m7s ago; threshold is 3m0s') and no pod is synced. The cause is never in PLEG itself but in the calls that it waits for: a list call that hangs or fails, or one pod's status call that hangs (a dead shim, a process in D state, a CNI lock). An error in one pod's status, however often, does not do it.\n"
        "Relists that take minutes but end make the node flap between NotReady and Ready. 'pleg has yet to be successful' right after a start is normal.",
        "最後の relist が 3 分より古いと PLEG は異常とされ、ノードは Ready=False(PLEG is not healthy: pleg was last seen active 3m7s ago; threshold is 3m0s)を報告し、どの Pod も同期されない。原因は PLEG 自身ではなく、PLEG が待っている呼び出しにある。一覧の呼び出しがハング・失敗しているか、ある Pod の状態取得がハングしている(死んだ shim、D 状態のプロセス、CNI のロック)。1 つの Pod の状態取得がエラーになるだけなら、何度繰り返してもこうはならない。\n"
        "数分かかりながらも終わる relist では、ノードが NotReady と Ready を行き来する。起動直後の「pleg has yet to be successful」は正常である。",
    ),
    look=(
        Look("time crictl pods; time crictl ps -a  # with Docker: time docker ps -a", Text("the calls of a relist; seconds are already too slow", "relist と同じ呼び出し。数秒かかれば既に遅い")),
        Look("for c in $(crictl ps -aq); do timeout 5 crictl inspect $c >/dev/null || echo $c; done  # on {node}", Text("the one container whose status call does not return", "状態取得が返らないコンテナを特定する")),
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/metrics | grep kubelet_pleg", Text("relist duration, and seconds since the last one", "relist の所要時間と、最後の relist からの秒数")),
    ),
    numbers=(
        Number(Text("time between relists", "relist の周期"), "1 s (evented: 300 s)", "pkg/kubelet/kubelet.go"),
        Number(Text("unhealthy when the last relist is older than", "異常とみなすまでの時間"), "3 m (evented: 10 m)", "pkg/kubelet/kubelet.go, pkg/kubelet/pleg/generic.go"),
        Number(Text("events that may wait for the sync loop; more are dropped", "同期ループ待ちのイベントの上限。超過分は捨てられる"), "1000", "pkg/kubelet/kubelet.go"),
    ),
    see=("kubelet", "cri", "pod-worker", "node-conditions", "dockershim"),
    modes=("containerd-hang", "crio-hang", "docker-hang", "containerd-shim-deadlock", "runc-init-hang", "storage-hang-dstate", "kernel-hung-task", "kernel-dstate-memory-reclaim"),
    aliases=("relist", "pod lifecycle event generator", "evented pleg"),
    references=("https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/pleg/generic.go", "https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3386-kubelet-evented-pleg"),
)
