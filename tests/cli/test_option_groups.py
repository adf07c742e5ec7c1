"""Options declared once and spread into commands."""

import inspect
from dataclasses import dataclass
from typing import Annotated

import typer
from typer.testing import CliRunner

from plegma.cli.option_groups import spread


@dataclass(frozen=True)
class Where:
    """A group."""

    far: Annotated[bool, typer.Option("--far")] = False
    name: Annotated[str, typer.Option("--name", "-n", help="Whose.")] = "me"


HERE = Where()
told: list[object] = []


@spread
def command(paths: Annotated[list[str] | None, typer.Argument()] = None, where: Where = HERE, count: int = 1) -> None:
    """Says it."""
    told.append((paths, where, count))


def test_a_group_becomes_its_options_in_their_place() -> None:
    assert list(inspect.signature(command).parameters) == ["paths", "far", "name", "count"]


def test_the_command_gets_the_group_as_one() -> None:
    app = typer.Typer()
    app.command()(command)
    result = CliRunner().invoke(app, ["a", "b", "--far", "-n", "you", "--count", "3"])
    assert result.exit_code == 0, result.output
    assert told == [(["a", "b"], Where(True, "you"), 3)]
