"""A node's log of any size, made: a kubelet's noise with a trouble now and then."""

import gzip
import random
from pathlib import Path

_BLOCK = 4 * 1024 * 1024
_TROUBLE_EVERY = 400
_NOISE = (
    'I{t} 911 kubelet_volumes.go:163] "Cleaned up orphaned pod volumes dir" podUID="{u}" path="/var/lib/kubelet/pods/{u}/volumes"',
    'I{t} 911 kuberuntime_manager.go:514] "Container is alive" pod="shop/web-{n}" containerName="app"',
    'I{t} 911 prober.go:107] "Probe succeeded" probeType="Readiness" pod="shop/web-{n}" podUID="{u}" containerName="app"',
    'I{t} 911 operation_generator.go:722] "MountVolume.SetUp succeeded for volume \\"cfg\\" pod=\\"web-{n}\\"" pod="shop/web-{n}"',
)
_TROUBLE = (
    'E{t} 911 kubelet.go:2424] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m{n}.2s ago; '
    'threshold is 3m0s"',
    'E{t} 911 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"app\\" with '
    'CrashLoopBackOff: \\"back-off 5m0s restarting failed container=app\\"" pod="shop/web-{n}" podUID="{u}"',
)


def block() -> bytes:
    """Whole lines of about 4 MiB, always the same ones."""
    dice, size = random.Random(7), 0
    lines: list[str] = []
    while size < _BLOCK:
        form = dice.choice(_TROUBLE if len(lines) % _TROUBLE_EVERY == 0 else _NOISE)
        second = len(lines) % 86400
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        uid = f"{dice.getrandbits(32):08x}-6b1f-4c7e-9f52-{dice.getrandbits(48):012x}"
        line = f"Mar 02 {clock} wk-7 kubelet[911]: " + form.format(
            t=f"0302 {clock}.{dice.randrange(10**6):06}", u=uid, n=dice.randrange(60)
        )
        lines.append(line)
        size += len(line) + 1
    return ("\n".join(lines) + "\n").encode()


def write(path: Path, size: int) -> None:
    """A log of at least `size` bytes, packed when the name ends in .gz."""
    piece = block()
    with gzip.open(path, "wb", compresslevel=1) if path.suffix == ".gz" else path.open("wb") as out:
        for _ in range(-(-size // len(piece))):
            out.write(piece)
