"""Whole diagnoses of long logs: against ripgrep, on two processors against one, packed, and their memory."""

import shutil

from benchmarks import long_logs, scans
from benchmarks.measuring import Bench, plegma, run, say, tell


def measure(bench: Bench) -> None:
    """The log of each density, then the same packed."""
    log = bench.folder / "kubelet.log"
    first_of_all(bench)
    for density in long_logs.DENSITIES:
        long_logs.write(log, bench.size, density)
        command, what = plegma("diagnose", str(log)), f"diagnosis, {bench.size >> 20} MiB, {density:.1%} of lines"
        one, two = run(command, bench.environment, 1), run(command, bench.environment, 2)
        if shutil.which("rg") is not None:
            say(f"{what} / rg -c -f", one, run(scans.ripgrep(bench, log), bench.environment, 1), "at most 1, one processor each")
        tell(f"{what}: one processor / two", f"{one.seconds / two.seconds:.2f}", "at least 1.7, by the clock")
        tell(f"{what}: memory", f"{two.peak:.0f}", "MiB in the largest process, at most 300")
    log.unlink()
    _packed(bench)


def first_of_all(bench: Bench) -> None:
    """The first long log of all compiles the scanner, which is then kept."""
    small = bench.folder / "small.log"
    long_logs.write(small, 16 << 20, 0.001)
    first, second = (run(plegma("diagnose", str(small)), bench.environment) for _ in range(2))
    say("first long log / second (the scanner is compiled once)", first, second, "no goal", f"peak {first.peak:.0f} MiB")
    small.unlink()


def _packed(bench: Bench) -> None:
    packed = bench.folder / "kubelet.log.gz"
    long_logs.write(packed, bench.size, 0.001)
    mine = run(plegma("diagnose", str(packed)), bench.environment)
    peers = {"zcat | wc -l": f"zcat {packed} | wc -l"}
    if shutil.which("rapidgzip") is not None:
        peers["rapidgzip -dc | wc -l"] = f"rapidgzip -d -c {packed} | wc -l"
    for name, command in peers.items():
        say(f"diagnosis, {bench.size >> 20} MiB in .gz / {name}", mine, run(command, bench.environment), "at most 1.3 by the clock")
    packed.unlink()
