"""etcd has no leader because most members cannot reach one another."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="etcd-quorum-lost",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("etcd lost its quorum / has no leader", "etcd のクォーラム喪失・リーダー不在"),
    summary=Text(
        "More than half of the members must see each other. With members down, partitioned or removed wrongly there is no leader: nothing can be written, reads time out, and the API server fails its health check.",
        "メンバーの過半数が互いに通信できる必要がある。停止、分断、誤った削除によりリーダーが選べず、書き込みができず、読み取りもタイムアウトし、API サーバーのヘルスチェックが失敗する。",
    ),
    signatures=(
        Signature(r"etcdserver: no leader", "any", "states", source="etcd"),
        Signature(r"no leader at term \d+", "any", "shows", source="raft: lost leader, or asked without one"),
        Signature(r"health check for peer \S+ could not connect", "any", "suggests", source="etcd rafthttp (to v3.4): one peer is away, as when it restarts"),
        Signature(r"prober detected unhealthy status", "any", "suggests", source="etcd rafthttp (v3.4 and later): one peer is away, as when it restarts"),
        Signature(r"is starting a new election at term \d+", "any", "suggests", at_least=5, source="raft: elections that nobody wins"),
        Signature(r"publish error: etcdserver: request timed out", "any", "shows", source="etcd at its start"),
        Signature(r"failed to publish local member to cluster through raft", "any", "shows", source="etcd at its start"),
        Signature(r"cluster may be unhealthy: failed to list members", "any", "suggests", source="etcdctl"),
        Signature(r"unhealthy cluster", "any", "suggests", source="etcdctl"),
    ),
    leads_to=(
        Link("apiserver-unavailable", "cluster", Text("the API server cannot read or write", "API サーバーが読み書きできない"), strength=0.9),
        Link("apiserver-etcd-unreachable", "cluster", Text("requests to etcd time out", "etcd への要求がタイムアウトする"), strength=0.8),
        Link("control-plane-crash-loop", "cluster", Text("liveness probes fail and leases are lost", "liveness probe が失敗しリースも失う"), strength=0.6),
        Link("leader-election-lost", "cluster", Text("leases cannot be renewed", "リースを更新できない"), strength=0.6),
    ),
    asks=(Ask("etcdctl member list -w table; etcdctl endpoint status --cluster -w table; nc -zv <peer> 2380", Text("fewer than half of the members answer", "応答するメンバーが過半数に満たない"), ("etcd-slow-disk", "etcd-member-mismatch", "control-plane-cert-expired", "etcd-data-corrupted", "clock-skew"), "etcd-log"),),
    remedies=(
        Remedy("temporary", Text("bring members back (host, network, certificates); if most are lost for good, restore from a snapshot with --force-new-cluster on one", "メンバー(ホスト、ネットワーク、証明書)を復旧する。過半数が失われた場合は 1 台でスナップショットから --force-new-cluster により復元する"), Text("a restore loses what was written after the snapshot", "復元するとスナップショット以降の書き込みが失われる"), "etcdctl snapshot restore <file> --data-dir /var/lib/etcd-new", "etcdctl endpoint health --cluster", "data-loss"),
        Remedy("permanent", Text("three or five members in separate failure domains, snapshots every hour, one change of membership at a time", "障害ドメインを分けた 3 台または 5 台構成、毎時スナップショット、メンバー変更は 1 台ずつ"), Text("none", "なし"), verify="etcdctl endpoint status --cluster -w table", risk_level="none"),
    ),
    examples=(
        hit("etcd", "publish error: etcdserver: request timed out, possibly due to connection lost"),
        hit("shell", "Error: unhealthy cluster"),
        hit("kube-apiserver", "etcdserver: no leader"),
        hit("etcd", "raft.node: 8e9e05c52164694d lost leader 91bc3c398fb3c146 at term 9; no leader at term 10"),
        hit("etcd", "health check for peer 91bc3c398fb3c146 could not connect: dial tcp 10.1.0.12:2380: connect: no route to host"),
        hit("etcd", '"prober detected unhealthy status" remote-peer-id=91bc3c398fb3c146 rtt=0s error="dial tcp 10.1.0.12:2380: i/o timeout"'),
        hit("etcd", "8e9e05c52164694d is starting a new election at term 212", count=90),
        hit("etcd", "failed to publish local member to cluster through raft"),
        hit("shell", "cluster may be unhealthy: failed to list members"),
        near_miss("etcd", "8e9e05c52164694d is starting a new election at term 2"),
        near_miss("etcd", "raft.node: 8e9e05c52164694d elected leader 91bc3c398fb3c146 at term 10"),
        near_miss("etcd", "slow fdatasync"),
    ),
    versions="all",
    references=("https://etcd.io/docs/v3.5/op-guide/failures/", "https://etcd.io/docs/v3.5/op-guide/recovery/"),
)
