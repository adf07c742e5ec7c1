"""A member's data directory is damaged."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="etcd-data-corrupted",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("etcd data corrupted", "etcd のデータ破損"),
    summary=Text(
        "WAL, snapshot or database of a member is damaged (power loss without barriers, disk fault, mixed restore): etcd panics at its start or raises the CORRUPT alarm.",
        "メンバーの WAL、スナップショット、データベースが破損している(バリアなしの電源断、ディスク障害、混在した復元)。etcd は起動時に panic するか CORRUPT アラームを上げる。",
    ),
    signatures=(
        Signature(r"alarm:CORRUPT", "any", "states", source="etcd"),
        Signature(r"etcdserver: corrupt cluster", "any", "states", source="etcd"),
        Signature(r"wal(?:pb)?: crc mismatch", "any", "states", source="etcd wal"),
        Signature(r"failed to recover v3 backend from snapshot", "any", "states", source="etcd etcdserver"),
        Signature(r"recovering backend from snapshot error", "any", "states", source="etcd etcdserver"),
        Signature(r"tocommit\(\d+\) is out of range \[lastIndex", "any", "states", source="raft: the log is shorter than what was promised"),
        Signature(r"page \d+ already freed|invalid freelist page|freepages: failed to get all reachable pages", "etcd", "states", source="etcd-io/bbolt", signed=True),
        Signature(r"page \d+ already freed|invalid freelist page|freepages: failed to get all reachable pages", "etcd", source="etcd-io/bbolt, which containerd and others use too"),
        Signature(r"failed to read WAL, cannot be repaired", "any", "states", source="etcd"),
    ),
    leads_to=(
        Link("control-plane-crash-loop", "cluster", Text("the member panics at each start", "メンバーが起動のたびに panic する"), strength=0.8),
        Link("etcd-quorum-lost", "cluster", Text("one member less; with a single member the cluster is down", "メンバーが 1 台減る。1 台構成ならクラスター停止"), strength=0.5),
        Link("apiserver-unavailable", "cluster", Text("no etcd, no API", "etcd がなければ API も使えない"), strength=0.6),
    ),
    asks=(Ask("etcdctl endpoint status --cluster -w table; journalctl -u etcd -n 50 || crictl logs <etcd>; dmesg | grep -i 'I/O error'", Text("the panic's text, and whether other members are whole", "panic の文面と、他メンバーが健全か"), ("etcd-member-mismatch", "disk-io-errors", "etcd-quorum-lost"), "etcd-log"),),
    remedies=(
        Remedy("temporary", Text("with a quorum: remove the member, empty its data directory, add it again; without: restore from a snapshot", "クォーラムがあればメンバーを削除してデータを空にし再追加する。なければスナップショットから復元する"), Text("a restore loses what was written after the snapshot", "復元するとスナップショット以降の書き込みが失われる"), "etcdctl member remove <id>; mv /var/lib/etcd/member /var/lib/etcd.bad; etcdctl member add <name> --peer-urls=<url>", "etcdctl endpoint health --cluster", "data-loss"),
        Remedy("permanent", Text("reliable disks, regular snapshots, three members, --experimental-initial-corrupt-check", "信頼できるディスク、定期スナップショット、3 台構成、起動時の整合性チェックの有効化"), Text("none", "なし"), verify="etcdctl endpoint hashkv --cluster", risk_level="none"),
    ),
    examples=(
        hit("kube-apiserver", "etcdserver: corrupt cluster"),
        hit("etcd", "recovering backend from snapshot error: failed to find database snapshot file"),
        hit("etcd", "panic: invalid freelist page: 66, page type is leaf"),
        hit("etcd", "panic: freepages: failed to get all reachable pages (page 1821: multiple references)"),
        hit("shell", "memberID:10276657743932975437 alarm:CORRUPT"),
        hit("etcd", "walpb: crc mismatch"),
        hit("etcd", "failed to recover v3 backend from snapshot"),
        hit("etcd", "panic: tocommit(7123) is out of range [lastIndex(7001)]. Was the raft log corrupted, truncated, or lost?"),
        hit("etcd", "panic: page 4012 already freed"),
        hit("etcd", "failed to read WAL, cannot be repaired"),
        near_miss("etcd", "request sent was ignored (cluster ID mismatch: remote[4d6c], local=9f1e)"),
        near_miss("containerd", "panic: page 12 already freed"),
        near_miss("etcd", "recovered v3 backend from snapshot"),
    ),
    versions="all",
    references=("https://etcd.io/docs/v3.5/op-guide/data_corruption/",),
)
