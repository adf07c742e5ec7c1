"""The log format of Kubernetes' own programs."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="klog",
    title=Text("klog (log lines of kubelet, API server, ...)", "klog(kubelet や API サーバーのログ形式)"),
    what=Text(
        "A klog line begins with a letter for the severity (I, W, E, F), month and day, the time with microseconds, a number (the process id in practice), and the source file with its line: `E0712 03:14:15.926535    1842 pod_workers.go:1301] \"Error syncing pod, skipping\" err=\"...\" pod=\"shop/web-0\"`. Newer lines have a quoted message followed by key=\"value\" pairs; the err value quotes the lower layer, with its quotes escaped once per layer. JSON logging writes {\"ts\":..., \"caller\":..., \"msg\":...} instead.",
        "klog の行は、重要度の 1 文字(I・W・E・F)、月日、マイクロ秒までの時刻、番号(実際にはプロセス ID)、ソースファイルと行番号で始まる。例: `E0712 03:14:15.926535    1842 pod_workers.go:1301] \"Error syncing pod, skipping\" err=\"...\" pod=\"shop/web-0\"`。新しい行では引用符付きのメッセージの後に key=\"value\" が続き、err には下位層の言葉が入る(引用符は層ごとに 1 回エスケープされる)。JSON 形式では {\"ts\":..., \"caller\":..., \"msg\":...} になる。",
    ),
    fails=Text(
        "There is no year and no zone: the time is the local time of the program, which in a container may be UTC while the host's journal is not. A journal header before the klog time gives the offset. The severity is the writer's view: 'E' lines of retries are routine, and the decisive line is often an 'I' or 'W'. When a process dies by a panic the goroutine dump has no klog header. A new process id is a restart.",
        "年もタイムゾーンもない。時刻はそのプログラムのローカル時刻で、ホストの journal が JST でもコンテナ内は UTC ということがある。klog の時刻の前に journal のヘッダーがあれば、差が分かる。重要度は書き手の主観で、再試行の E は日常的であり、決定的な行は I や W であることも多い。panic で落ちた場合の goroutine ダンプには klog のヘッダーがない。プロセス ID が変われば再起動している。",
    ),
    look=(
        Look("journalctl -u kubelet -o short-iso-precise --since '{since}' --no-pager", Text("with the year and the zone", "年とタイムゾーン付きで出力する")),
        Look("journalctl -u kubelet --no-pager | grep -oE '\\] \"[^\"]+\"' | sort | uniq -c | sort -rn | head", Text("which messages there are, by number", "メッセージの種類と件数")),
    ),
    numbers=(
        Number(Text("header", "ヘッダー"), "Lmmdd hh:mm:ss.uuuuuu threadid file:line]", "kubernetes/klog: klog.go"),
    ),
    see=("events", "kubelet", "api-server"),
    aliases=("glog", "log format", "kubelet log"),
    references=("https://kubernetes.io/docs/concepts/cluster-administration/system-logs/",),
)
