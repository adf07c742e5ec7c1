"""A node's log of any size, made: a kubelet's noise, and lines that a signature knows at the density asked for."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from plegma.knowledge.catalog import builtin

DENSITIES = (0.001, 0.05, 0.5)
_BLOCK = 4 * 1024 * 1024
_BLOCKS = 8
"""So many blocks differ; a longer log repeats them."""
_NOISE = (
    'kubelet_volumes.go:163] "Cleaned up orphaned pod volumes dir" podUID="{u}" path="/var/lib/kubelet/pods/{u}/volumes"',
    'kuberuntime_manager.go:514] "Container is alive" pod="shop/web-{n}" containerName="app"',
    'prober.go:107] "Probe succeeded" probeType="Readiness" pod="shop/web-{n}" podUID="{u}" containerName="app"',
    'operation_generator.go:722] "MountVolume.SetUp succeeded for volume \\"cfg\\" pod=\\"web-{n}\\"" pod="shop/web-{n}"',
    'kubelet.go:2542] "SyncLoop (PLEG): event for pod" pod="shop/web-{n}" event={{"ID":"{u}","Type":"ContainerStarted","Data":"{h}"}}',
    'reconciler_common.go:245] "operationExecutor.VerifyControllerAttachedVolume started for volume \\"data\\"" pod="shop/db-{n}"',
    'scope.go:117] "RemoveContainer" containerID="{h}"',
    'pod_startup_latency_tracker.go:104] "Observed pod startup duration" pod="shop/web-{n}" podStartE2EDuration="{n}.271s"',
    'cpu_manager.go:210] "Starting CPU manager" policy="none"',
    'topology_manager.go:215] "Topology Admit Handler" podUID="{u}" podNamespace="shop" podName="web-{n}"',
)


def block(density: float, carrier: str = "syslog", seed: int = 7) -> bytes:
    """Whole lines of about 4 MiB of which that share matches a signature; the same arguments give the same bytes."""
    dice, size, number = random.Random(seed), 0, 0
    troubles = _troubles()
    lines: list[str] = []
    while size < _BLOCK:
        second = number % 86400
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        uid = f"{dice.getrandbits(32):08x}-6b1f-4c7e-9f52-{dice.getrandbits(48):012x}"
        known = dice.random() < density
        said = dice.choice(troubles) if known else _noise(dice, uid)
        line = _head(carrier, clock) + f"{'E' if known else 'I'}0302 {clock}.{dice.randrange(10**6):06}     911 {said}"
        lines.append(line)
        size += len(line) + 1
        number += 1
    return ("\n".join(lines) + "\n").encode()


def _noise(dice: random.Random, uid: str) -> str:
    return dice.choice(_NOISE).format(u=uid, n=dice.randrange(60), h=f"{dice.getrandbits(256):064x}")


def _head(carrier: str, clock: str) -> str:
    return {"journal": f"2026-03-02T{clock}+0000 wk-7 kubelet[911]: ", "syslog": f"Mar 02 {clock} wk-7 kubelet[911]: ", "raw": ""}[carrier]


def _troubles() -> list[str]:
    """What the kubelet says in the examples of the failure modes."""
    hits = (e for mode in builtin() for e in mode.examples if e.matches and e.component == "kubelet" and not e.reason)
    return sorted({f"kubelet.go:2424] {e.line}" for e in hits if "\n" not in e.line})


def blocks(size: int, density: float, carrier: str = "syslog") -> Iterator[bytes]:
    """At least `size` bytes."""
    made = [block(density, carrier, seed) for seed in range(min(_BLOCKS, -(-size // _BLOCK)))]
    for number in range(-(-size // _BLOCK)):
        yield made[number % len(made)]


def write(path: Path, size: int, density: float = 0.0025, carrier: str = "syslog") -> None:
    """A log of at least `size` bytes, packed by gzip when the name ends in .gz."""
    if path.suffix != ".gz":
        with path.open("wb") as out:
            out.writelines(blocks(size, density, carrier))
        return
    with path.open("wb") as out, subprocess.Popen(["gzip", "-6"], stdin=subprocess.PIPE, stdout=out) as gzip:
        assert gzip.stdin is not None
        gzip.stdin.writelines(blocks(size, density, carrier))
        gzip.stdin.close()
