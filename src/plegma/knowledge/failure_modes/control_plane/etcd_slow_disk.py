"""etcd's disk is too slow for its write-ahead log."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="etcd-slow-disk",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("etcd too slow (disk latency)", "etcd の遅延(ディスクレイテンシー)"),
    summary=Text(
        "Every write waits for an fsync of etcd's log. When that takes hundreds of milliseconds (shared or throttled disk, many writers, a huge unfragmented database), heartbeats are late, leaders change, API calls time out, controllers lose their leases and restart, and kubelets on many nodes miss their lease.",
        "書き込みのたびに etcd の WAL の fsync を待つ。これが数百ミリ秒かかると(共有・スロットリングされたディスク、書き込み過多、断片化した巨大 DB)、ハートビートが遅れてリーダーが交代し、API がタイムアウトし、コントローラーがリースを失って再起動し、多数のノードで kubelet の Lease 更新が失敗する。",
    ),
    signatures=(
        Signature(r"slow fdatasync", "any", "states", source="etcd server/wal (v3.4 and later)"),
        Signature(r"sync duration of \S+, expected less than", "any", "states", source="etcd wal (to v3.4)"),
        Signature(r"failed to send out heartbeat on time", "any", "shows", source="etcd etcdserver/raft.go, old and new"),
        Signature(r"server is likely overloaded", "any", "shows", source="etcd etcdserver/raft.go"),
        Signature(r"leader is overloaded likely from slow disk", "any", "shows", source="etcd etcdserver/raft.go"),
        Signature(r"apply request took too long.{0,80}(?:took.{0,6}\d+(?:\.\d+)?s|took.{0,6}\d+m\d|took.{0,6}[5-9]\d\d(?:\.\d+)?ms)", "any", "suggests", source="etcd (v3.5 and later): half a second and more; 100 ms to 300 ms now and then is ordinary"),
        Signature(r"apply request took too long", "any", "suggests", at_least=5, source="etcd (v3.5 and later)"),
        Signature(r"apply request took too long", "any", "shows", at_least=50, source="etcd (v3.5 and later): hundreds of them"),
        Signature(r"waiting for ReadIndex response took too long", "any", "suggests", source="etcd"),
        Signature(r"read-only range request .{0,400}took too long", "any", "suggests", source="etcd (to v3.4)"),
        Signature(r"request .{0,400}took too long \(\S+\) to execute", "any", "suggests", source="etcd (to v3.4)"),
        Signature(r"timed out waiting for read index response", "any", "suggests", source="etcd"),
        Signature(r"etcdHigh(?:Fsync|Commit)Durations", "any", "shows", source="etcd's Prometheus alerts"),
        Signature(r"etcdserver: (?:request timed out|leader changed|too many requests)", "any", "suggests", source="etcd's errors as its clients quote them"),
    ),
    leads_to=(
        Link("leader-election-lost", "cluster", Text("lease renewals exceed their deadline", "リース更新が期限に間に合わない"), strength=0.7),
        Link("control-plane-crash-loop", "cluster", Text("controllers exit when they lose their lease; liveness probes of etcd and API server fail", "リースを失ったコントローラーが終了し、etcd や API サーバーの liveness probe も失敗する"), strength=0.5),
        Link("apiserver-unavailable", "cluster", Text("API requests time out", "API リクエストがタイムアウトする"), strength=0.5),
        Link("apiserver-overloaded", "cluster", Text("requests pile up while etcd answers slowly", "etcd の応答待ちで要求が滞留する"), strength=0.4),
        Link("node-readiness-flapping", "cluster", Text("node leases are renewed too late on many nodes", "多数のノードで Lease 更新が間に合わない"), strength=0.4),
        Link("container-restarting", "cluster", Text("operators and controllers with leader election restart", "リーダー選出を使うコントローラーが再起動する"), strength=0.5),
    ),
    refutes=(
        Refutation(Text("peers cannot be reached: a network partition, not the disk", "ピアに到達できない。ディスクではなくネットワーク分断である"), mode="etcd-quorum-lost", weight=0.3),
        Refutation(Text("the node's CPU or memory is exhausted", "ノードの CPU やメモリが枯渇している"), mode="node-memory-starvation", weight=0.3),
    ),
    asks=(
        Ask("etcdctl endpoint status --cluster -w table; curl -s http://127.0.0.1:2381/metrics | grep -E 'wal_fsync_duration_seconds_(sum|count)|backend_commit_duration_seconds_(sum|count)'; iostat -xz 1 5", Text("fsync p99 above 10 ms, large DB size, disk at 100 %", "fsync の p99 が 10 ms 超、DB が大きい、ディスク使用率 100 %"), ("etcd-quorum-lost", "disk-io-saturation", "etcd-database-space-exceeded", "apiserver-overloaded", "node-memory-starvation", "clock-skew", "node-cpu-starvation"), "etcd-log"),
    ),
    remedies=(
        Remedy("temporary", Text("take load off the disk, defragment members one by one, move the leader to the best disk", "ディスク負荷を下げ、メンバーを 1 台ずつ defrag し、最も速いディスクのメンバーにリーダーを移す"), Text("a member does not answer while it is defragmented", "defrag 中のメンバーは応答しない"), "etcdctl defrag --endpoints=<one member>", "etcdctl endpoint health --cluster", "disruptive"),
        Remedy("permanent", Text("dedicated SSD/NVMe for /var/lib/etcd, fewer writers (events, CRDs, chatty controllers), right heartbeat/election time-outs for the latency", "/var/lib/etcd 専用の SSD/NVMe、書き込みの削減(イベント、CRD、過剰なコントローラー)、遅延に見合ったハートビート/選出タイムアウト"), Text("needs a maintenance per member", "メンバーごとのメンテナンスが必要"), verify="curl -s http://127.0.0.1:2381/metrics | grep wal_fsync_duration_seconds", risk_level="disruptive"),
    ),
    examples=(
        hit("etcd", '{"level":"warn","ts":"2024-06-04T09:19:17.672Z","caller":"wal/wal.go:802","msg":"slow fdatasync","took":"1.863337456s","expected-duration":"1s"}'),
        hit("etcd", "sync duration of 2.310442195s, expected less than 1s"),
        hit("etcd", "failed to send out heartbeat on time (exceeded the 100ms timeout for 612.18134ms, to 8e9e05c52164694d)"),
        hit("etcd", "leader failed to send out heartbeat on time; took too long, leader is overloaded likely from slow disk"),
        hit("etcd", "server is likely overloaded"),
        hit("etcd", 'apply request took too long took="1.820114s" expected-duration="100ms"'),
        hit("etcd", "apply request took too long", count=9),
        near_miss("etcd", 'apply request took too long took="131.220114ms" expected-duration="100ms"'),
        hit("etcd", "apply request took too long", count=400),
        hit("etcd", "waiting for ReadIndex response took too long, retrying"),
        hit("etcd", 'read-only range request "key:\\"/registry/pods/\\" range_end:\\"/registry/pods0\\" " with result "range_response_count:900 size:5200123" took too long (1.204s) to execute'),
        hit("shell", "ALERTS{alertname=\"etcdHighFsyncDurations\", job=\"etcd\", severity=\"warning\"} 1"),
        hit("etcd", "timed out waiting for read index response (local node might have slow network)"),
        hit("kube-controller-manager", 'error retrieving resource lock kube-system/kube-controller-manager: etcdserver: request timed out'),
        near_miss("etcd", 'health check for peer 8e9e05c52164694d could not connect: dial tcp 10.1.0.12:2380: connect: connection refused'),
        near_miss("etcd", "mvcc: database space exceeded"),
        near_miss("etcd", "finished scheduled compaction"),
    ),
    versions="all; JSON wording since v3.4/v3.5",
    references=(
        "https://etcd.io/docs/v3.5/faq/#what-does-the-etcd-warning-failed-to-send-out-heartbeat-on-time-mean",
        "https://etcd.io/docs/v3.5/op-guide/hardware/#disks",
    ),
)
