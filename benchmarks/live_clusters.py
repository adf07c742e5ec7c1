"""A large cluster that exists only as answers of an API server on loopback: how much memory plegma takes to diagnose it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import Bench, Run, plegma, run, tell

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "cluster"))  # the API server and the made clusters are the tests' own


@dataclass(frozen=True)
class Asked:
    """What a command cost, and how many requests it sent."""

    took: Run
    requests: int


def ask(nodes: int, pods: int, folder: Path, environment: Mapping[str, str]) -> tuple[Asked, Asked]:
    """Diagnoses a cluster of this size, then collects from it and leaves cluster.tar.zst in the folder."""
    from large_clusters import LargeCluster
    from recorded_apis import RecordedApi

    with RecordedApi(LargeCluster(nodes, pods, datetime.now(UTC)), folder) as api:
        flags = ("--kubeconfig", str(api.kubeconfig), "--timeout", "30m")
        diagnosed = run(plegma("diagnose", "--cluster", *flags), environment)
        first = len(api.log)
        collected = run(plegma("collect", "--out", str(folder / "cluster.tar.zst"), *flags), environment)
        return Asked(diagnosed, first), Asked(collected, len(api.log) - first)


def measure(bench: Bench) -> None:
    """What a large cluster takes: there is no ratio to anything here, but a bound of memory and a number of requests."""
    for what, asked in zip(("diagnose", "collect"), ask(bench.nodes, bench.pods, bench.folder, bench.environment), strict=True):
        took = asked.took
        more = f"MiB at most 2048; {asked.requests} requests, {took.cpu:.0f} s of processor time"
        tell(f"{bench.nodes} nodes, {bench.pods} pods: {what} --cluster", f"{took.peak:.0f}", more)
