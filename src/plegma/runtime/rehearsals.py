"""Plays a script on a real containerd, in real time."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from plegma.agent.decisions import Decision
from plegma.agent.profiles import PROFILES
from plegma.agent.scripts import AddPod, BeginFault, Behaviour, DeletePod, EndFault, Heard, Script
from plegma.runtime.clients import Client
from plegma.runtime.containerds import Containerd
from plegma.runtime.drivers import Driver
from plegma.runtime.faults import FAULTS
from plegma.runtime.requests import Work
from plegma.runtime.single_pods import folders_of
from plegma.runtime.turns import run

NODE = "node-1"
PROFILE = "v1.36"
WORKS: Mapping[Behaviour, Work] = {
    Behaviour.runs: Work(("/bin/sh", "-c", "trap 'exit 0' TERM; sleep 86400 & wait")),
    Behaviour.exits: Work(("/bin/sh", "-c", "sleep 0.5; exit 3")),
    Behaviour.outgrows: Work(("/bin/tail", "/dev/zero"), memory=16 << 20),
    Behaviour.command_missing: Work(("/bin/absent",)),
}


async def play(
    script: Script,
    own: Containerd,
    tell: Callable[[Heard], None] | None = None,
    complete: Callable[[list[Heard]], bool] = lambda _: True,
    patience: float = 30,
) -> list[Heard]:
    """Plays a script and returns every decision; `tell` hears each at once. KeyError for an unknown fault or constant.

    A busy machine is slower than the script: after its last second it goes on until `complete`, for `patience` seconds at most.
    """
    heard: list[Heard] = []

    def hear(at: float, decision: Decision) -> None:
        heard.append(Heard(at, decision))
        if tell:
            tell(heard[-1])

    profile = PROFILES[PROFILE].timed(script.constants)
    with Client(own.places.socket, profile.seconds("cri_timeout")) as client:
        driver = Driver(NODE, profile, client, folders_of(own), hear)
        turns = asyncio.create_task(run(driver))
        try:
            await _steps(script, own, driver)
            while not complete(heard) and driver.now < script.seconds + patience:
                await asyncio.sleep(0.1)
        finally:
            turns.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await turns
    return heard


async def _steps(script: Script, own: Containerd, driver: Driver) -> None:
    for step in sorted(script.steps, key=lambda s: s.at):
        await asyncio.sleep(step.at - driver.now)
        await ACTS[type(step)](script, own, driver, step)
    await asyncio.sleep(script.seconds - driver.now)


async def _add(script: Script, _own: Containerd, driver: Driver, step: AddPod) -> None:
    driver.add(script.spec(step.name), WORKS[step.behaviour])


async def _delete(_script: Script, _own: Containerd, driver: Driver, step: DeletePod) -> None:
    driver.delete(step.name)


async def _begin(_script: Script, own: Containerd, _driver: Driver, step: BeginFault) -> None:
    await asyncio.to_thread(FAULTS[step.fault].begin, own, (step.name,))


async def _end(_script: Script, own: Containerd, _driver: Driver, step: EndFault) -> None:
    await asyncio.to_thread(FAULTS[step.fault].end, own, ())


ACTS: Mapping[type, Callable[[Script, Containerd, Driver, Any], Awaitable[None]]] = {
    AddPod: _add, DeletePod: _delete, BeginFault: _begin, EndFault: _end,
}  # fmt: skip
