"""Carries out in real time what the agent decides, and tells it what came of it.

One event loop gives all inputs, one at a time; calls run in threads, each with its deadline, so that nothing that hangs
holds up a decision. The API is not real: what would be posted is heard by whoever runs the driver.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any, TypeVar

from plegma.agent import decisions, inputs
from plegma.agent.kubelets import Kubelet
from plegma.agent.machine import step
from plegma.agent.pods import PodSpec
from plegma.agent.profiles import Profile
from plegma.runtime.calls import CALLS, COLLECT, Pod, Runtime, read_status
from plegma.runtime.clients import Client
from plegma.runtime.relists import Records
from plegma.runtime.requests import Folders, Work
from plegma.runtime.rpc_errors import CallError

Hear = Callable[[float, decisions.Decision], None]
T = TypeVar("T")
WORKERS = 64
READ_AFTER = frozenset({"RunPodSandbox", "KillPod"})
"""Calls after which the kubelet reads the pod's status itself, not waiting for a relist."""


class Driver:
    """A kubelet's decisions on a real runtime. `hear` gets every decision with its time (seconds since the start)."""

    def __init__(self, node: str, profile: Profile, client: Client, folders: Folders, hear: Hear, rng: Random | None = None) -> None:
        self.kubelet = Kubelet(node, profile)
        self.runtime = Runtime(client, folders)
        self.pods: dict[str, Pod] = {}
        self.records = Records()
        self.turns: dict[str, asyncio.TimerHandle] = {}
        self.skips = False
        self.hear, self.rng = hear, rng or Random()  # noqa: S311 - jitter
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="cri")

    @property
    def now(self) -> float:
        """Seconds since the driver was made."""
        return time.time() - self.runtime.epoch

    def seconds(self, name: str) -> float:
        """A constant of this kubelet."""
        return self.kubelet.profile.seconds(name)

    def give(self, given: inputs.Input) -> None:
        """Gives the agent an input and carries out what it decides. Only from the event loop's thread."""
        now = self.now
        self.kubelet, decided = step(self.kubelet, given, now)
        for decision in decided:
            self.hear(now, decision)
            CARRY_OUT[type(decision)](self, decision)

    def add(self, spec: PodSpec, work: Work) -> None:
        """The node gets a pod."""
        self.pods[spec.uid] = Pod(spec, work)
        self.give(inputs.PodAdded(spec))

    def delete(self, uid: str) -> None:
        """The pod is to go."""
        self.give(inputs.PodDeleted(uid))

    async def in_thread(self, act: Callable[..., T], *given: Any) -> T:
        """Makes a call that may take long; its own deadline ends it."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, act, *given)

    def task(self, work: Coroutine[Any, Any, None]) -> None:
        """Does something beside."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """No more turns and calls; threads end with their calls."""
        for handle in self.turns.values():
            handle.cancel()
        for task in self._tasks:
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)


def _call(driver: Driver, call: decisions.Call) -> None:
    pod = driver.pods.get(call.uid)
    if call.op == "Forget":
        driver.pods.pop(call.uid, None)
    elif pod is not None:
        driver.task(_made(driver, pod, call))


async def _made(driver: Driver, pod: Pod, call: decisions.Call) -> None:
    try:
        detail = await driver.in_thread(CALLS[call.op], driver.runtime, pod, call.attempt)
    except (CallError, OSError) as error:
        driver.give(inputs.CallDone(call.uid, call.op, str(error)))
        return
    if call.op in READ_AFTER:
        await read(driver, call.uid)
    driver.give(inputs.CallDone(call.uid, call.op, detail=detail))


async def read(driver: Driver, uid: str) -> bool:
    """Reads a pod's status and tells the agent; False where it could not be read."""
    try:
        status = await driver.in_thread(read_status, driver.runtime, uid)
    except CallError as error:
        driver.give(inputs.StatusRead(uid, None, str(error)))
        return False
    driver.give(inputs.StatusRead(uid, status))
    return True


def _wake(driver: Driver, wake: decisions.WakeAfter) -> None:
    delay = driver.rng.uniform(wake.low, wake.high)
    if delay and isinstance(wake.input, inputs.SyncPod):
        tick = driver.seconds("sync_tick")
        delay += tick - (driver.now + delay) % tick  # the work queue is looked at once a tick
    handle = asyncio.get_running_loop().call_later(delay, driver.give, wake.input)
    if isinstance(wake.input, inputs.SyncPod):  # a pod has one turn ahead of it: a later wish replaces the earlier
        if earlier := driver.turns.get(wake.input.uid):
            earlier.cancel()
        driver.turns[wake.input.uid] = handle


def _collect(driver: Driver, what: decisions.Collect) -> None:
    driver.task(_collected(driver, what))


async def _collected(driver: Driver, what: decisions.Collect) -> None:
    error = ""
    try:
        await driver.in_thread(COLLECT[what.op], driver.runtime.client, what.id)
    except CallError as failed:
        error = str(failed)
    driver.give(inputs.Collected(what.op, what.id, error))


def _heard(_driver: Driver, _decision: decisions.Decision) -> None:
    """Nothing but to be heard."""


CARRY_OUT: Mapping[type, Callable[[Driver, Any], None]] = {
    decisions.Call: _call,
    decisions.WakeAfter: _wake,
    decisions.Collect: _collect,
    decisions.ReportNode: lambda driver, _: driver.give(inputs.StatusAnswered()),
    decisions.RenewLease: lambda driver, _: driver.give(inputs.LeaseAnswered()),
    decisions.Post: _heard,
    decisions.PostNode: _heard,
    decisions.FailPod: _heard,
    decisions.Log: _heard,
    decisions.ListForReclaim: _heard,
    decisions.ReadResources: _heard,
}
"""The last two follow from ResourcesRead only, which this driver does not give: whether the machine is short is not ours to act on."""
