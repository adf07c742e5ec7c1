"""What starting costs, against the start of what every Python tool starts with."""

from pathlib import Path

from benchmarks.measuring import Bench, best, plegma, python, say

_EXAMPLE = str(Path(__file__).parent.parent / "examples/fluentd-crashloop")


def measure(bench: Bench) -> None:
    """A whole diagnosis of a short case, the version and the help."""
    commands = [
        plegma("diagnose", _EXAMPLE), python("import rich, typer"), plegma("--version"), python("pass"),
        plegma("--help"), python("import typer"),
    ]  # fmt: skip
    whole, imports, version, nothing, asked, typer = best(commands, bench.environment, bench.times)
    say("whole diagnosis / import rich, typer", whole, imports, "at most 4", f"peak {whole.peak:.0f} MiB")
    say("plegma --version / python -c pass", version, nothing, "at most 3")
    say("plegma --help / import typer", asked, typer, "at most 1.5")
