"""A controller lost its leader lease and exits."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="leader-election-lost",
    layer="control_plane",
    role="mechanism",
    subject="Cluster",
    title=Text("leader election lost: a controller exits and restarts", "リーダー選出の喪失によるコントローラーの再起動"),
    summary=Text(
        "A controller that cannot renew its lease within the deadline (10 s by default) ends on purpose and is restarted. The API or etcd was slow or away at that moment.",
        "期限内(既定 10 秒)にリースを更新できないコントローラーは意図的に終了し、再起動される。その時刻に API または etcd が遅いか停止していた。",
    ),
    signatures=(
        Signature(r"leader ?election lost", "any", "states", source="client-go leaderelection in all controllers"),
        Signature(r"failed to renew lease \S+: ", "any", "shows", source="client-go leaderelection"),
        Signature(r"stopped leading", "any", "suggests", source="client-go leaderelection users"),
    ),
    leads_to=(
        Link("container-restarting", "cluster", Text("the process exits and is restarted", "プロセスが終了し再起動される"), strength=0.8),
        Link("control-plane-crash-loop", "cluster", Text("again and again while the API is slow", "API が遅い間は繰り返す"), strength=0.5),
        Link("controller-manager-down", "cluster", Text("nobody leads for some seconds, or none stays up", "リーダー不在の時間が生じる"), strength=0.3),
        Link("crash-loop-back-off", "cluster", Text("restarts that come too often", "再起動の頻度が高すぎる"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get lease; kubectl -n kube-system logs -l component=etcd --tail=200 | grep -iE 'slow|heartbeat|took too long'", Text("leaseTransitions grows; etcd or the API was slow at that time", "leaseTransitions が増え、同時刻に etcd / API が遅い"), ("etcd-slow-disk", "apiserver-overloaded", "control-plane-cert-expired"), "controller-log"),
        Ask("kubectl -n kube-system logs -l component=etcd --tail=2000 | grep -iE 'slow fdatasync|heartbeat|took too long|lost leader'", Text("slow disk writes, late heartbeats or a lost leader when the lease could not be renewed", "リースを更新できなかった時刻のディスク書き込み遅延・ハートビート遅延・リーダー喪失"), ("etcd-slow-disk", "etcd-quorum-lost"), "etcd-log"),
        Ask("kubectl -n kube-system logs -l component=kube-apiserver --tail=2000 | grep -iE 'timeout|429|etcd'", Text("requests that timed out or were refused at that time", "同時刻にタイムアウト・拒否された要求"), ("apiserver-overloaded", "apiserver-etcd-unreachable"), "apiserver-log"),
    ),
    examples=(
        hit("kube-controller-manager", "leaderelection lost"),
        hit("pod-log", '{"level":"error","msg":"problem running manager","error":"leader election lost"}'),
        hit("kube-scheduler", "failed to renew lease kube-system/kube-scheduler: timed out waiting for the condition"),
        hit("pod-log", "stopped leading, shutting down"),
        near_miss("kube-controller-manager", "successfully acquired lease kube-system/kube-controller-manager"),
        near_miss("etcd", "raft.node: 8e9e lost leader 91bc at term 9"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/architecture/leases/#leader-election",),
)
