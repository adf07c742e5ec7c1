"""`plegma` and `kubectl plegma`: the entry point."""

import sys


def main() -> None:
    """Runs the command line; `--version` is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from plegma import __version__

        sys.stdout.write(f"plegma {__version__}\n")
        return
    from plegma.cli.commands import app

    app(prog_name="kubectl plegma" if "kubectl-plegma" in sys.argv[0] or "kubectl_plegma" in sys.argv[0] else "plegma")


if __name__ == "__main__":
    main()
