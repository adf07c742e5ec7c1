"""The page's own words in both languages."""

from plegma.model.texts import Text

GLANCE = Text("At a glance", "概要")
CHAIN = Text("From cause to symptom", "原因から症状まで")
TIMELINE = Text("Timeline", "時系列")
EVIDENCE = Text("Evidence", "証拠")
PATH = Text("The path of a pod", "Pod ができるまでの経路")
OTHERS = Text("Other causes", "他の候補")
OPEN = Text("What was missing", "不足している証拠")
CLOCKS = Text("Clocks", "時計")
INPUTS = Text("What was read", "読み取ったもの")

SURE = {
    "confirmed": Text("Root cause, confirmed", "根本原因(確定)"),
    "likely": Text("Likely root cause", "有力な根本原因"),
    "possible": Text("Possible root cause, not decided by this evidence", "考えられる根本原因(この証拠だけでは決められない)"),
}
HEALTHY = Text("Healthy", "異常なし")
INSUFFICIENT = Text("Not enough evidence", "証拠不足")
UNDECIDED = Text("The cause cannot be told from this evidence", "この証拠からは原因を判断できない")
CONFIDENCE_IS = Text("Confidence: {0}", "確度: {0}")
CONFIDENCE_OF = {
    "confirmed": Text("a line of the evidence states the cause", "証拠の行が原因そのものを述べている"),
    "likely": Text(
        "a typical trace, or several that few causes share; no line states it", "典型的な痕跡が複数ある。原因を直接述べる行はない"
    ),
    "possible": Text("it fits what was seen, and so do others", "見えている事実と矛盾しないが、他の候補も同様"),
}
NOW = Text("Do this now", "いま行うこと")
FOR_GOOD = Text("For good", "恒久対応")
ALSO_NOW = Text("Other ways for now", "ほかの暫定対応")
FIRST_DECIDE = Text("First find out", "まず確かめること")
WHO = Text("Who is affected", "影響範囲")
PODS = Text("Pods", "Pod")
NODES = Text("Nodes", "ノード")
SINCE = Text("Since", "いつから")
HOW_OFTEN = Text("How often", "頻度")
LAST_SEEN = Text("Last seen", "最後の記録")
AND_MORE = Text("and {0} more", "ほか {0} 件")
NOTHING_TO_DO = Text("plegma knows no remedy for this cause", "この原因に対する対応は登録されていない")
UP_TO_EARLIER = Text(" (or up to {0} earlier)", "(最大 {0} 前の可能性)")

CAUSE = Text("cause", "原因")
SYMPTOM = Text("symptom", "症状")
CONCLUDED = Text("concluded, no line shows it", "推論(直接示す行はない)")
STEP_BY_STEP = Text("Step by step", "順を追って")
PICTURE_OF = Text("Picture of the chain: {0}. The same steps stand as text below.", "因果関係の図: {0}。同じ内容が下に文章である。")
BESIDE = Text("Not ruled out", "否定できないもの")
NO_OTHERS = Text("No other cause fits what was seen.", "見えている事実に合う他の原因はない。")
WOULD_DECIDE = Text("What would decide", "決め手となる確認")
LOOK_FOR = Text("look for", "確認点")
SPEAKS_AGAINST = Text("Speaks against it", "反する証拠")
RISK = Text("Risk", "リスク")
WORKED_IF = Text("It worked if", "効果の確認")
REFERENCES = Text("References", "参考資料")
COPY = Text("Copy", "コピー")
COPIED = Text("Copied", "コピーしました")
TO_CONTENT = Text("Skip to the answer", "本文へ移動")
SECTIONS = Text("Sections of this report", "レポートの各節")
LANGUAGE = Text("Language", "言語")
THEME = Text("Light or dark", "明暗の切り替え")
MADE_BY = Text(
    "Made by plegma {0}. The same evidence always gives the same report.", "plegma {0} が作成。同じ証拠からは常に同じレポートができる。"
)
SYMPTOMS = Text("What is seen", "見えている症状")

ARTIFACT = Text("Artifact", "入力")
TAKEN_FOR = Text("Taken for", "判定した形式")
LINES = Text("Lines", "行数")
READ = Text("Read", "読めた行")
ASSUMED = Text("assumed", "推定")
VERSIONS = Text("Versions", "バージョン")
NODE = Text("Node", "ノード")
RUNTIME = Text("Container runtime", "コンテナランタイム")
KERNEL = Text("Kernel", "カーネル")
NO_GAPS = Text("Nothing that would change the answer was missing.", "答えを変えうる証拠の不足はない。")

SEARCH = Text("Search", "検索")
ENTITY = Text("Entity", "対象")
LAYER = Text("Layer", "階層")
MODE = Text("Shows", "示すもの")
FOLD = Text("Fold repeats", "繰り返しをたたむ")
NEEDS_SCRIPT = Text(
    "The list of all lines needs scripts; the lines that prove each step stand with the steps above.",
    "全行の一覧にはスクリプトが必要。各段階を裏付ける行は上に示してある。",
)

SCRIPT = {
    "all": Text("all", "すべて"),
    "shown": Text("{0} of {1} lines", "{1} 行中 {0} 行"),
    "folded": Text("{0} more like this", "同様の行がほか {0} 行"),
    "context": Text("lines around it", "前後の行"),
    "none": Text("No line fits.", "該当する行はない。"),
    "later": Text("Later lines", "続きを表示"),
    "earlier": Text("Earlier lines", "前を表示"),
    "times": Text("×{0}", "{0} 回"),
    "copied": COPIED,
    "copy": COPY,
    "range": Text("{0} to {1}", "{0} から {1}"),
    "theme-auto": Text("Follows the system", "システムに合わせる"),
    "theme-light": Text("Light", "ライト"),
    "theme-dark": Text("Dark", "ダーク"),
}
"""What the script says: it fills in {0}, {1} itself."""

RESTARTS = Text("{0} restarts", "再起動 {0} 回")
PLEG_AGE = Text("up to {0}; unhealthy from {1}", "最大 {0}。{1} を超えると異常")
LANES = {
    "readiness": Text("Ready or NotReady", "Ready / NotReady"),
    "pleg": Text("Age of PLEG's last relist", "PLEG の最後の relist からの時間"),
    "containers": Text("Pod and containers", "Pod とコンテナ"),
    "sandboxes": Text("Sandboxes", "sandbox"),
    "events": Text("Events", "イベント"),
}
ONSET = Text("onset", "発生")
ONSET_AT = Text("What the user sees began about {0}{1}.", "利用者に見える異常の始まりは {0} ごろ{1}。")
ONE_CLOCK = Text("All times are on one clock, UTC{0}.", "すべての時刻は 1 つの時計(UTC{0})に揃えてある。")
HOW_ONE_CLOCK = Text("How the clocks were put on one", "時計をどう揃えたか")
NO_YEAR = Text("No input names a year.", "年を示す入力はない。")
ZOOM = Text("Zoom", "拡大・縮小")
ZOOM_IN = Text("Zoom in", "拡大")
ZOOM_OUT = Text("Zoom out", "縮小")
TO_LEFT = Text("Earlier", "前へ")
TO_RIGHT = Text("Later", "後へ")
TO_ONSET = Text("Onset", "発生時")
TO_WHOLE = Text("Whole", "全体")
TO_END = Text("Last hour", "最後の 1 時間")
HOW_TO_ZOOM = Text(
    "Ctrl and wheel zoom, dragging moves; with the keyboard: + and −, arrow keys, 0 for the whole.",
    "Ctrl + ホイールで拡大・縮小、ドラッグで移動。キーボードでは + と −、矢印キー、0 で全体。",
)
CHART = Text("Timeline: use plus, minus, the arrow keys and 0", "時系列図: +、−、矢印キー、0 で操作")
MOODS = {
    "good": Text("well", "正常"),
    "bad": Text("failing", "異常"),
    "mixed": Text("flapping", "往復"),
    "idle": Text("exists", "存在"),
}
SHOW_LINE = Text("line", "行")

SUFFERS = Text("suffers", "影響を受けている")
BREAKS = {
    "confirmed": Text("breaks here", "ここで壊れている"),
    "likely": Text("probably breaks here", "おそらくここで壊れている"),
    "possible": Text("may break here", "ここで壊れている可能性がある"),
}
HOW_IT_FAILS = Text("How it fails", "どう壊れるか")
