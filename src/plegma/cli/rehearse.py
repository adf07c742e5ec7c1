"""`plegma lab demo`, `play` and `quiz`: faults to watch, to mend and to find."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.lab import Version, lab
from plegma.cli.options import USAGE, Lang_
from plegma.cli.output import emit_lines, fail, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plegma.report.lines import Line

Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same cluster.")]
Profile_ = Annotated[Version | None, typer.Option("--profile", help="Kubelet version.", show_default=False)]


def demo(seed: Seed = 1, lang: Lang_ = None) -> None:
    """Play the memo, break it, mend it for now and for good, and print the before and after (some 15 s).

    Exit codes: 0 played, 2 wrong usage.
    """
    from plegma.app.demos import demo

    for stage in _stages(demo(seed, language(lang))):
        emit_lines(stage)


def _stages(lines: "Iterable[Line]") -> "Iterator[list[Line]]":
    """The lines from heading to heading, so that each stage is shown as soon as it was played."""
    stage: list[Line] = []
    for line in lines:
        if line.style == "heading" and stage:
            yield stage
            stage = []
        stage.append(line)
    yield stage


def quiz(
    scenario: Annotated[str | None, typer.Argument(show_default=False)] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed gives the same quiz.", show_default=False)] = None,
    profile: Profile_ = None,
    plain: Annotated[bool, typer.Option("--plain", help="Lines in, lines out; so when standard input is no terminal.")] = False,
    lang: Lang_ = None,
) -> None:
    """Find an unknown fault: ask for outputs one by one, name the cause, and see the shortest path to it.

    SCENARIO chooses one of `plegma lab list`; without it the seed does, and without a seed chance.

    Exit codes: 0 a cause was named, 2 wrong usage, 4 ended before one was.
    """
    from plegma.app.quizzes import open_quiz
    from plegma.cli.options import INSUFFICIENT

    check_scenario(scenario)
    try:
        opened = open_quiz(_any_seed() if seed is None else seed, scenario, profile.value if profile else None)
    except ValueError as error:
        fail(str(error), USAGE)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from plegma.cli.quiz_lines import play_lines

        named = play_lines(opened, language(lang), sys.stdin, sys.stdin.isatty())
    else:
        need_textual()
        from plegma.cli.screens.quiz_app import QuizApp

        named = bool(QuizApp(opened, language(lang)).run())
    if not named:
        raise typer.Exit(INSUFFICIENT)


def play(
    scenario: Annotated[str, typer.Argument(show_default=False)],
    seed: Seed = 1,
    profile: Profile_ = None,
    speed: Annotated[int, typer.Option("--speed", min=1, max=100_000, help="Virtual seconds to a second.")] = 60,
    at: Annotated[float, typer.Option("--at", min=0, help="Days of virtual time to play before the view opens.")] = 0.0,
    lang: Lang_ = None,
) -> None:
    """Watch a scenario as virtual time runs; break it, mend it, and see whether it holds.

    SCENARIO is one of `plegma lab list`; `healthy` has no fault of its own.

    Exit codes: 0 played, 2 wrong usage.
    """
    from plegma.app.rehearsals import open_rehearsal

    check_scenario(scenario)
    need_textual()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        fail("the view needs a terminal; `plegma lab run` writes a scenario's evidence, `plegma lab quiz --plain` works in pipes", USAGE)
    try:
        rehearsal = open_rehearsal(scenario, seed, profile.value if profile else None)
    except ValueError as error:
        fail(str(error), USAGE)
    from plegma.cli.screens.play_app import PlayApp
    from plegma.lab.sessions import advance

    if at:
        advance(rehearsal.session, at * 86400)
    PlayApp(rehearsal, language(lang), speed).run()


def _any_seed() -> int:
    from random import SystemRandom

    return SystemRandom().randrange(1_000_000)


def check_scenario(name: str | None) -> None:
    """Ends with USAGE for a scenario that there is not."""
    from plegma.lab.scenarios import scenarios

    if name is not None and name not in scenarios():
        fail(f"no scenario {name}; `plegma lab list` lists them", USAGE)


def need_textual() -> None:
    """Ends with USAGE where the extra `play` is not installed."""
    from importlib.util import find_spec

    if find_spec("textual") is None:
        fail("the terminal view needs textual; install it with: pip install 'plegma[play]' (the quiz works without it: --plain)", USAGE)


for name, command in (("demo", demo), ("play", play), ("quiz", quiz)):
    lab.command(name)(command)
