"""A large cluster's nodes and pods as one JSON list, against decoding it and doing nothing."""

from benchmarks import big_lists
from benchmarks.measuring import Bench, plegma, python, run, say, tell

_DECODE = "import orjson, sys; orjson.loads(open(sys.argv[1], 'rb').read())"


def measure(bench: Bench) -> None:
    """Time and memory."""
    path = bench.folder / "all.json"
    big_lists.write(path, bench.nodes, bench.pods)
    mine, other = run(plegma("diagnose", str(path)), bench.environment), run(python(_DECODE, str(path)), bench.environment)
    what = f"{bench.nodes} nodes, {bench.pods} pods, {path.stat().st_size >> 20} MiB of JSON"
    say(f"{what} / orjson.loads", mine, other, "at most 3")
    tell(f"{what}: memory / orjson.loads", f"{mine.peak / other.peak:.2f}", f"at most 2; {mine.peak:.0f} MiB")
    path.unlink()
