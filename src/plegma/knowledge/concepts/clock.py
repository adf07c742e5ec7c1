"""What depends on the node's clock."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="clock",
    title=Text("clocks: skew, jumps, zones", "時計: ずれ・飛び・タイムゾーン"),
    what=Text(
        "Certificates, tokens, leases and back-offs all compare times, partly of two machines. A node keeps its clock by chrony, ntpd or systemd-timesyncd; a virtual machine that was paused or restored wakes up in the past. Log sources write in different zones: klog and dmesg -T in the machine's local time, containerd and the API in UTC, kubectl in ages.",
        "証明書・トークン・Lease・バックオフはいずれも時刻を比べ、2 台のマシンにまたがることもある。ノードは chrony・ntpd・systemd-timesyncd で時計を合わせる。一時停止や復元をした仮想マシンは過去の時刻で目覚める。ログの時間帯もまちまちで、klog と dmesg -T はマシンのローカル時刻、containerd と API は UTC、kubectl は経過時間で表示する。",
    ),
    fails=Text(
        "A clock that is wrong by hours breaks TLS ('not yet valid', 'has expired' on a fresh certificate) and tokens (401); by seconds to minutes it disturbs leases and leader elections, and every comparison of logs. A jump forward looks like a stall: PLEG 'last seen active' hours ago, leases expired, probes and timers fire at once, and it passes by itself. The API server's and etcd's clocks count for the cluster, the node's for its log.",
        "数時間の狂いは TLS(新しい証明書なのに「not yet valid」「has expired」)とトークン(401)を壊す。数秒から数分では Lease・リーダー選出・ログの突き合わせが乱れる。前方への飛びは停止に見える。PLEG の「last seen active」が数時間前になり、Lease が切れ、プローブやタイマーが一斉に発火し、やがて自然に収まる。クラスターとしては API サーバーと etcd の時計、ログではそのノードの時計が基準になる。",
    ),
    look=(
        Look("timedatectl; chronyc tracking  # on {node}", Text("synchronised or not, the offset, the zone", "同期の有無・ずれ・タイムゾーン")),
        Look("date -u; kubectl get --raw / -v=8 2>&1 | grep -i ' date:'", Text("the node's time against the API server's", "ノードと API サーバーの時刻の比較")),
        Look("journalctl -k --no-pager | grep -iE 'clocksource|time (jump|has been changed)'; journalctl -u chronyd -u systemd-timesyncd --no-pager | tail  # on {node}", Text("when the clock was set", "時計が変更された時刻")),
    ),
    numbers=(
        Number(Text("etcd warns of a difference between members over", "etcd がメンバー間の差を警告するしきい値"), "1 s", "etcd-io/etcd: server/etcdserver/api/rafthttp/probing_status.go"),
    ),
    see=("certificates", "node-lease", "events", "klog"),
    modes=("clock-skew", "time-jump", "vm-paused-or-steal", "kubelet-client-cert-expired"),
    aliases=("time", "ntp", "chrony", "clock skew"),
    references=("https://kubernetes.io/docs/setup/best-practices/certificates/",),
)
