"""etcd's database reached its quota: writes are refused."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="etcd-database-space-exceeded",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("etcd database space exceeded (NOSPACE alarm)", "etcd のデータベース容量超過(NOSPACE アラーム)"),
    summary=Text(
        "The backend reached quota-backend-bytes (2 GiB by default). etcd raises the NOSPACE alarm and refuses all writes until it is compacted, defragmented and the alarm disarmed. Reads work, so the cluster looks frozen.",
        "バックエンドが quota-backend-bytes(既定 2 GiB)に達した。etcd は NOSPACE アラームを上げ、コンパクション・defrag・アラーム解除まで全書き込みを拒否する。読み取りは可能なため、クラスターが凍結したように見える。",
    ),
    signatures=(
        Signature(r"database space exceeded", "any", "states", source="etcd mvcc"),
        Signature(r"etcdserver: no space(?:$|[\\\"),;}])", "any", "states", source="etcd server/etcdserver/errors.go ErrNoSpace, as its own log and k3s write it"),
        Signature(r"alarm:NOSPACE", "any", "states", source="etcdctl alarm list"),
        Signature(r"NOSPACE alarm", "any", "states", source="etcdctl alarm list"),
    ),
    leads_to=(
        Link("apiserver-unavailable", "cluster", Text("every write is refused", "書き込みがすべて拒否される"), strength=0.6),
        Link("leader-election-lost", "cluster", Text("leases cannot be written", "リースを書き込めない"), strength=0.7),
        Link("node-status-unknown", "cluster", Text("node leases and statuses cannot be written", "ノードの Lease や status を書き込めない"), strength=0.6),
        Link("pod-not-created", "cluster", Text("pods cannot be created", "Pod を作成できない"), strength=0.6),
    ),
    asks=(Ask("etcdctl endpoint status --cluster -w table; etcdctl alarm list", Text("DB SIZE at the quota, alarm NOSPACE", "DB SIZE がクォータに達し、NOSPACE アラームがある"), ("etcd-slow-disk", "disk-pressure-eviction"), "etcd-log"),),
    remedies=(
        Remedy("temporary", Text("compact to the present revision, defragment each member, disarm the alarm", "現リビジョンでコンパクションし、各メンバーを defrag し、アラームを解除する"), Text("a member does not answer while it is defragmented; snapshot first", "defrag 中のメンバーは応答しない。先にスナップショットを取る"), "etcdctl compact <revision> && etcdctl defrag --cluster && etcdctl alarm disarm", "etcdctl alarm list; kubectl create configmap t -n default && kubectl delete configmap t -n default", "disruptive"),
        Remedy("permanent", Text("automatic compaction, larger --quota-backend-bytes (to 8 GiB), find what writes (events, leaking CRD objects), alarm at 80 %", "自動コンパクション、--quota-backend-bytes の拡大(8 GiB まで)、大量書き込み元(イベント、CRD)の特定、80 % での監視"), Text("restarts etcd", "etcd の再起動を伴う"), verify="etcdctl endpoint status --cluster -w table", risk_level="disruptive"),
    ),
    examples=(
        hit("etcd", "raising NOSPACE alarm for member 8e9e05c52164694d"),
        hit("kube-apiserver", "etcdserver: mvcc: database space exceeded"),
        hit("etcd", '{"level":"warn","ts":"2026-02-03T04:05:06.007Z","caller":"etcdserver/util.go:123","msg":"failed to apply request","took":"9.1µs","response":"","error":"etcdserver: no space"}'),
        hit("shell", "memberID:10276657743932975437 alarm:NOSPACE"),
        near_miss("etcd", "write /var/lib/etcd/member/wal/0.tmp: no space left on device"),
        near_miss("etcd", "etcdserver: no space left on device"),
        near_miss("etcd", "apply request took too long"),
    ),
    versions="etcd v3",
    references=("https://etcd.io/docs/v3.5/op-guide/maintenance/#space-quota",),
)
