"""`plegma serve`."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from plegma.cli.limit_options import LimitOptions
from plegma.cli.option_groups import spread
from plegma.cli.options import UNREADABLE, USAGE, size
from plegma.cli.output import emit, fail

_PORT = 8642


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


_UNBOUND = ServedLimitOptions()


@spread
def serve(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", exists=True, file_okay=False, show_default=False)] = None,
    host: Annotated[str, typer.Option("--host", help="Address to bind to; any but loopback asks for a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = _PORT,
    token: Annotated[bool, typer.Option("--token", help="Ask for a token on loopback, too.")] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A host name that browsers call the server by; may be repeated.", show_default=False),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", file_okay=False, help="Where cases are kept; default: the user's data folder.", show_default=False
        ),
    ] = None,
    upload: Annotated[
        int | None, typer.Option("--max-upload", parser=size, metavar="SIZE", help="Bytes at once (default 512M).", show_default=False)
    ] = None,
    files: Annotated[int | None, typer.Option("--max-files", min=1, help="Files at once (default 2000).", show_default=False)] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one diagnosis may take.")] = 180,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Diagnoses at the same time.")] = 1,
    bounds: ServedLimitOptions = _UNBOUND,
) -> None:
    """Serve a web page that takes evidence and shows the report.

    DIR is a folder whose entries are offered as cases, too; then a token is asked for, since others on this machine
    could open them. Evidence is deleted when its diagnosis ends; reports are kept until they are deleted.

    Exit codes: 0 ended, 2 wrong usage, 3 the address or the data folder cannot be used.
    """
    try:
        from plegma.web.servers import DataInUseError, bound, is_loopback, new_token
        from plegma.web.servers import serve as run
        from plegma.web.settings import settings_of
    except ModuleNotFoundError as error:
        fail(f"the server needs {error.name}: pip install 'plegma[serve]'", USAGE)
    import sqlite3

    asks = token or folder is not None or not is_loopback(host)
    asked = {"upload": upload, "files": files, "timeout": timeout, "workers": workers}
    settings = settings_of(
        data or _data_folder(),
        folder.resolve() if folder else None,
        new_token() if asks else "",
        frozenset(names or ()),
        asked,
        bounds.asked(),
    )
    try:
        run(settings, bound(host, port), lambda address: _tell(address, is_loopback(host)))
    except DataInUseError as error:
        fail(f"another `plegma serve` works with {error}; name another folder with --data", UNREADABLE)
    except (OSError, sqlite3.Error) as error:
        fail(f"cannot serve: {error}; try another --port, --host or --data", UNREADABLE)


def _tell(address: str, loopback: bool) -> None:
    emit(f"plegma serves {address}\n")
    if not loopback:
        emit("The connection is not encrypted: prefer an SSH tunnel (ssh -L) to loopback, or put a TLS proxy before it.\n")
    emit("Ctrl-C ends it.\n")


def _data_folder() -> Path:
    """In the user's data folder, by the XDG Base Directory Specification."""
    base = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    return (base if base.is_absolute() else Path("~/.local/share").expanduser()) / "plegma" / "serve"
