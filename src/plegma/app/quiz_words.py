"""What the quiz says, in both languages: the same words for the terminal view and for plain lines."""

from collections.abc import Iterator

from plegma.app.quizzes import NO_FAULT, Judged, Quiz, Shortest, Verdict
from plegma.model.texts import Lang, Text
from plegma.report.lines import Line

WELCOME = Text(
    "Something may be wrong in this cluster. Ask for outputs, then name the cause.",
    "このクラスターには異常があるかもしれない。出力を求め、原因を答えよう。",
)
COMMANDS = Text(
    "list | NUMBER or COMMAND: show an output | search WORDS: find causes | explain TOPIC | cause ID (or no-fault): answer | quit",
    "list | 番号またはコマンド: 出力を見る | search 語: 原因を探す | explain 用語 | cause ID(異常がなければ no-fault): 答える | quit",
)
ASKED = Text("outputs asked for: {count}", "見た出力: {count}")
NO_OUTPUT = Text("no output is called so; `list` names all", "そのような出力はない。`list` で一覧")
SEVERAL = Text("several outputs fit:", "該当する出力が複数ある:")
NO_CAUSE = Text("no failure mode is called so; `search WORDS` finds them", "その名前の障害モードはない。`search 語` で探せる")
DID_YOU_MEAN = Text("did you mean:", "もしかして:")
VERDICTS = {
    Verdict.right: Text("RIGHT: {guess} is the cause.", "正解: 原因は {guess}。"),
    Verdict.acceptable: Text("ACCEPTABLE: {guess} can be said of this; the true cause is {truth}.",
                             "許容: {guess} とも言える。真の原因は {truth}。"),
    Verdict.symptom: Text("WRONG: {guess} is what a cause leads to. The true cause is {truth}.",
                          "不正解: {guess} は原因から生じる結果。真の原因は {truth}。"),
    Verdict.wrong: Text("WRONG: it is not {guess}. The true cause is {truth}.", "不正解: {guess} ではない。真の原因は {truth}。"),
}  # fmt: skip
ALSO = Text("There is more than one fault: {truth}.", "障害は複数ある: {truth}。")
SCORE = Text("You asked for {asked} outputs; the shortest path has {shortest}.", "見た出力は {asked}、最短経路は {shortest}。")
PATH = Text(
    "The shortest path to it (none of these can be left out for plegma to name {causes}):",
    "最短経路(plegma が {causes} と答えるのにどれも省けない):",
)
THINKING = Text("looking for the shortest path ...", "最短経路を計算中 ...")
NO_PATH = Text(
    "plegma itself names the cause from none of these outputs, not even from all of them: at most as possible.",
    "plegma 自身も、すべての出力からでさえこの原因を「可能性あり」より確かには言えない。",
)


def judged_lines(quiz: Quiz, judged: Judged, path: Shortest, lang: Lang) -> Iterator[Line]:
    """The answer to an answer: right or not, the score, and the shortest path."""
    truth = ", ".join(quiz.truth)
    yield Line(
        0, "good" if judged.verdict is Verdict.right else "warn", VERDICTS[judged.verdict].in_(lang).format(guess=judged.guess, truth=truth)
    )
    if len(quiz.truth) > 1:
        yield Line(1, "plain", ALSO.in_(lang).format(truth=truth))
    for cause in quiz.truth:
        if cause in quiz.catalog:
            yield Line(1, "plain", f"{cause}: {quiz.catalog[cause].title.in_(lang)}")
    if not path.outputs:
        yield Line(1, "plain", NO_PATH.in_(lang))
        return
    yield Line(1, "plain", SCORE.in_(lang).format(asked=len(quiz.asked), shortest=len(path.outputs)))
    yield Line(1, "plain", PATH.in_(lang).format(causes=", ".join(path.causes) or NO_FAULT))
    for output in path.outputs:
        yield Line(2, "command", output.command)


def output_rows(quiz: Quiz) -> list[str]:
    """The list of outputs: number, command, and a mark at those that were asked for."""
    return [f"{number:>3} {'*' if number - 1 in quiz.asked else ' '} {output.command}" for number, output in enumerate(quiz.outputs, 1)]
