"""The quiz in plain lines, for pipes, screen readers and tests: a command a line in, text out."""

from collections.abc import Callable, Iterable, Mapping

from plegma.app import quiz_words as words
from plegma.app.explanations import UnknownTopicError, explain
from plegma.app.mode_searches import modes_like
from plegma.app.quizzes import Quiz, judge, outputs_called, shortest
from plegma.cli.output import emit, emit_lines
from plegma.model.texts import Lang
from plegma.report.escapes import visible


def play_lines(quiz: Quiz, lang: Lang, lines: Iterable[str], prompt: bool) -> bool:
    """Answers line by line until the cause is named (True), or the learner quits or has no more to say (False)."""
    emit(f"{words.WELCOME.in_(lang)}\n{words.COMMANDS.in_(lang)}\n")
    _ask_on(prompt)
    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "quit":
            return False
        if word == "cause":
            if _answer(quiz, rest, lang):
                return True
        elif act := ACTS.get(word):
            act(quiz, rest, lang)
        else:
            _show(quiz, line.strip(), lang)
        _ask_on(prompt)
    return False


def _ask_on(prompt: bool) -> None:
    if prompt:
        emit("> ")


def _list(quiz: Quiz, _rest: str, _lang: Lang) -> None:
    emit("\n".join(words.output_rows(quiz)) + "\n")


def _show(quiz: Quiz, asked: str, lang: Lang) -> None:
    found = outputs_called(quiz, asked) if asked else []
    if len(found) == 1:
        output = quiz.ask(found[0])
        text = "\n".join(visible(line) for line in output.text.rstrip("\n").split("\n"))
        emit(f"$ {output.command}\n{text}\n{words.ASKED.in_(lang).format(count=len(quiz.asked))}\n")
    elif found:
        rows = words.output_rows(quiz)
        emit("\n".join([words.SEVERAL.in_(lang), *(rows[i] for i in found)]) + "\n")
    elif asked:
        emit(words.NO_OUTPUT.in_(lang) + "\n")


def _search(quiz: Quiz, rest: str, lang: Lang) -> None:
    found = modes_like(rest, quiz.catalog)
    emit("".join(f"{mode}: {quiz.catalog[mode].title.in_(lang)}\n" for mode in found) or words.NO_CAUSE.in_(lang) + "\n")


def _explain(quiz: Quiz, rest: str, lang: Lang) -> None:
    try:
        emit_lines(explain(rest, quiz.catalog, lang))
    except UnknownTopicError as error:
        emit(f"{error}\n")


def _answer(quiz: Quiz, rest: str, lang: Lang) -> bool:
    judged = judge(quiz, rest)
    if isinstance(judged, tuple):
        hint = [words.DID_YOU_MEAN.in_(lang), *judged] if judged else []
        emit("\n".join([words.NO_CAUSE.in_(lang), *hint]) + "\n")
        return False
    emit(words.THINKING.in_(lang) + "\n")
    emit_lines(words.judged_lines(quiz, judged, shortest(quiz), lang))
    return True


ACTS: Mapping[str, Callable[[Quiz, str, Lang], None]] = {"list": _list, "search": _search, "explain": _explain}
