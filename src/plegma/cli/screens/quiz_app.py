"""`plegma lab quiz` as a terminal view: outputs to ask for, and the cause to name."""

from typing import ClassVar

from rich.text import Text as Cell
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from plegma.app import quiz_words as words
from plegma.app.explanations import explain
from plegma.app.quizzes import NO_FAULT, Judged, Quiz, judge, shortest
from plegma.cli.screens.overlays import Choosing, Reading
from plegma.cli.screens.panels import plain_colours
from plegma.knowledge import glossary
from plegma.model.texts import Lang, Text
from plegma.report.escapes import visible

WIDE = 120
KEYS = Text(
    "enter show it  tab other panel  c name the cause  e explain a thing  q quit",
    "enter 出力を見る  tab もう一方のパネル  c 原因を答える  e 用語の説明  q 終了",
)
OUTPUTS = Text("Outputs", "出力")
CAUSE = Text("The cause (type to search)", "原因(入力して検索)")
EXPLAIN = Text("What is it? (type to search)", "用語(入力して検索)")
NOTHING_WRONG = Text("nothing is wrong", "異常はない")
ANSWER = Text("Answer", "答え")


class QuizApp(App[bool]):
    """Ends with True when a cause was named."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 textual declares no ClassVar here
    CSS = """
    #title, #keys { height: 1; } #title { text-style: bold; }
    #panels { height: 1fr; } .-wide #panels { layout: horizontal; }
    #outputs, #shown { border: none; border-top: solid; height: 1fr; scrollbar-size-vertical: 1; }
    #outputs:focus, #shown:focus { border: none; border-top: heavy; border-title-style: bold reverse; }
    #shown:focus { height: 2fr; } .-wide #shown { height: 1fr; width: 2fr; } .-wide #outputs { width: 1fr; }
    #text { width: auto; } #shown { overflow-x: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "cause", "cause"),
        Binding("e", "explain", "explain"),
        Binding("q", "quit", "quit"),
    ]

    def __init__(self, quiz: Quiz, lang: Lang) -> None:
        super().__init__(ansi_color=plain_colours())
        self.quiz = quiz
        self.lang: Lang = lang

    def compose(self) -> ComposeResult:
        """What it is about, the outputs, the one that is shown, and the keys."""
        yield Static(id="title", markup=False)
        with Container(id="panels"):
            yield OptionList(id="outputs")
            with VerticalScroll(id="shown", can_focus=True):
                yield Static(Cell(words.WELCOME.in_(self.lang)), id="text", markup=False)
        yield Static(Cell(KEYS.in_(self.lang)), id="keys", markup=False)

    def on_mount(self) -> None:
        """All outputs, none of them asked for."""
        listed = self.query_one("#outputs", OptionList)
        listed.border_title = OUTPUTS.in_(self.lang)
        listed.add_options([Option(Cell(row, no_wrap=True)) for row in words.output_rows(self.quiz)])
        listed.highlighted = 0
        listed.focus()
        self._title()

    def _title(self) -> None:
        self.query_one("#title", Static).update(Cell(words.ASKED.in_(self.lang).format(count=len(self.quiz.asked))))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Shows the output that is asked for, and counts it."""
        output = self.quiz.ask(event.option_index)
        text = "\n".join(visible(line) for line in output.text.split("\n"))
        shown = self.query_one("#shown", VerticalScroll)
        shown.border_title = visible(output.command)
        shown.scroll_home(animate=False)
        self.query_one("#text", Static).update(Cell(text, no_wrap=True))
        rows = words.output_rows(self.quiz)
        event.option_list.replace_option_prompt_at_index(event.option_index, Cell(rows[event.option_index], no_wrap=True))
        self._title()

    def action_cause(self) -> None:
        """Asks for the cause."""
        choices = [(NO_FAULT, f"{NO_FAULT}: {NOTHING_WRONG.in_(self.lang)}")]
        choices += [(mode.id, f"{mode.id}: {mode.title.in_(self.lang)}") for mode in self.quiz.catalog]
        self.push_screen(Choosing(CAUSE.in_(self.lang), choices), self._named)

    def _named(self, cause: str | None) -> None:
        judged = judge(self.quiz, cause) if cause else None
        if isinstance(judged, Judged):
            self.notify(words.THINKING.in_(self.lang), markup=False)
            self.run_worker(lambda: self._solve(judged), thread=True)

    def _solve(self, judged: Judged) -> None:
        lines = list(words.judged_lines(self.quiz, judged, shortest(self.quiz), self.lang))
        self.call_from_thread(self.push_screen, Reading(ANSWER.in_(self.lang), lines), lambda _: self.exit(True))

    def action_explain(self) -> None:
        """Asks what is to be explained."""
        choices = [(concept.id, f"{concept.id}: {concept.title.in_(self.lang)}") for concept in glossary.builtin()]
        self.push_screen(Choosing(EXPLAIN.in_(self.lang), choices), self._explained)

    def _explained(self, topic: str | None) -> None:
        if topic:
            self.push_screen(Reading(topic, explain(topic, self.quiz.catalog, self.lang)))
