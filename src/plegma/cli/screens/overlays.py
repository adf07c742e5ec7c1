"""Screens over the view: a text to read, and a list to choose from."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.text import Text as Cell
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from plegma.report.lines import Line
from plegma.report.terminal import to_text

_WIDE = 0.96
_FRAME = 5


class Reading(ModalScreen[None]):
    """A page of text; up and down scroll, escape leaves."""

    CSS = "Reading { align: center middle; } Reading VerticalScroll { width: 96%; height: 92%; border: round; background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "back")]

    def __init__(self, title: str, lines: Iterable[Line]) -> None:
        super().__init__()
        self._title = title
        self._lines = list(lines)

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with VerticalScroll() as page:
            page.border_title = self._title
            page.border_subtitle = "esc"
            text = to_text(self._lines, int(self.app.size.width * _WIDE) - _FRAME, False)
            yield Static(Cell(text), markup=False)

    def on_mount(self) -> None:
        """Keys scroll at once."""
        self.query_one(VerticalScroll).focus()


class Choosing(ModalScreen[str]):
    """A list to choose from: type to narrow it, up and down, enter; escape chooses nothing (an empty string)."""

    CSS = (
        "Choosing { align: center middle; } Choosing > VerticalScroll { width: 92%; height: 88%; border: round; background: $background; }"
        " Choosing OptionList { height: 1fr; border: none; } Choosing Input { height: 1; border: none; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "nothing", "back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A line to type in, and the list below it."""
        with VerticalScroll(can_focus=False) as box:
            box.border_title = self._title
            box.border_subtitle = "enter, esc"
            yield Input(placeholder="...", compact=True)
            yield OptionList()

    def on_mount(self) -> None:
        """All choices at first."""
        self._narrow("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keeps the choices that hold all words."""
        self._narrow(event.value)

    def on_input_submitted(self) -> None:
        """Enter chooses the marked one."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss(str(listed.get_option_at_index(listed.highlighted).id))

    def action_move(self, by: int) -> None:
        """Up and down move the mark while the typing goes on above."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            listed.highlighted = ((listed.highlighted or 0) + by) % listed.option_count

    def action_nothing(self) -> None:
        """Leaves without a choice."""
        self.dismiss("")

    def _narrow(self, words: str) -> None:
        wanted = words.lower().split()
        listed = self.query_one(OptionList)
        listed.clear_options()
        fit = [(key, label) for key, label in self._choices if all(word in label.lower() for word in wanted)]
        listed.add_options([Option(Cell(label), id=key) for key, label in fit])
        listed.highlighted = 0 if fit else None
