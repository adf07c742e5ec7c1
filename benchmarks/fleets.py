"""Many bundles: two workers against one, what a bundle costs, and the merge's share as their number grows."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks import long_logs
from benchmarks.measuring import Bench, plegma, run, tell
from plegma.app.catalogs import load_builtin
from plegma.app.fleets import Order, merged, summary
from plegma.evidence.read import Limits

_SMALL, _LARGE = 2 << 20, 100 << 20


def measure(bench: Bench) -> None:
    """Bundles of 2 MB, one of 100 MB for every twenty of them; as many as go into the size of a long log."""
    few = max(12, bench.size // _SMALL // 2)
    folder = bench.folder / "bundles"
    _write(folder, few, few // 20)
    command = plegma("diagnose", "--engine", "dask", str(folder))
    run(command, bench.environment)  # compiles the scanner, once
    one, two = run(command, bench.environment, 1), run(command, bench.environment, 2)
    tell(
        f"{few} bundles of 2 MB, {few // 20} of 100 MB: one worker / two", f"{one.seconds / two.seconds:.2f}", "at least 1.7, by the clock"
    )
    _shares(folder, few)


def _write(folder: Path, small: int, large: int) -> None:
    folder.mkdir()
    for number, size in enumerate([_SMALL] * small + [_LARGE] * large):
        (folder / f"wk-{number}").mkdir()
        long_logs.write(folder / f"wk-{number}" / "kubelet.log", size, 0.001)


def _shares(folder: Path, few: int) -> None:
    """The same bundles stand for more: each is read under another node's name."""
    os.environ.setdefault("XDG_CACHE_HOME", str(folder.parent / "cache"))
    for count in (few // 4, few // 2, few):
        begun = process_time()
        summaries = list(_read(folder, count))
        read = process_time() - begun
        merged(summaries, (), load_builtin())
        whole = process_time() - begun
        tell(
            f"{count} bundles of 2 MB, one process: a bundle", f"{1000 * whole / count:.0f}", f"ms; the merge takes {1 - read / whole:.0%}"
        )


def _read(folder: Path, count: int) -> Iterator:  # type: ignore[type-arg]
    for number in range(count):
        yield summary(Order(str(folder / f"wk-{number}"), Limits()))
