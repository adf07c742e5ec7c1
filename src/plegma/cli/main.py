"""`plegma` and `kubectl plegma`: the entry point."""

import gc
import os
import sys


def main() -> None:
    """Runs the command line; `--version` is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from plegma import __version__

        sys.stdout.write(f"plegma {__version__}\n")
        return
    gc.disable()  # records are made by the ten thousand and none of them is garbage; a run ends before it matters
    from plegma.cli.commands import app_for

    app = app_for(sys.argv[1:])
    gc.enable()
    gc.freeze()
    gc.set_threshold(500_000)
    app(prog_name="kubectl plegma" if "kubectl-plegma" in sys.argv[0] or "kubectl_plegma" in sys.argv[0] else "plegma")


def entry() -> None:
    """What the console scripts call: `main`, and a quick end."""
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int | None):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    """Ends at once: taking down every record one by one takes a tenth of a short run (mypy does the same)."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    os._exit(code)


if __name__ == "__main__":
    entry()
