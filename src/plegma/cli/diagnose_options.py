"""Options of `plegma diagnose`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plegma.cli.options import Format


class Level(StrEnum):
    """Confidence words, for --fail-on."""

    confirmed = "confirmed"
    likely = "likely"
    possible = "possible"


Output = Annotated[Format, typer.Option("--output", "-o", help="text, json, md or html.")]
Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", dir_okay=False, help="Write the report as one web page, too.", show_default=False),
]
Postmortem = Annotated[bool, typer.Option("--postmortem", help="With -o md: a post-mortem to fill in, with timeline.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="All lines, all hypotheses, clocks and inputs.")]
FailOn = Annotated[
    Level | None, typer.Option("--fail-on", help="Exit 1 when a problem of at least this confidence is found.", show_default=False)
]
Anonymise = Annotated[bool, typer.Option("--anonymise", help="Pseudonyms for names, addresses and ids.")]
Names = Annotated[Path, typer.Option("--map", metavar="FILE", help="Where --anonymise keeps what its pseudonyms stand for.")]
