"""The words of a post-mortem in both languages."""

from plegma.model.texts import Text

TITLE = Text("Post-mortem", "ポストモーテム")
SUMMARY = Text("Summary", "要約")
IMPACT = Text("Impact", "影響")
TIMELINE = Text("Timeline", "時系列")
DETECTION = Text("How it was noticed", "どのように気付いたか")
HOW_IT_CAME = Text("How it came about", "どのように起きたか")
MITIGATION = Text("Mitigation", "暫定対応")
FOLLOW_UPS = Text("Follow-ups", "再発防止と残作業")
LESSONS = Text("What went well, what did not", "良かった点・悪かった点")
FILL_IN = Text("(to be filled in)", "(記入)")
OWNER = Text("who, by when", "担当・期限")
PREVENT = Text("for good", "恒久対応")
RULE_OUT = Text("decide between the causes", "原因を確定する")
WATCH = Text("check that it is gone", "解消したことを確認する")
ACTION = Text("keep this evidence the next time", "次回この証拠を残す")
ONSET = Text("what the user sees began", "利用者に見える異常が始まった")
UNTIL = Text("until {0}", "{0} まで")
NOT_CERTAIN = Text(
    "This cause is not proven: the follow-ups name what would decide.", "この原因は確定していない。決め手となる確認を残作業に挙げた。"
)
REFERENCES = Text("References", "参考資料")
