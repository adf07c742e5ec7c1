"""`python -m benchmarks [--only starts,scans,...] [--size 1G]`: prints ratios to named peers of the same run, and memory."""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import diagnoses, engines, fleets, lists, live_clusters, scans, starts, virtual_times, web_pages
from benchmarks.measuring import Bench

_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "": 1}
SECTIONS: Mapping[str, Callable[[Bench], None]] = {
    "starts": starts.measure,
    "scans": scans.measure,
    "diagnoses": diagnoses.measure,
    "lists": lists.measure,
    "engines": engines.measure,
    "fleets": fleets.measure,
    "live": live_clusters.measure,
    "pages": web_pages.tell_all,
    "labs": virtual_times.tell_all,
}


def main() -> int:
    """Measures the sections that are asked for, all by default."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, with commas between")
    parser.add_argument("--size", type=_size, default=64 << 20, help="of the long logs, such as 64M or 1G")
    parser.add_argument("--times", type=int, default=10, help="short runs of which the best counts")
    parser.add_argument("--cluster", type=_cluster, default=(500, 10_000), metavar="NODES:PODS", help="made cluster, such as 5000:100000")
    parser.add_argument("--lines", type=int, default=10_000, help="lines of evidence in the web page")
    given = parser.parse_args()
    wanted = given.only.split(",")
    if unknown := [name for name in wanted if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    with tempfile.TemporaryDirectory(prefix="plegma-bench-") as folder:
        bench = Bench(_environment(folder), Path(folder), given.size, given.times, *given.cluster, given.lines)
        for name in wanted:
            SECTIONS[name](bench)
    return 0


def _environment(folder: str) -> Mapping[str, str]:
    """Caches of its own, and bytecode kept as it is for installed packages, so that a second run is like any user's."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    here = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return kept | {"XDG_CACHE_HOME": f"{folder}/cache", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "PATH": here}


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


if __name__ == "__main__":
    sys.exit(main())
