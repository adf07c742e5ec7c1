"""Kubernetes events: what their counts and ages prove."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="events",
    title=Text("Events: counts, aggregation, spam filter, ages", "イベント: 回数・集約・スパムフィルター・経過時間"),
    what=Text(
        "An Event is an object that a component writes about another object: reason, message, count, first and last time, and the source. The sender keeps a cache: the same message again does not make a new object but raises the count. `kubectl describe` prints that as `x54000 over 10d`: so many times, the first so long ago. The API server deletes an event one hour after its last update.\n"
        "A count can be calculated with: 54000 in 10 days is one in 16 s, which is a pod worker that fails and is tried again. And since the cache lives in the sender's memory, an unbroken count proves that the kubelet did not restart in that time.",
        "Event は、あるコンポーネントが別のオブジェクトについて書くオブジェクトで、reason・message・count・最初と最後の時刻・source を持つ。送り手はキャッシュを持ち、同じメッセージなら新しいオブジェクトを作らず count を増やす。kubectl describe の「x54000 over 10d」は、その回数と、最初に起きてからの時間である。API サーバーは最終更新から 1 時間でイベントを消す。\n"
        "回数からは計算ができる。10 日で 54000 回なら 16 秒に 1 回で、失敗しては再試行される Pod worker の周期にあたる。またキャッシュは送り手のメモリにあるので、途切れない count は、その間 kubelet が再起動していないことの証拠になる。",
    ),
    fails=Text(
        "Three mechanisms bend what one sees. Aggregation: more than 10 differing messages in 10 minutes become one event '(combined from similar events): ...', whose text is only the last one. Spam filter: after a burst of 25 the sender writes one event in 5 minutes for each object and source; the count goes up before the filter, so counts are true and times lag. Ages: kubectl cuts them, so '12d' is anything from 12 to 13 days. No events at all is not health: they may have expired, or the worker may hang in a call.",
        "見え方を曲げる仕組みが 3 つある。集約: 10 分間に 10 を超える異なるメッセージは「(combined from similar events): ...」という 1 件になり、本文は最後の 1 つだけである。スパムフィルター: 25 件のバースト後は、オブジェクトと source ごとに 5 分に 1 件しか書かれない。count はフィルターの前に増えるため、回数は正しく時刻は遅れる。経過時間: kubectl は切り捨てて表示し、「12d」は 12 日以上 13 日未満を指す。イベントが無いことは健全の証拠ではない。期限切れか、worker が呼び出しの中で止まっているだけかもしれない。",
    ),
    look=(
        Look("kubectl get events -A --sort-by=.lastTimestamp", Text("all of them; the default order is none", "全件。既定では時刻順に並ばない")),
        Look("kubectl -n {namespace} get events --field-selector involvedObject.name={pod} -o yaml", Text("count, firstTimestamp, lastTimestamp, source.component, source.host: exact, unlike describe", "count・firstTimestamp・lastTimestamp・source を正確な値で見る")),
    ),
    numbers=(
        Number(Text("kept after the last update (--event-ttl)", "最終更新からの保持時間(--event-ttl)"), "1 h", "pkg/controlplane/apiserver/options/options.go"),
        Number(Text("aggregation: more than this many messages within", "集約: この数を超えるメッセージ、期間"), "10, 10 m", "staging/src/k8s.io/client-go/tools/record/events_cache.go"),
        Number(Text("spam filter: burst, then one per", "スパムフィルター: バースト、以後の間隔"), "25, 300 s", "staging/src/k8s.io/client-go/tools/record/events_cache.go"),
        Number(Text("the kubelet's limit of all events (eventRecordQPS, eventBurst)", "kubelet 全体の上限(eventRecordQPS、eventBurst)"), "50/s, 100 (≤ v1.26: 5/s, 10)", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("klog", "pod-worker", "node-conditions"),
    aliases=("event", "count", "combined from similar events", "event-ttl"),
    references=("https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/", "https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/client-go/tools/record/events_cache.go"),
)
