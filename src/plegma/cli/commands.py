"""The commands, put together: one file for each; every one parses arguments, calls app and prints.

Only the command that is asked for is imported and built: every option of every command would take a tenth of a short run.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from plegma.cli.options import EXIT_CODES
from plegma.cli.output import emit

COMMANDS = {
    "diagnose": ("plegma.cli.diagnose", "diagnose"),
    "collect": ("plegma.cli.collect", "collect"),
    "inspect": ("plegma.cli.inspect", "inspect"),
    "explain": ("plegma.cli.explain", "explain"),
    "modes": ("plegma.cli.modes", "modes"),
    "eval": ("plegma.cli.evaluate", "evaluate"),
    "serve": ("plegma.cli.serve", "serve"),
    "fix": ("plegma.cli.fix", "fix"),
    "verify": ("plegma.cli.fix", "verify"),
    "deanonymise": ("plegma.cli.diagnose", "deanonymise"),
    "schema": ("plegma.cli.schemas", "schema"),
}
"""Each command with its module and its function there."""
GROUPS = {"lab": ("plegma.cli.rehearse", "lab")}
"""Each group of commands with its module and its `Typer` there."""


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The command line with the command that the arguments begin with, or with all when they begin with none (help, completion)."""
    app = typer.Typer(
        name="plegma",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Root-cause diagnosis for Kubernetes pods and nodes, from whatever evidence you have.",
        epilog=EXIT_CODES,
    )
    app.callback()(root)
    asked = set(arguments[:1]) & {*COMMANDS, *GROUPS} or {*COMMANDS, *GROUPS}
    for name, (module, function) in COMMANDS.items():
        if name in asked:
            app.command(name)(getattr(import_module(module), function))
    for name, (module, group) in GROUPS.items():
        if name in asked:
            app.add_typer(getattr(import_module(module), group), name=name)
    return app


def root(version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.", is_eager=True)] = False) -> None:
    """Options that stand before a command."""
    if version:
        from plegma import __version__

        emit(f"plegma {__version__}\n")
        raise typer.Exit
