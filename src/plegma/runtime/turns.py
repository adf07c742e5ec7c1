"""What a driver gives its agent again and again: relist, runtime poll, status, lease, garbage. Periods as in agent.inputs.TICKS."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping

from plegma.agent import inputs
from plegma.agent.kubelets import runtime_troubles
from plegma.runtime.drivers import Driver, read
from plegma.runtime.looks import images_listed, network_message, records_listed
from plegma.runtime.relists import States, listed
from plegma.runtime.rpc_errors import CallError

Turn = Callable[[Driver], Awaitable[None]]


async def run(driver: Driver) -> None:
    """Takes every turn until it is cancelled; then the driver is closed."""
    loops = [_every(driver, period, turn, at_once) for period, turn, at_once in TURNS]
    try:
        await asyncio.gather(*loops)
    finally:
        driver.close()


async def _every(driver: Driver, period: str, turn: Turn, at_once: bool) -> None:
    """The next turn comes its period after the end of the last (apimachinery wait.Until)."""
    wait = driver.seconds(period)
    await asyncio.sleep(0 if at_once else wait)
    while True:
        await turn(driver)
        await asyncio.sleep(wait)


async def relist(driver: Driver) -> None:
    """One relist: list, then inspect the pods with news, then those that failed last time and have not been read since."""
    late = asyncio.get_running_loop().call_later(driver.seconds("relist_period"), driver.give, inputs.ListBlocked(True))
    client, records = driver.runtime.client, driver.records
    try:
        found = listed(await driver.in_thread(client.sandboxes), await driver.in_thread(client.containers))
    except CallError as error:
        driver.give(inputs.ListBlocked(True, str(error)))
        return
    finally:
        late.cancel()
    if driver.kubelet.list_blocked:
        driver.give(inputs.ListBlocked(False))
    driver.give(inputs.RelistListed())
    failed_before = sorted(records.failed)
    for uid in (*records.news(found), *failed_before):
        if uid not in failed_before or uid in records.failed:
            await _inspect(driver, uid, found)
    driver.give(inputs.RelistDone())


async def _inspect(driver: Driver, uid: str, found: Mapping[str, States]) -> None:
    if await read(driver, uid):
        driver.records.record(uid, found)
    else:
        driver.records.failed.add(uid)


async def poll(driver: Driver) -> None:
    """The runtime's Status."""
    try:
        status = await driver.in_thread(driver.runtime.client.status)
    except CallError as error:
        driver.give(inputs.RuntimePolled(str(error)))
        return
    driver.give(inputs.RuntimePolled("", network_message(status)))


async def status(driver: Driver) -> None:
    """The node's status is computed, for which the kubelet asks the runtime for its version (nodestatus/setters.go VersionInfo)."""
    with contextlib.suppress(CallError):
        await driver.in_thread(driver.runtime.client.version)
    driver.give(inputs.StatusTick())


async def housekeeping(driver: Driver) -> None:
    """The sync loop's turn: it cleans up, for which it lists pods, unless something is wrong with the runtime; then it says so.

    A list that hangs holds the loop up (kubelet.go syncLoopIteration, HandlePodCleanups).
    """
    if not driver.skips:
        with contextlib.suppress(CallError):
            await driver.in_thread(driver.runtime.client.sandboxes)
    troubled = bool(runtime_troubles(driver.kubelet, driver.now))
    if troubled and not driver.skips:
        driver.give(inputs.LoopTurn(driver.seconds("sync_pause_first")))
    driver.skips = troubled


async def lease(driver: Driver) -> None:
    """The lease is due."""
    driver.give(inputs.LeaseDue())


async def collect_records(driver: Driver) -> None:
    """Container GC; where the list fails the next turn tries again."""
    try:
        driver.give(await driver.in_thread(records_listed, driver.runtime.client, False))
    except CallError:
        return


async def collect_images(driver: Driver) -> None:
    """Image GC; where the list fails the next turn tries again."""
    wanted = frozenset(p.spec.image for p in driver.pods.values())
    try:
        driver.give(await driver.in_thread(images_listed, driver.runtime.client, driver.runtime.folders.logs, wanted, False))
    except (CallError, OSError):
        return


TURNS: tuple[tuple[str, Turn, bool], ...] = (
    ("relist_period", relist, True),
    ("runtime_poll", poll, True),
    ("status_compute", status, False),
    ("housekeeping", housekeeping, True),
    ("lease_renew", lease, True),
    ("container_gc", collect_records, False),
    ("image_gc", collect_images, False),
)
"""The constant that is the period, the turn, and whether the first comes at once."""
