"""Where the cluster's state is kept."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="etcd",
    title=Text("etcd", "etcd"),
    what=Text(
        "etcd is the database of the API server: a few members that agree on each write by majority (Raft). A write is done when more than half have it on disk (fsync of the log), so the disk's latency is the cluster's latency. With three members one may fail, with five two. Old revisions are compacted by the API server every 5 minutes; the file shrinks only by defragmentation.",
        "etcd は API サーバーのデータベースで、数台のメンバーが書き込みごとに多数決で合意する(Raft)。過半数がログをディスクに fsync して初めて書き込みが完了するため、ディスクの遅延がクラスターの遅延になる。3 台なら 1 台、5 台なら 2 台まで失ってよい。古いリビジョンは API サーバーが 5 分ごとに compact するが、ファイルが小さくなるのは defrag のときだけである。",
    ),
    fails=Text(
        "Slow: 'apply request took too long', 'slow fdatasync', 'failed to send out heartbeat on time', then lost leaders and elections; the cause is a slow or shared disk, or a starved CPU, long before it is the network. No quorum: 'etcdserver: no leader', everything is refused or hangs. Full: 'mvcc: database space exceeded', an alarm that keeps writes refused until space is made and the alarm disarmed. A member with another cluster's or an older state is rejected by id. A file damaged by a power cut panics at start. To the rest of the cluster all of this is 'etcdserver: request timed out'.",
        "遅い: 「apply request took too long」「slow fdatasync」「failed to send out heartbeat on time」に続いてリーダーの喪失と選挙が起きる。原因はネットワークよりまず、遅いか共有のディスク、CPU 不足である。過半数割れ: 「etcdserver: no leader」となり、すべてが拒否されるか返らない。満杯: 「mvcc: database space exceeded」。空きを作ってアラームを解除するまで書き込みは拒否される。別のクラスターや古い状態を持つメンバーは ID で拒まれる。電源断で壊れたファイルでは起動時に panic する。クラスターの他の部分からは、どれも「etcdserver: request timed out」に見える。",
    ),
    look=(
        Look("etcdctl endpoint status --cluster -w table; etcdctl endpoint health --cluster; etcdctl alarm list", Text("leader, size of the database, lag, alarms", "リーダー・DB サイズ・遅れ・アラーム")),
        Look("kubectl -n kube-system logs -l component=etcd --tail=500 | grep -E 'slow|took too long|elected|overloaded|space'", Text("latency warnings with their times", "遅延の警告と時刻")),
        Look("curl -s http://127.0.0.1:2381/metrics | grep -E 'etcd_disk_wal_fsync_duration_seconds|leader_changes_seen'  # on a control-plane node", Text("fsync should be under 10 ms at the 99th percentile", "fsync の 99 パーセンタイルは 10 ms 未満が目安")),
    ),
    numbers=(
        Number(Text("heartbeat, election timeout", "heartbeat、election のタイムアウト"), "100 ms, 1 s", "etcd-io/etcd: server/embed/config.go"),
        Number(Text("warning: a request takes longer than; fsync longer than", "警告が出る時間: リクエスト、fsync"), "100 ms; 1 s", "etcd-io/etcd: server/embed/config.go; server/storage/wal/wal.go"),
        Number(Text("database size by default; largest request", "DB サイズの既定の上限。リクエストの上限"), "2 GiB; 1.5 MiB", "etcd-io/etcd: server/storage/quota.go; server/embed/config.go"),
        Number(Text("compaction by the API server", "API サーバーによる compact の周期"), "5 m", "staging/src/k8s.io/apiserver/pkg/storage/storagebackend/config.go"),
    ),
    see=("api-server", "static-pod", "controller-manager"),
    modes=("etcd-slow-disk", "etcd-quorum-lost", "etcd-database-space-exceeded", "etcd-data-corrupted", "etcd-member-mismatch", "apiserver-etcd-unreachable", "apiserver-encryption-failure", "disk-io-saturation"),
    aliases=("etcdserver", "raft"),
    references=("https://etcd.io/docs/latest/op-guide/hardware/", "https://etcd.io/docs/latest/tuning/"),
)
