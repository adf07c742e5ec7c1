"""`plegma lab play`: a cluster in virtual time to watch, to break and to mend."""

from collections.abc import Iterable
from typing import Any, ClassVar

from rich.text import Text as Cell
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from plegma.app import session_views as views
from plegma.app.catalogs import load_builtin
from plegma.app.explanations import UnknownTopicError, explain
from plegma.app.rehearsals import Rehearsal, diagnosis_now
from plegma.cli.screens.overlays import Choosing, Reading
from plegma.cli.screens.panels import Table, Tail, plain_colours
from plegma.knowledge.catalog import builtin
from plegma.lab.sessions import advance, apply, apply_everywhere, inject, lift_fault, step
from plegma.model.texts import Lang, Text
from plegma.report.escapes import visible
from plegma.report.lines import Line
from plegma.report.outlines import outline

TICK = 0.25
SPEEDS = (1, 10, 60, 600, 3600, 20_000, 100_000)
WIDE = 120
TITLES = {
    "nodes": Text("Nodes", "ノード"), "pods": Text("Pods", "Pod"), "runtime": Text("Sandboxes and containers", "sandbox とコンテナ"),
    "events": Text("Events", "イベント"), "log": Text("kubelet log", "kubelet のログ"),
}  # fmt: skip
KEYS = Text(
    "space pause  s step  + - speed  tab panel  i inject  l lift  r remedy\n"
    "v does it hold?  d diagnose  e explain this panel  j 日本語  q quit",
    "space 停止/再開  s 1 歩  + - 速さ  tab パネル  i 障害  l 除去  r 対処\nv 効果は続くか  d 診断  e このパネルの説明  j English  q 終了",
)
INJECT = Text("Inject a fault", "障害を注入")
LIFT = Text("Lift a fault", "障害を取り除く")
REMEDY = Text("Apply a remedy (to the chosen node or pod)", "対処(選択中のノード・Pod に)")
TRIALS = Text("Does it hold?", "効果は続くか")
DIAGNOSIS = Text("plegma's diagnosis of what can be seen now", "今見えるものに対する plegma の診断")


class PlayApp(App[None]):
    """`speed`: virtual seconds to a second; `rehearsal` starts where it stands, paused."""

    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 textual declares no ClassVar here
    CSS = """
    #title, #trial { height: 1; } #title { text-style: bold; } #keys { height: 2; }
    #panels { height: 1fr; }
    Table, Tail { border-top: solid; border-title-style: bold; height: 1fr; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; }
    Table:focus, Tail:focus { border-top: heavy; border-title-style: bold reverse; height: 2fr; }
    .-wide #panels { layout: grid; grid-size: 2 3; }
    .-wide Table, .-wide Tail { height: 100%; }
    .-wide #nodes { column-span: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "pause"),
        Binding("s", "step", "step"),
        Binding("plus,equals_sign", "speed(1)", "faster"),
        Binding("minus", "speed(-1)", "slower"),
        Binding("i", "inject", "inject"),
        Binding("l", "lift", "lift"),
        Binding("r", "remedy", "remedy"),
        Binding("v", "trials", "holds?"),
        Binding("d", "diagnose", "diagnose"),
        Binding("e", "explain", "explain"),
        Binding("j", "language", "日本語/English"),
        Binding("q", "quit", "quit"),
    ]

    def __init__(self, rehearsal: Rehearsal, lang: Lang, speed: int = 60, paused: bool = True) -> None:
        super().__init__(ansi_color=plain_colours())
        self.rehearsal = rehearsal
        self.lang: Lang = lang
        self.speed = speed
        self.paused = paused

    def compose(self) -> ComposeResult:
        """The title, five panels, the last remedy, and the keys."""
        yield Static(id="title", markup=False)
        with Container(id="panels"):
            yield Table(TITLES["nodes"].in_(self.lang), views.NODES, id="nodes")
            yield Table(TITLES["pods"].in_(self.lang), views.PODS, id="pods")
            yield Table(TITLES["runtime"].in_(self.lang), views.RUNTIME, id="runtime")
            yield Table(TITLES["events"].in_(self.lang), views.EVENTS, id="events")
            yield Tail(TITLES["log"].in_(self.lang), id="log")
        yield Static(id="trial", markup=False)
        yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Shows the start, and lets time run."""
        self.query_one("#nodes", Table).focus()
        self.refresh_views()
        self.set_interval(TICK, self.run_on)

    def run_on(self) -> None:
        """One tick of real time."""
        if not self.paused and not isinstance(self.screen, Reading | Choosing):
            advance(self.rehearsal.session, self.speed * TICK)
            self.refresh_views()

    def refresh_views(self) -> None:
        """Shows the session as it stands."""
        if isinstance(self.screen, Reading | Choosing):
            return
        nodes = self.query_one("#nodes", Table)
        nodes.show(views.node_rows(self.rehearsal))
        self.query_one("#pods", Table).show(views.pod_rows(self.rehearsal))
        self.query_one("#runtime", Table).show(views.runtime_rows(self.rehearsal, nodes.selected()))
        self.query_one("#events", Table).show(views.event_rows(self.rehearsal))
        self.query_one("#log", Tail).show(views.log_rows(self.rehearsal, nodes.selected()))
        for name in ("runtime", "log"):
            self.query_one(f"#{name}").border_title = f"{TITLES[name].in_(self.lang)}: {visible(nodes.selected())}"
        self.query_one("#title", Static).update(Cell(views.title_line(self.rehearsal, self.speed, self.paused, self.lang)))
        self.query_one("#trial", Static).update(Cell(views.trial_lines(self.rehearsal, self.lang)[0], no_wrap=True))
        self.query_one("#keys", Static).update(Cell(KEYS.in_(self.lang)))

    def on_data_table_row_highlighted(self) -> None:
        """Another node's runtime and log."""
        self.call_after_refresh(self.refresh_views)

    def action_pause(self) -> None:
        """Stops time, or lets it run on."""
        self.paused = not self.paused
        self.refresh_views()

    def action_step(self) -> None:
        """Plays the next thing that is to happen."""
        self.paused = True
        step(self.rehearsal.session)
        self.refresh_views()

    def action_speed(self, by: int) -> None:
        """The next faster or slower pace."""
        near = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self.speed))
        self.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, near + by))]
        self.refresh_views()

    def action_inject(self) -> None:
        """A fault strikes now."""
        self.push_screen(Choosing(INJECT.in_(self.lang), views.fault_choices(self.rehearsal)), self._act(inject))

    def action_lift(self) -> None:
        """A fault ends now, by itself."""
        self.push_screen(Choosing(LIFT.in_(self.lang), views.standing_choices(self.rehearsal)), self._act(lift_fault))

    def action_remedy(self) -> None:
        """A remedy is applied now, and is watched from then on."""
        self.push_screen(Choosing(REMEDY.in_(self.lang), views.remedy_choices(self.lang)), self._act(self._mend))

    def _act(self, act: Any) -> Any:
        def chosen(name: str | None) -> None:
            if name:
                try:
                    act(self.rehearsal.session, name)
                except (KeyError, ValueError) as error:  # the pod has gone, the fault has come: said, and nothing done
                    self.notify(str(error), severity="warning", markup=False)
            self.refresh_views()

        return chosen

    def _mend(self, session: Any, name: str) -> None:
        if name.endswith("*"):
            apply_everywhere(session, name[:-1])
        else:
            apply(session, name, node=self.query_one("#nodes", Table).selected(), pod=self.query_one("#pods", Table).selected())

    def action_trials(self) -> None:
        """Every remedy so far, with what was unwell before the last one and what is now."""
        lines = [*views.comparison(self.rehearsal, self.lang), "", *views.trial_lines(self.rehearsal, self.lang)]
        self._read(TRIALS, [Line(0, "plain", line) for line in lines])

    def action_diagnose(self) -> None:
        """plegma's answer to the evidence as it is now."""
        found = diagnosis_now(self.rehearsal, load_builtin())
        self._read(DIAGNOSIS, outline(found, self.lang, verbose=False))

    def action_explain(self) -> None:
        """`plegma explain` for what the focused panel shows."""
        panel = self.focused
        name = panel.id if isinstance(panel, Table | Tail) and panel.id else "nodes"
        row = panel.row() if isinstance(panel, Table) else ()
        lines: list[Line] = []
        for topic in views.topics_of(name, row):
            try:
                lines += [*([Line(0, "plain", "")] if lines else []), *explain(topic, builtin(), self.lang)]
            except UnknownTopicError:  # not every reason of an event has a page; the panel's own concept has one
                continue
        self._read(TITLES[name], lines)

    def action_language(self) -> None:
        """English or Japanese from now on."""
        self.lang = "en" if self.lang == "ja" else "ja"
        for name, title in TITLES.items():
            self.query_one(f"#{name}").border_title = title.in_(self.lang)
        self.refresh_views()

    def _read(self, title: Text, lines: Iterable[Line]) -> None:
        self.push_screen(Reading(title.in_(self.lang), lines))
