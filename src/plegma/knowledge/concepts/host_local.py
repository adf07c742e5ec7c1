"""The IPAM plugin that keeps addresses as files on the node."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="host-local",
    title=Text("host-local (IPAM plugin with files)", "host-local(ファイルで管理する IPAM プラグイン)"),
    what=Text(
        "host-local is the simplest IPAM plugin, used by bridge, Flannel and many others. For each address in use it keeps a file under /var/lib/cni/networks/NETWORK, named after the address, that holds the container id and the interface. last_reserved_ip.0 remembers where to go on searching; the file lock is held while it works. It knows the node's range only, and asks nobody.",
        "host-local は最も単純な IPAM プラグインで、bridge や Flannel など多くの構成で使われる。使用中のアドレスごとに /var/lib/cni/networks/ネットワーク名 の下へアドレスを名前とするファイルを置き、中にコンテナ ID とインターフェース名を書く。last_reserved_ip.0 が次の検索位置を覚え、処理中は lock ファイルのロックを取る。知っているのはノードの範囲だけで、どこにも問い合わせない。",
    ),
    fails=Text(
        "A lost DEL leaves the file: 'no IP addresses available in range set' with fewer pods than addresses. Since it walks the whole range while holding the lock, thousands of left-over files or a slow disk turn it into a queue of waiting processes, each a hanging sandbox. If the folder is emptied while pods run, addresses are given out twice. On a tmpfs or after a restored image its memory differs from what runs.",
        "DEL が失われるとファイルが残り、Pod の数がアドレスの数より少ないのに「no IP addresses available in range set」となる。ロックを持ったまま範囲全体を調べるため、残骸が数千あるかディスクが遅いと待ち行列ができ、その 1 つ 1 つが返らない sandbox 作成になる。Pod が動いている間にフォルダーを空にすると、同じアドレスが二重に配られる。tmpfs に置いた場合やイメージから復元した場合は、記録と実態が食い違う。",
    ),
    look=(
        Look("ls /var/lib/cni/networks/*/ | wc -l; crictl pods -q | wc -l  # on {node}", Text("many more files than sandboxes: leaked", "sandbox よりファイルがはるかに多ければ漏れている")),
        Look("head -n1 /var/lib/cni/networks/*/[0-9]*  # on {node}", Text("container ids to hold against crictl pods", "crictl pods と突き合わせるコンテナ ID")),
        Look("ps -eo pid,etime,stat,args | grep host-local  # on {node}", Text("a queue of processes that wait for the lock", "ロック待ちのプロセスの列")),
    ),
    numbers=(
        Number(Text("folder of the reservations", "予約の置き場所"), "/var/lib/cni/networks", "containernetworking/plugins: plugins/ipam/host-local/backend/disk/backend.go"),
    ),
    see=("ipam", "cni"),
    modes=("host-local-ipam-exhausted", "cni-plugin-hang-or-lock", "pod-ip-conflict"),
    references=("https://www.cni.dev/plugins/current/ipam/host-local/",),
)
