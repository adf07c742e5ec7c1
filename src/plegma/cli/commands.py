"""The commands, put together: one file for each; every one parses arguments, calls app and prints."""

from typing import Annotated

import typer

from plegma.cli.collect import collect
from plegma.cli.diagnose import deanonymise, diagnose
from plegma.cli.evaluate import evaluate
from plegma.cli.explain import explain
from plegma.cli.fix import fix, verify
from plegma.cli.inspect import inspect
from plegma.cli.lab import lab
from plegma.cli.modes import modes
from plegma.cli.options import EXIT_CODES
from plegma.cli.output import emit
from plegma.cli.rehearse import demo, play, quiz
from plegma.cli.schemas import schema
from plegma.cli.serve import serve

app = typer.Typer(
    name="plegma",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Root-cause diagnosis for Kubernetes pods and nodes, from whatever evidence you have.",
    epilog=EXIT_CODES,
)
for name, command in (
    ("diagnose", diagnose),
    ("collect", collect),
    ("inspect", inspect),
    ("explain", explain),
    ("modes", modes),
    ("eval", evaluate),
    ("serve", serve),
    ("fix", fix),
    ("verify", verify),
    ("deanonymise", deanonymise),
    ("schema", schema),
):
    app.command(name)(command)
lab.command("demo")(demo)
lab.command("play")(play)
lab.command("quiz")(quiz)
app.add_typer(lab, name="lab")


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.", is_eager=True)] = False) -> None:
    """Options that stand before a command."""
    if version:
        from plegma import __version__

        emit(f"plegma {__version__}\n")
        raise typer.Exit
