"""containerd waits at start for its metadata database, which somebody else holds."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-metadata-locked",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd waits for its metadata database (meta.db)", "containerd がメタデータデータベース(meta.db)のロックを待っている"),
    summary=Text("Opening meta.db takes an exclusive file lock without a timeout. A second containerd (a hung old process, docker's own, a nested cluster with the same root) holds it, or the disk does not answer: containerd stays 'activating', its socket never serves.",
                 "meta.db を開くにはタイムアウトなしの排他ロックが要る。別の containerd(残った旧プロセス、Docker 内蔵、同じルートを使う入れ子クラスター)が保持しているか、ディスクが応答しない。containerd は activating のままで、ソケットが提供されない。"),
    signatures=(Signature(r"waiting for response from boltdb open", component="runtime", proof="states", source="containerd plugins/metadata/plugin.go: after 10 s"),),
    leads_to=(
        Link("containerd-stopped", "node", Text("the socket is not served", "ソケットが提供されない"), strength=0.8),
        Link("container-runtime-down", "node", Text("the kubelet has no runtime", "kubelet にランタイムがない"), strength=0.8),
        Link("dockerd-stopped", "node", Text("dockerd gives up waiting for containerd", "dockerd が containerd の起動待ちをあきらめる"), strength=0.4),
        Link("node-not-ready", "node", Text("no runtime, not Ready", "ランタイムがないため NotReady になる"), strength=0.7),
    ),
    asks=(Ask("fuser -v /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db; pgrep -a containerd; iostat -x 1 2  # on {node}", Text("a second containerd, or a disk that does not answer", "2 つ目の containerd、または応答しないディスク"), ("containerd-hang", "disk-io-saturation", "containerd-metadata-corrupted", "storage-hang-dstate"), "processes"),),
    remedies=(
        Remedy("temporary", Text("end the other process that holds the file, then restart containerd", "ファイルを保持している別プロセスを終了し、containerd を再起動する"), Text("make sure that it does not serve live pods", "稼働中の Pod を扱っていないことを確認する"), "systemctl restart containerd  # on {node}, after the holder ended", "crictl info >/dev/null", "restart"),
        Remedy("permanent", Text("one containerd per root directory; its data on a disk of its own", "ルートディレクトリごとに containerd は 1 つとし、データを専用ディスクに置く"), Text("none", "なし"), verify="pgrep -ac containerd", risk_level="none"),
    ),
    examples=(
        hit("containerd", "waiting for response from boltdb open plugin=bolt"),
        near_miss("containerd", "metadata content store policy set policy=shared"),
    ),
    references=("https://github.com/containerd/containerd/blob/main/plugins/metadata/plugin.go",),
)
