"""Carries out what a kubelet decides, in virtual time. Stretches in which nothing can change are leapt over and counted."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from plegma.agent import decisions
from plegma.agent.inputs import CallDone, Input, SyncPod
from plegma.agent.machine import step
from plegma.lab import housekeeping
from plegma.lab.api import ApiEvent, Condition, taint_by_condition
from plegma.lab.cri.records import Outcome
from plegma.lab.nodes import Node
from plegma.lab.outcomes import outcome
from plegma.lab.runtimes import failed, made
from plegma.lab.worlds import World

LEAP = 86400.0
AFTER = 0.01
INTERNAL = frozenset({"Forget"})


def give(world: World, node: Node, given: Any) -> None:
    """Gives an input to a node's kubelet, and carries out what it decides; a kubelet that does not run hears nothing."""
    if not node.runs:
        return
    node.kubelet, decided = step(node.kubelet, given, world.now)
    carry_out(world, node, decided)


def carry_out(world: World, node: Node, decided: Iterable[decisions.Decision]) -> None:
    """Carries out what a node's kubelet has decided, in order."""
    for decision in decided:
        if world.hear:
            world.hear(decision)
        CARRY_OUT[type(decision)](world, node, decision)


def _call(world: World, node: Node, call: decisions.Call) -> None:
    pod = world.api.pods.get(call.uid)
    if pod is None:
        return
    if call.op in INTERNAL:
        made(world, node, pod, call, give)
        return
    result = outcome(world, node, pod, call)
    world.at(world.now + result.took, partial(_finish, world, node, call, result, node.process))


def _finish(world: World, node: Node, call: decisions.Call, result: Outcome, process: int) -> None:
    pod = world.api.pods.get(call.uid)
    in_kubelet = world.profile.runtime == "docker" or call.op == "MountVolumes"  # dockershim's calls end with the kubelet
    if pod is None or (process != node.process and in_kubelet):
        return
    if result.runtime_log:
        world.log(node, "runtime", "error", {"text": result.runtime_log})
    if result.error:
        failed(world, node, pod, call, result, give)
    else:
        made(world, node, pod, call, give, result)
    if process == node.process:
        give(world, node, CallDone(call.uid, call.op, result.error, result.reason, result.detail))


def _wake(world: World, node: Node, wake: decisions.WakeAfter) -> None:
    given = wake.input
    delay = world.rng.uniform(wake.low, wake.high)
    when = world.now + delay
    if delay and isinstance(given, SyncPod):
        when = node.tick(when, world.profile.seconds("sync_tick"))  # the work queue is looked at once a second
    if wake.repeats and world.now < world.detail_from:
        given, when = _leapt(world, node, wake, given, when)
    if not isinstance(given, SyncPod):
        world.at(when, partial(give, world, node, given))
        return
    turn = node.turns.get(given.uid, 0) + 1
    node.turns[given.uid] = turn
    world.at(when, partial(_turn, world, node, given, turn))


def _turn(world: World, node: Node, given: SyncPod, turn: int) -> None:
    if node.turns.get(given.uid) == turn:
        give(world, node, given)


def _leapt(world: World, node: Node, wake: decisions.WakeAfter, given: Input, when: float) -> tuple[Input, float]:
    mean = (wake.low + wake.high) / 2 + 0.5
    bounds = (world.detail_from, node.horizon, world.next_change(), world.now + LEAP, wake.until or float("inf"))
    end = min(bounds)
    turns = int((end - world.now) / mean)
    if not isinstance(given, SyncPod):
        return given, when
    if turns < 1:
        return given, when if end <= world.now or end == wake.until else end
    if not wake.counts:  # the loop looks again when the change that is awaited has come
        return given, end + AFTER if node.horizon == end else world.now + turns * mean
    return SyncPod(given.uid, turns), end if node.horizon == end else world.now + turns * mean


def _post(world: World, node: Node, post: decisions.Post) -> None:
    if node.api_error:
        return
    what = post.series.happening
    pod = world.api.pods.get(what.object)
    if what.kind == "Node":
        world.api.post(ApiEvent(post.series, "kubelet", node.name, "default", node.name, node.name))
    elif pod:
        world.api.post(ApiEvent(post.series, "kubelet", node.name, pod.spec.namespace, pod.spec.name, pod.spec.uid))


def _post_node(world: World, node: Node, post: decisions.PostNode) -> None:
    if node.api_error:
        return
    taint_by_condition(world.api, node.name, post.type, post.status)
    world.api.conditions[node.name][post.type] = Condition(post.type, post.status, post.reason, post.message, world.now)


def _fail_pod(world: World, node: Node, failed: decisions.FailPod) -> None:
    pod = world.api.pods.get(failed.uid)
    if pod and not node.api_error:
        pod.phase, pod.reason, pod.message = "Failed", failed.reason, failed.message
        world.replace_pod(pod)


def _log(world: World, node: Node, said: decisions.Log) -> None:
    world.log(node, "kubelet", said.what, said.values)


CARRY_OUT: Mapping[type, Callable[[World, Node, Any], None]] = {
    decisions.Call: _call,
    decisions.WakeAfter: _wake,
    decisions.Post: _post,
    decisions.PostNode: _post_node,
    decisions.Log: _log,
    decisions.FailPod: _fail_pod,
    decisions.RenewLease: lambda world, node, said: housekeeping.renew(world, node, said, give),
    decisions.ReportNode: lambda world, node, said: housekeeping.report(world, node, said, give),
    decisions.Collect: lambda world, node, said: housekeeping.collect(world, node, said, give),
    decisions.ListForReclaim: lambda world, node, said: housekeeping.list_for_reclaim(world, node, said, give),
    decisions.ReadResources: lambda world, node, said: housekeeping.read_resources(world, node, said, give),
}
