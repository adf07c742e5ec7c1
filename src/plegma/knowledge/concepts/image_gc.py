"""How the kubelet frees disk: old images and dead containers."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="image-gc",
    title=Text("image and container garbage collection", "イメージとコンテナのガベージコレクション"),
    what=Text(
        "Every 5 minutes the kubelet looks at the file system of the images. Above the high threshold it removes images that no container uses, least recently used first, until the low one is reached; images younger than 2 minutes stay. The pause image is kept only if the runtime marks it as pinned, or the kubelet's --pod-infra-container-image (where the version has it) names it. Every minute it removes dead containers, keeping one for each container of a pod, so that there is a log of the previous run. Container logs are rotated by size.",
        "kubelet は 5 分ごとにイメージのファイルシステムを調べる。上限を超えていると、どのコンテナも使っていないイメージを、最後に使われたのが古い順に下限まで消す。2 分未満のものは残す。pause イメージが残るのは、ランタイムが pinned と印を付けたか、kubelet の --pod-infra-container-image(ある版では)がその名前を指している場合だけである。また 1 分ごとに終了したコンテナを消すが、前回のログのため Pod のコンテナごとに 1 つ残す。コンテナのログはサイズでローテーションされる。",
    ),
    fails=Text(
        "ImageGCFailed / FreeDiskSpaceFailed ('wanted to free N bytes, but freed 0') means that the disk is full of something else: logs, volumes, writable layers, other users' files. Removed in earnest is the pause image, and on a node without credentials for its registry no new sandbox can then be made. If the runtime reports no size for its file system, the collection fails with 'invalid capacity 0 on image filesystem': normal right after boot, a fault later. Dead containers that cannot be removed pile up and slow every listing.",
        "ImageGCFailed / FreeDiskSpaceFailed(wanted to free N bytes, but freed 0)は、ディスクを埋めているのがイメージ以外(ログ、ボリューム、書き込み層、他の用途のファイル)であることを示す。pause イメージが消されると、レジストリの資格情報を持たないノードでは新しい sandbox を作れなくなる。ランタイムがファイルシステムの容量を返さないと「invalid capacity 0 on image filesystem」で失敗する。起動直後なら正常、後から出れば異常である。消せない終了済みコンテナは溜まり、一覧のたびに遅くなる。",
    ),
    look=(
        Look("crictl imagefsinfo; crictl images; crictl ps -a | wc -l  # on {node}", Text("usage as the kubelet sees it, and the number of dead containers", "kubelet から見た使用量と、終了したコンテナの数")),
        Look("du -xhd2 /var/lib /var/log | sort -h | tail  # on {node}", Text("what really fills the disk", "実際にディスクを占めているもの")),
    ),
    numbers=(
        Number(Text("image collection: period, high and low threshold, youngest", "イメージの回収: 周期、上限と下限、対象となる最短の経過時間"), "5 m, 85 % / 80 %, 2 m", "pkg/kubelet/kubelet.go, pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("container collection: period, kept per container", "コンテナの回収: 周期、コンテナごとに残す数"), "1 m, 1", "pkg/kubelet/kubelet.go, cmd/kubelet/app/options/options.go"),
        Number(Text("container log: size, files", "コンテナのログ: サイズ、ファイル数"), "10Mi, 5", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("eviction", "image-pull", "pod-sandbox"),
    modes=("pause-image-garbage-collected", "disk-pressure-eviction", "orphaned-pod-volumes", "grpc-message-too-large-dead-containers", "inode-exhaustion"),
    aliases=("garbage collection", "gc", "ImageGCFailed", "FreeDiskSpaceFailed", "container gc"),
    references=("https://kubernetes.io/docs/concepts/architecture/garbage-collection/#containers-images",),
)
