"""Options of `plegma serve`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from plegma.cli.limit_options import LimitOptions
from plegma.cli.options import size

Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", exists=True, file_okay=False, show_default=False)]
Host = Annotated[str, typer.Option("--host", help="Address to bind to; any but loopback asks for a token.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")]
Token = Annotated[bool, typer.Option("--token", help="Ask for a token on loopback, too.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="HOST", help="A host name that browsers call the server by; may be repeated.", show_default=False),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", file_okay=False, help="Where cases are kept; default: the user's data folder.", show_default=False
    ),
]
Upload = Annotated[
    int | None, typer.Option("--max-upload", parser=size, metavar="SIZE", help="Bytes at once (default 512M).", show_default=False)
]
Files = Annotated[int | None, typer.Option("--max-files", min=1, help="Files at once (default 2000).", show_default=False)]
Timeout = Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one diagnosis may take.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Diagnoses at the same time.")]


@dataclass(frozen=True, slots=True)
class ServedLimitOptions(LimitOptions):
    """The same options with the smaller bounds that a server starts from."""

    max_members: Annotated[
        int | None, typer.Option("--max-members", min=1, help="Files unpacked in all (default 20000).", show_default=False)
    ] = None
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", parser=size, metavar="SIZE", help="Bytes unpacked in all (default 8G).", show_default=False)
    ] = None
    max_member_bytes: Annotated[
        int | None,
        typer.Option(
            "--max-member-bytes", parser=size, metavar="SIZE", help="Bytes unpacked of one file (default 4G).", show_default=False
        ),
    ] = None


UNBOUND = ServedLimitOptions()
