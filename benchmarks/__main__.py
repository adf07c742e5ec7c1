"""`python -m benchmarks [--size 2G] [--times 10]`: prints ratios, and the peak of memory."""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import live_clusters, long_logs, virtual_times, web_pages
from benchmarks.measuring import best, plegma, python, run

_EXAMPLE = str(Path(__file__).parent.parent / "examples/fluentd-crashloop")
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "": 1}
_PATTERNS = r"""
import re
from plegma.knowledge.catalog import builtin
for pattern in sorted({s.pattern for m in builtin() for s in m.signatures if s.pattern and not s.reason}):
    print(re.sub(r"\\([^\w\s.^$*+?()\[\]{}|\\#&~/-])", r"\1", re.sub(r"\(\?P<\w+>", "(?:", pattern)))
"""
"""ripgrep puts all patterns into one: names would stand in it twice, and it refuses escapes that are not needed."""
_RIPGREP = ("rg", "-j1", "-c", "-a", "--regex-size-limit=2G", "--dfa-size-limit=2G")


def main() -> int:
    """Measures what starts, what a whole run takes, and what long logs take."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", type=_size, default=64 << 20, help="of the long logs, such as 64M or 2G")
    parser.add_argument("--times", type=int, default=10, help="runs of which the best counts")
    parser.add_argument("--cluster", type=_cluster, default=(500, 10_000), metavar="NODES:PODS", help="made cluster, such as 5000:100000")
    parser.add_argument("--lines", type=int, default=10_000, help="lines of evidence in the web page")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plegma-bench-") as folder:
        environment = _environment(folder)
        _short_runs(environment, arguments.times)
        _long_runs(environment, Path(folder), arguments.size)
        _live_runs(environment, Path(folder), *arguments.cluster)
        _page(environment, Path(folder), arguments.lines)
    for pace in virtual_times.paces():
        _say(f"{pace.name}: virtual / processor s", pace.virtual / pace.cpu, f"{pace.cpu:.1f} s, {pace.node_days:.0f} node-days")
    return 0


def _page(environment: Mapping[str, str], folder: Path, lines: int) -> None:
    """What a reader of a page with many lines waits for; in the browser's own milliseconds, which depend on the machine."""
    opened = web_pages.measure(lines, folder, environment)
    if opened is None:
        print("no Chromium is installed: the web page is not measured")
        return
    what = f"web page with {lines} lines of evidence"
    print(
        f"{what:60} {opened.size / 1e6:6.2f} MB   (made in {opened.making.cpu:.1f} s of processor time; "
        f"first paint {opened.painted:.0f} ms, lines there {opened.ready:.0f} ms, slowest filter {opened.filtered:.0f} ms, "
        f"to a far line {opened.followed:.0f} ms)",
        flush=True,
    )


def _environment(folder: str) -> Mapping[str, str]:
    """Caches of its own, and bytecode kept as it is for installed packages, so that a second run is like any user's."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"XDG_CACHE_HOME": f"{folder}/cache", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}


def _size(text: str) -> int:
    match = re.fullmatch(r"(\d+)([KMG]?)", text.upper())
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 64M or 2G")
    return int(match[1]) * _UNITS[match[2]]


def _cluster(text: str) -> tuple[int, int]:
    nodes, colon, pods = text.partition(":")
    if not (colon and nodes.isdecimal() and pods.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 5000:100000")
    return int(nodes), int(pods)


def _live_runs(environment: Mapping[str, str], folder: Path, nodes: int, pods: int) -> None:
    """What a large cluster takes: there is no ratio to anything here, but a bound of memory and a number of requests."""
    for what, asked in zip(("diagnose", "collect"), live_clusters.ask(nodes, pods, folder, environment), strict=True):
        took, size = asked.took, f"{nodes} nodes, {pods} pods: {what} --cluster"
        print(f"{size:60} {took.peak:6.0f} MiB at most 2048   ({asked.requests} requests, {took.cpu:.0f} s of processor time)", flush=True)


def _short_runs(environment: Mapping[str, str], times: int) -> None:
    commands = [plegma("diagnose", _EXAMPLE), python("import rich, typer"), plegma("--version"), python("pass")]
    whole, imports, version, nothing = best(commands, environment, times)
    _say(
        "whole diagnosis / import rich, typer",
        whole.seconds / imports.seconds,
        f"at most 4; processor time {whole.cpu / imports.cpu:.2f}; peak {whole.peak:.0f} MiB",
    )
    _say("plegma --version / python -c pass", version.seconds / nothing.seconds, f"peak {version.peak:.0f} MiB")


def _long_runs(environment: Mapping[str, str], folder: Path, size: int) -> None:
    plain, packed = folder / "kubelet.log", folder / "kubelet.log.gz"
    long_logs.write(plain, size)
    reference = run(["wc", "-l", str(plain)], environment)
    _warm_up(environment, folder)
    read = run(plegma("diagnose", str(plain)), environment)
    _say(f"{size >> 20} MiB log / wc -l", read.seconds / reference.seconds, _pace(size, read.seconds, read.peak))
    _against_ripgrep(environment, folder, plain, size, read.seconds)
    plain.unlink()
    long_logs.write(packed, size)
    unpacked = run(["gzip", "-dc", str(packed)], environment)
    read = run(plegma("diagnose", str(packed)), environment)
    _say(f"{size >> 20} MiB in .gz / gzip -dc", read.seconds / unpacked.seconds, _pace(size, read.seconds, read.peak))


def _warm_up(environment: Mapping[str, str], folder: Path) -> None:
    """The first long log of all compiles the scanner, which is then kept."""
    small = folder / "small.log"
    long_logs.write(small, 16 << 20)
    first, second = (run(plegma("diagnose", str(small)), environment) for _ in range(2))
    _say("first long log / second (the scanner is compiled once)", first.seconds / second.seconds, f"peak {first.peak:.0f} MiB")


def _against_ripgrep(environment: Mapping[str, str], folder: Path, log: Path, size: int, seconds: float) -> None:
    if shutil.which("rg") is None:
        print("rg is not installed: scanning is not compared with `rg -c -f`")
        return
    import subprocess

    patterns = folder / "patterns"
    patterns.write_text(subprocess.run(python(_PATTERNS), capture_output=True, text=True, check=True).stdout)
    other = run([*_RIPGREP, "-f", str(patterns), str(log)], environment)
    _say(f"{size >> 20} MiB log / rg -c -f with the same patterns", seconds / other.seconds, _pace(size, other.seconds, other.peak, "rg: "))


def _pace(size: int, seconds: float, peak: float, who: str = "") -> str:
    return f"{who}{size / seconds / (1 << 20):.0f} MiB/s, peak {peak:.0f} MiB"


def _say(what: str, ratio: float, more: str) -> None:
    print(f"{what:60} {ratio:6.2f}   ({more})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
