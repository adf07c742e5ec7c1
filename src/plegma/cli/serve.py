"""`plegma serve`."""

import os
from pathlib import Path

from plegma.cli import serve_options as given
from plegma.cli.option_groups import spread
from plegma.cli.options import UNREADABLE, USAGE
from plegma.cli.output import emit, fail

_PORT = 8642


@spread
def serve(
    folder: given.Folder = None,
    host: given.Host = "127.0.0.1",
    port: given.Port = _PORT,
    token: given.Token = False,
    names: given.Names = None,
    data: given.Data = None,
    upload: given.Upload = None,
    files: given.Files = None,
    timeout: given.Timeout = 180,
    workers: given.Workers = 1,
    bounds: given.ServedLimitOptions = given.UNBOUND,
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
