"""`plegma fix` while the agent plays the kubelet on a real containerd: its own retry takes up what was fixed. About 12 s."""

import asyncio
import os
import time
from pathlib import Path

from containerds import fresh_containerd  # noqa: F401  # a fixture
from nodes_at_work import OTHERS, AtWork, Run

from plegma.agent.scripts import AddPod, BeginFault, Heard, Script
from plegma.clients.cri import Cri
from plegma.runtime.containerds import Containerd
from plegma.runtime.networks import leases
from plegma.runtime.rehearsals import play

SCRIPT = Script(
    "fix-beside-a-kubelet", "leaked reservations while a pod waits", (BeginFault(0.1, "ipam-full"), AddPod(0.5, "late")), 4.0,
    {"retry_low": 1, "retry_high": 1.5},
)  # fmt: skip


def ready_sandboxes(own: Containerd) -> int:
    cri = Cri(f"unix://{own.places.socket}", 5)
    try:
        return sum(s["state"] == "SANDBOX_READY" for s in cri.json("ListPodSandbox")["items"])
    finally:
        cri.close()


def test_a_pod_that_waited_for_an_address_runs_after_the_leak_was_released(fresh_containerd: Containerd, tmp_path: Path) -> None:
    own, results = fresh_containerd, list[Run]()
    plegma = AtWork(own.inside, tmp_path, (*OTHERS, "--log", f"containerd={own.places.log}"))

    def released() -> None:
        hour_ago = time.time() - 3600
        for lease in leases(own.places).glob("10.*"):
            os.utime(lease, (hour_ago, hour_ago))
        results.append(plegma.fix("--apply", "--yes"))

    async def both() -> None:
        async def fixing() -> None:
            await asyncio.sleep(2.5)
            await asyncio.to_thread(released)

        fixed = asyncio.create_task(fixing())

        def complete(_: list[Heard]) -> bool:
            return fixed.done() and ready_sandboxes(own) > 0

        await play(SCRIPT, own, complete=complete, patience=90)
        await fixed

    asyncio.run(both())
    assert results[0].code == 0, results[0].out + results[0].err
    assert "host-local-ipam-exhausted" in results[0].out
    assert "cured: has the cause 1 -> 0" in results[0].words
    assert ready_sandboxes(own) == 1
