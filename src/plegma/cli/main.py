"""`plegma` and `kubectl plegma`: the entry point."""

import gc
import sys


def main() -> None:
    """Runs the command line; `--version` is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from plegma import __version__

        sys.stdout.write(f"plegma {__version__}\n")
        return
    gc.disable()  # records are made by the ten thousand and none of them is garbage; a run ends before it matters
    from plegma.cli.commands import app

    gc.enable()
    gc.set_threshold(100_000)

    app(prog_name="kubectl plegma" if "kubectl-plegma" in sys.argv[0] or "kubectl_plegma" in sys.argv[0] else "plegma")


if __name__ == "__main__":
    main()
