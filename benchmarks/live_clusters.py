"""A large cluster that exists only as answers of an API server on loopback: how much memory plegma takes to diagnose it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measuring import Run, plegma, run

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
