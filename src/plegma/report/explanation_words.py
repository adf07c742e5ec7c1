"""The words of the explanation pages in both languages."""

from plegma.model.texts import Text

SHOWS = Text("How it shows", "どう現れるか")
EXAMPLES = Text("Lines that show it", "該当する行の例")
NEAR_MISSES = Text("Lines that look alike and do not", "似ているが該当しない行")
CAUSES = Text("What leads to it", "何がこれを引き起こすか")
EFFECTS = Text("What it leads to", "これが何を引き起こすか")
APART = Text("What tells it from its look-alikes", "似た原因との見分け方")
AGAINST = Text("Speaks against it", "反する証拠")
VERSIONS = Text("Versions", "対象バージョン")
REFERENCES = Text("References", "参考資料")
CONCEPTS = Text("Concepts", "関連する概念")
FAILS = Text("How it fails", "どう壊れるか")
LOOK = Text("Where to look", "どこを見るか")
NUMBERS = Text("Its numbers", "数値")
SEE = Text("See also", "関連項目")
MODES = Text("Failure modes", "障害モード")
NOT_SOURCED = Text("wording not sourced", "文言の出典は未確認")
SOURCE = Text("source: {0}", "出典: {0}")
REASON = Text("reason {0}", "reason は {0}")
AT_LEAST = Text("from a count of {0}", "{0} 回以上")
ROWS = Text("on at least {0} of them", "{0} 件以上")
ANY_TEXT = Text("any text with this reason", "この reason なら本文は問わない")
NO_SIGN = Text("no line of its own: it is concluded from what it leads to", "固有の行は残らない。引き起こした結果から推論する")
WITHIN = Text("within {0}", "{0} 以内")
GENERIC = Text("general: a more specific cause comes before it", "総称的なモード。より具体的な原因が優先される")
BENIGN = Text("known noise, harmless", "既知のノイズで無害")
ABDUCTIVE = Text("can be concluded from its effects alone", "結果だけからも推論できる")
SUBJECT = Text("found on: {0}", "対象: {0}")
NOT_FROM_HERE = Text("plegma's own catalog does not describe it", "plegma 自身のカタログには記載がない")

ROLE = {"cause": Text("cause", "原因"), "mechanism": Text("mechanism", "仕組み"), "symptom": Text("symptom", "症状")}
LAYER = {
    "pod": Text("pod", "Pod"),
    "image": Text("image", "イメージ"),
    "kubelet": Text("kubelet", "kubelet"),
    "cri": Text("CRI", "CRI"),
    "cni": Text("CNI", "CNI"),
    "runtime": Text("container runtime", "コンテナランタイム"),
    "kernel": Text("kernel", "カーネル"),
    "storage": Text("storage", "ストレージ"),
    "network": Text("network", "ネットワーク"),
    "control_plane": Text("control plane", "コントロールプレーン"),
}
PROOF = {
    "states": Text("says so itself", "その行自体が述べている"),
    "shows": Text("typical trace", "典型的な痕跡"),
    "suggests": Text("fits, and fits others too", "合致するが、他の原因でも出る"),
}
RISK_LEVEL = {
    "none": Text("none", "なし"),
    "restart": Text("restart", "再起動"),
    "disruptive": Text("disruptive", "影響大"),
    "data-loss": Text("data loss", "データ消失"),
}
SCOPE = {
    "container": Text("same container", "同じコンテナ"),
    "pod": Text("same pod", "同じ Pod"),
    "node": Text("same node", "同じノード"),
    "cluster": Text("anywhere in the cluster", "クラスター全体"),
}
COMPONENT = {
    "any": Text("anyone", "任意のプログラム"),
    "app": Text("the container's own output", "コンテナ自身の出力"),
    "cni": Text("the CNI plugin", "CNI プラグイン"),
    "runtime": Text("the container runtime", "コンテナランタイム"),
    "kubelet": Text("the kubelet", "kubelet"),
    "kernel": Text("the kernel", "カーネル"),
    "systemd": Text("systemd", "systemd"),
    "etcd": Text("etcd", "etcd"),
    "apiserver": Text("the API server", "API サーバー"),
    "controller": Text("a controller or the scheduler", "コントローラーまたはスケジューラー"),
    "network": Text("kube-proxy, CoreDNS or a CNI agent", "kube-proxy・CoreDNS・CNI エージェント"),
    "shell": Text("a command's output", "コマンドの出力"),
}
OFTEN = (
    (0.9, Text("nearly always", "ほぼ必ず")),
    (0.6, Text("usually", "多くの場合")),
    (0.3, Text("sometimes", "場合による")),
    (0.0, Text("seldom", "まれに")),
)
WEIGHT = (
    (0.9, Text("rules it out", "これがあれば否定できる")),
    (0.5, Text("speaks against it", "否定的な材料")),
    (0.0, Text("weakens it", "弱い反証")),
)


def graded(value: float, steps: tuple[tuple[float, Text], ...]) -> Text:
    """The word of the first step that the value reaches."""
    return next(word for least, word in steps if value >= least)


def span(seconds: float) -> str:
    """Seconds in the largest unit that leaves a round number: 90 s, 5 min, 2 h, 1 d."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:g} s"
