"""The kernel's memory of connections."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="conntrack",
    title=Text("conntrack (connection tracking)", "conntrack(接続追跡)"),
    what=Text(
        "Everything that is translated, and so every connection to a Service, has an entry in the kernel's table of connections. The table has a size (nf_conntrack_max); an entry lives as long as its connection, and a while longer. UDP has no connections, so an entry is kept by time alone: a client that goes on from the same port stays with its old destination after that pod is gone, until kube-proxy clears the entry.",
        "アドレス変換されるもの、つまり Service へのすべての接続は、カーネルの接続表にエントリーを持つ。表には上限(nf_conntrack_max)があり、エントリーは接続が続く間とその後しばらく残る。UDP には接続がないため時間だけで維持され、同じポートから送り続けるクライアントは、宛先の Pod が消えても、kube-proxy がエントリーを消すまで古い宛先に送り続ける。",
    ),
    fails=Text(
        "A full table drops the packets of new connections without an answer: timeouts at random, old connections fine, 'nf_conntrack: table full, dropping packet' in dmesg. Two DNS queries sent at once from one socket (A and AAAA) can collide while their entries are made: one is lost and the resolver waits 5 s. Left-over UDP entries send syslog or DNS into the void after a pod changed. The same picture comes from the cloud's own tables, with nothing in dmesg.",
        "表が満杯になると、新しい接続のパケットが応答なく捨てられる。不規則なタイムアウトが出るが既存の接続は正常で、dmesg に「nf_conntrack: table full, dropping packet」が残る。同じソケットから同時に出た 2 つの DNS 問い合わせ(A と AAAA)はエントリー作成時に衝突することがあり、片方が失われてリゾルバーが 5 秒待つ。UDP の古いエントリーが残ると、Pod の入れ替わり後も syslog や DNS が虚空に送られる。クラウド側の接続表でも同じ症状になるが、dmesg には何も出ない。",
    ),
    look=(
        Look("sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max  # on {node}", Text("how full the table is", "表の使用量")),
        Look("conntrack -S  # on {node}", Text("insert_failed and drop that grow: races or a full table", "insert_failed と drop の増加は、衝突か満杯を示す")),
        Look("dmesg -T | grep -iE 'conntrack|neighbo'  # on {node}", Text("table full; neighbour table overflow is the same fault one layer down", "table full。neighbour table overflow は 1 つ下の層の同種の障害")),
    ),
    numbers=(
        Number(Text("size set by kube-proxy: for each core, at least", "kube-proxy が設定するサイズ: コアあたり、最小"), "32768, 131072", "pkg/proxy/apis/config/v1alpha1/defaults.go"),
        Number(Text("an idle TCP connection is kept", "無通信の TCP 接続の保持時間"), "24 h", "pkg/proxy/apis/config/v1alpha1/defaults.go"),
        Number(Text("a lost DNS query is repeated after", "失われた DNS 問い合わせの再送まで"), "5 s", "glibc: resolv/resolv.h (RES_TIMEOUT)"),
    ),
    see=("kube-proxy", "coredns"),
    modes=("conntrack-table-full", "dns-conntrack-race", "neighbour-table-overflow", "ephemeral-port-exhaustion"),
    aliases=("nf_conntrack", "connection tracking"),
    references=("https://docs.kernel.org/networking/nf_conntrack-sysctl.html",),
)
