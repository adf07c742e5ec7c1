"""The report's own words in both languages."""

from plegma.model.texts import Text

VERDICT = {
    "problem": Text("PROBLEM", "異常あり"),
    "healthy": Text("HEALTHY", "異常なし"),
    "insufficient": Text("NOT ENOUGH EVIDENCE", "証拠不足"),
}
CONFIDENCE = {"confirmed": Text("confirmed", "確定"), "likely": Text("likely", "有力"), "possible": Text("possible", "可能性あり")}
KIND = {"temporary": Text("now", "暫定対応"), "permanent": Text("for good", "恒久対応")}
SYMPTOMS = Text("Symptoms", "症状")
CAUSES = Text("Root cause", "根本原因")
CHAIN = Text("Chain, from cause to symptom", "因果の連鎖(原因から症状へ)")
NOT_SHOWN = Text("no line shows this directly; it follows from what it leads to", "これを直接示す行はない。結果から推論したもの")
AGAINST = Text("Speaks against it", "反する証拠")
DECIDE = Text("What would decide", "決め手となる確認")
EXPECT = Text("expect", "確認点")
BETWEEN = Text("tells apart", "区別できるもの")
REMEDIES = Text("What to do", "対応")
RISK = Text("risk", "リスク")
VERIFY = Text("worked if", "効果の確認")
GAPS = Text("What was missing", "不足している証拠")
CLOCKS = Text("Clocks", "時計")
ASSUMED = Text("assumed", "推定")
ONSETS = Text("What began when", "発生順")
ABOUT = Text("up to {0} earlier", "最大 {0} 早い可能性")
INPUTS = Text("Read", "読み取ったもの")
LINES = Text("{1} of {0} lines", "{0} 行中 {1} 行")
TIMES = Text("x{0}", "{0} 回")
AFFECTED = Text("affected", "影響範囲")
SPREAD = Text(
    "{s.affected} of the {s.nodes} nodes with {name} {s.value}, none of the {s.others} others",
    "{name} が {s.value} のノード {s.nodes} 台のうち {s.affected} 台。それ以外の {s.others} 台には無い",
)
ATTRIBUTES = {
    "runtime": Text("runtime", "ランタイム"),
    "version": Text("kubelet", "kubelet"),
    "kernel": Text("kernel", "カーネル"),
    "os": Text("OS", "OS"),
    "zone": Text("zone", "ゾーン"),
    "instance_type": Text("instance type", "インスタンスタイプ"),
    "pool": Text("node pool", "ノードプール"),
}
SHOWN_BY = Text("The lines that show it", "それを示す行")
SEEN = Text("seen", "症状")
BE_SURE = Text("be sure", "確認")
NEXT = Text("run next", "次に実行")
OTHERS = Text("Other causes", "他の候補")
DECIDE_TOO = Text("What else would decide", "決め手となる他の確認")
REMEDIES_TOO = Text("What else to do", "その他の対応")
AND_MORE = Text("and {0} more: --verbose", "ほか {0} 件(--verbose で表示)")
FOLDER = Text("the files are in {0}", "ファイルの場所: {0}")
MORE = Text(
    "--verbose shows the rest: other causes in full, all lines, clocks, inputs",
    "--verbose で残り(他の候補の詳細・すべての行・時計・入力)を表示",
)
