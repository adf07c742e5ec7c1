"""A member belongs to another cluster or was removed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="etcd-member-mismatch",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("etcd member does not belong to this cluster", "etcd メンバーがこのクラスターに属していない"),
    summary=Text(
        "The member's data directory, id or peer URLs do not fit the cluster: an old data directory after a rejoin, initial-cluster of another, or the member was removed. It exits or its messages are ignored.",
        "メンバーのデータディレクトリ、ID、peer URL がクラスターと一致しない(再参加後の古いデータ、initial-cluster の誤り、削除済みメンバー)。終了するか、メッセージが無視される。",
    ),
    signatures=(
        Signature(r"cluster ID mismatch", "any", "states", source="etcd rafthttp"),
        Signature(r"member \S+ has already been bootstrapped", "any", "states", source="etcd"),
        Signature(r"the member has been permanently removed from the cluster", "any", "states", source="etcd rafthttp"),
        Signature(r"rejected (?:stream from remote peer because it was removed|the stream from peer \w+ since it was removed)", "any", "shows", source="etcd rafthttp/http.go"),
        Signature(r"ignored streaming request; ID mismatch|streaming request ignored \(ID mismatch got \w+ want \w+\)", "any", "shows", source="etcd rafthttp/http.go: the peer calls this address by another member's id"),
        Signature(r"failed to find (?:remote peer in cluster|member \w+ in cluster \w+)", "any", "shows", at_least=10, source="etcd rafthttp/http.go: a peer of another cluster, or a local member that is behind"),
        Signature(r"failed to find (?:remote peer in cluster|member \w+ in cluster \w+)", "any", "suggests", source="the same a few times: a member that joins"),
        Signature(r"error validating peerURLs", "any", "states", source="etcd"),
        Signature(r"member count is unequal", "any", "states", source="etcd"),
        Signature(r"unmatched member while checking PeerURLs", "any", "states", source="etcd"),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the member exits at each start", "メンバーが起動のたびに終了する"), strength=0.8),
        Link("etcd-quorum-lost", "cluster", Text("one member less", "メンバーが 1 台減る"), strength=0.4),
    ),
    asks=(Ask("etcdctl member list -w table; grep -E 'initial-cluster|name=' /etc/kubernetes/manifests/etcd.yaml; ls /var/lib/etcd/member", Text("names and URLs differ, or an old data directory", "名前や URL の不一致、または古いデータディレクトリ"), ("etcd-data-corrupted", "etcd-quorum-lost", "control-plane-cert-expired"), "etcd-log"),),
    remedies=(
        Remedy("temporary", Text("remove the member, empty its data directory, add it with --initial-cluster-state existing", "メンバーを削除し、データを空にして --initial-cluster-state existing で追加し直す"), Text("only with a quorum of the others", "他メンバーでクォーラムがある場合のみ"), "etcdctl member remove <id>; etcdctl member add <name> --peer-urls=<url>", "etcdctl member list -w table", "disruptive"),
        Remedy("permanent", Text("remove members before resetting their hosts; let the installer manage membership", "ホストのリセット前にメンバーを削除し、メンバー管理をインストーラーに任せる"), Text("none", "なし"), verify="etcdctl endpoint health --cluster", risk_level="none"),
    ),
    examples=(
        hit("etcd", "unmatched member while checking PeerURLs"),
        hit("etcd", "request sent was ignored (cluster ID mismatch: remote[4d6c], local=9f1e)"),
        hit("etcd", "member 8e9e05c52164694d has already been bootstrapped"),
        hit("etcd", "failed to dial 8e9e05c52164694d on stream Message (the member has been permanently removed from the cluster)"),
        hit("etcd", 'error validating peerURLs {ClusterID:9f1e Members:[&{ID:8e9e}]}: member count is unequal'),
        hit("etcd", "ignored streaming request; ID mismatch"),
        hit("etcd", "streaming request ignored (ID mismatch got 8e9e05c52164694d want 4d6c11c52164aa10)"),
        hit("etcd", "rejected stream from remote peer because it was removed"),
        hit("etcd", "failed to find remote peer in cluster", count=24),
        hit("etcd", "failed to find member 8e9e05c52164694d in cluster 9f1e", count=24),
        near_miss("etcd", "started stream reader with remote peer"),
        near_miss("etcd", "added member 8e9e05c52164694d [https://10.1.0.12:2380] to cluster 9f1e"),
        near_miss("etcd", "walpb: crc mismatch"),
    ),
    versions="all",
    references=("https://etcd.io/docs/v3.5/op-guide/runtime-configuration/",),
)
