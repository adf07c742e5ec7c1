"""Scanning alone: all signatures over bytes, against ripgrep with the same patterns, one processor each."""

import shutil
import subprocess
from pathlib import Path

from benchmarks import long_logs
from benchmarks.measuring import Bench, plegma, python, run, say

_SCAN = """
import sys
from plegma.app.catalogs import load_builtin
from plegma.evidence.read.evidence import log_patterns
from plegma.evidence.read.scan_cache import scanner
from plegma.evidence.read.line_blocks import line_blocks
from plegma.evidence.read.spans import content
found = scanner(log_patterns(load_builtin())())
with open(sys.argv[1], "rb", buffering=0) as log:
    print(sum(len(found.hits(content(block))) for block in line_blocks(log, 4 << 20)))
"""


def ripgrep(bench: Bench, log: Path) -> list[str]:
    """The peer's command line; the patterns are what `plegma modes --signatures` prints."""
    patterns = bench.folder / "signatures"
    if not patterns.exists():
        told = subprocess.run(plegma("modes", "--signatures"), capture_output=True, check=True, env=dict(bench.environment))
        patterns.write_bytes(told.stdout)
    return ["rg", "-j1", "-c", "-a", "--regex-size-limit=2G", "--dfa-size-limit=2G", "-f", str(patterns), str(log)]


def measure(bench: Bench) -> None:
    """At three densities as syslog, and the other carriers at one of them; both count lines."""
    if shutil.which("rg") is None:
        print("rg is not installed: scanning is not compared with `rg -c -f`")
        return
    cases = [(density, "syslog") for density in long_logs.DENSITIES] + [(long_logs.DENSITIES[1], c) for c in ("journal", "raw")]
    log = bench.folder / "scan.log"
    for density, carrier in cases:
        long_logs.write(log, bench.size, density, carrier)
        mine, theirs = python(_SCAN, str(log)), ripgrep(bench, log)
        run(mine, bench.environment)  # compiles the scanner, once
        _compare(_count(mine, bench), _count(theirs, bench))
        what = f"scan, {bench.size >> 20} MiB of {carrier}, {density:.1%} of lines / rg -c -f"
        say(what, run(mine, bench.environment, 1), run(theirs, bench.environment, 1), "at most 0.33 below 50 %")
    log.unlink()


def _compare(mine: int, theirs: int) -> None:
    """ripgrep takes `^` for the line's beginning where a message's is meant, so that it may find a few lines less, never more."""
    assert 0 <= mine - theirs <= theirs // 50, f"{mine} lines, ripgrep {theirs}"


def _count(command: list[str], bench: Bench) -> int:
    return int(subprocess.run(command, capture_output=True, check=True, env=dict(bench.environment)).stdout)
