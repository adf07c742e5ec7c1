"""The server's pages' own words in both languages."""

from plegma.model.texts import Text

TITLE = Text("What is wrong with this pod or node?", "この Pod・ノードに何が起きているか")
LEAD = Text(
    "Drop what you have: command output, logs, a support bundle, a folder. "
    "You get the cause, the chain of lines that proves it, and what to do.",
    "手元にあるもの(コマンドの出力、ログ、サポートバンドル、フォルダー)を渡すと、原因、それを示す行の連鎖、対応がわかる。",
)
LIMITS = Text("Up to {0} at once, {1} files.", "一度に {0}、{1} ファイルまで。")
DROP = Text("Drop files or folders here", "ここにファイルやフォルダーをドロップ")
OR_CHOOSE = Text("or choose them", "または選ぶ")
CHOOSE_FILES = Text("Choose files", "ファイルを選ぶ")
CHOOSE_FOLDER = Text("Choose a folder", "フォルダーを選ぶ")
PASTE = Text("Or paste text", "またはテキストを貼り付け")
PASTE_HINT = Text(
    "kubectl describe pod, kubectl get events, journalctl -u kubelet, in any mix",
    "kubectl describe pod、kubectl get events、journalctl -u kubelet など、混在可",
)
DIAGNOSE = Text("Diagnose", "診断する")
CLEAR = Text("Clear", "取り消す")
PRIVACY = Text(
    "Evidence stays on this machine and is deleted as soon as it is diagnosed. "
    "The report that is kept quotes the lines that matter, with secrets masked.",
    "証拠はこのマシンから出ず、診断が終わると削除される。保存されるレポートには関係する行だけが、秘密情報を伏せて引用される。",
)
PAST = Text("Your cases", "これまでの診断")
NONE_YET = Text(
    "None yet. They are listed for this browser only; a case's link opens it anywhere that reaches this server.",
    "まだない。一覧はこのブラウザーにだけ表示される。リンクがあれば、このサーバーに届くどこからでも開ける。",
)
IN_FOLDER = Text("In the folder", "フォルダーの中:")
FOLDER_EMPTY = Text("The folder is empty.", "フォルダーは空。")
STATE = {
    "Waiting": Text("waiting", "待機中"),
    "Running": Text("being diagnosed", "診断中"),
    "Failed": Text("not diagnosed", "診断できず"),
}
VERDICT = {
    "problem": Text("problem", "異常あり"),
    "healthy": Text("healthy", "異常なし"),
    "insufficient": Text("not enough evidence", "証拠不足"),
}
FILES = Text("{0} files", "{0} ファイル")
FILE = Text("1 file", "1 ファイル")
OPEN = Text("Open the report", "レポートを開く")
WAITS = Text("Waiting for its turn", "順番を待っている")
STARTS = Text("Starting", "開始している")
READS = Text("Reading {0}", "{0} を読んでいる")
READ = Text("{0} read", "{0} 読み取り済み")
SENDING = Text("Sending: {0} %", "送信中: {0} %")
RELOADS = Text("This page follows the diagnosis by itself.", "このページは診断の進み具合を自動で表示する。")
SHARE = Text("Link to this case", "この診断へのリンク")
SHARE_HINT = Text(
    "Whoever has the link and reaches this server can read the report. It cannot be guessed.",
    "リンクを知っていてこのサーバーに届く人はレポートを読める。推測はできない。",
)
SHARE_HINT_TOKEN = Text(
    "Whoever has the link and the server's token can read the report. It cannot be guessed.",
    "リンクとサーバーのトークンの両方を持つ人はレポートを読める。推測はできない。",
)
COPY = Text("Copy", "コピー")
COPIED = Text("Copied", "コピーした")
DOWNLOADS = Text("Take it with you", "保存する")
HTML = Text("Web page (one file)", "Web ページ(1 ファイル)")
MARKDOWN = Text("Markdown, for a ticket", "Markdown(チケット用)")
POSTMORTEM = Text("Post-mortem to fill in (Markdown)", "ポストモーテムのひな型(Markdown)")
JSON = Text("JSON, the same bytes as plegma diagnose -o json", "JSON(plegma diagnose -o json と同じ)")
DELETE = Text("Delete", "削除")
DELETE_HINT = Text("Deletes the report for everyone who has the link.", "リンクを持つ全員について、このレポートを削除する。")
REALLY = Text("Delete this case?", "この診断を削除しますか?")
AGAIN = Text("Diagnose something else", "別のものを診断する")
BACK = Text("All cases", "一覧")
LANGUAGE = Text("Language", "言語")
THEME = Text("Colours: light, dark or the system's", "配色: 明・暗・システム")
TO_CONTENT = Text("To the content", "本文へ")
TOKEN_TITLE = Text("This server asks for its token", "トークンが必要")
TOKEN_LEAD = Text("It was printed where `plegma serve` was started.", "`plegma serve` を起動した端末に表示されている。")
TOKEN = Text("Token", "トークン")
ENTER = Text("Enter", "入る")
WRONG_TOKEN = Text("That is not the token.", "トークンが違う。")
NOTHING = Text("Nothing was handed in: choose a file or paste text.", "何も渡されていない。ファイルを選ぶか、テキストを貼り付ける。")
TOO_LARGE = Text(
    "That is more than {0}, which this server takes at once. Hand in less, or start it with a larger --max-upload.",
    "一度に渡せる {0} を超えている。量を減らすか、--max-upload を大きくして起動する。",
)
TOO_MANY = Text(
    "The form could not be read: more than {0} files, or pasted text of more than {1}.",
    "フォームを読めなかった。{0} ファイル、または貼り付けたテキストが {1} を超えている。",
)
UNWRITABLE = Text(
    "The files could not be written: their names get in each other's way, or the disk is full.",
    "ファイルを書き込めなかった。名前が衝突しているか、ディスクの空きがない。",
)
BUSY = Text("Too many cases are waiting. Try again in a moment.", "待っている診断が多すぎる。しばらくして再度試す。")
TOO_SLOW = Text("The files did not arrive within {0} seconds.", "ファイルが {0} 秒以内に届かなかった。")
STALE = Text(
    "This form is too old: the server was started anew. Load the page again.",
    "フォームが古い。サーバーが再起動した。ページを再読み込みする。",
)
NOT_FOUND = Text("There is no such case. It may have been deleted.", "その診断は存在しない。削除された可能性がある。")
NOT_YOURS = Text("Only the browser that made a case can delete it.", "診断を削除できるのは、作成したブラウザーだけ。")
OOPS = Text("That did not work", "うまくいかなかった")
NO_SERVER = Text("The server does not answer.", "サーバーが応答しない。")
CHOSEN = Text("{0} files, {1}", "{0} ファイル、{1}")
