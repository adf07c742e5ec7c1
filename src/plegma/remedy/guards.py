"""Storm guards: rules that hold whatever a single diagnosis says, as node remediators have learned them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from plegma.model.texts import Text
from plegma.remedy.facts import Fleet


@dataclass(frozen=True, slots=True)
class Limits:
    """`nodes` and `share` bound how many nodes are acted on within `cooldown` seconds (the smaller counts, at least one);

    `healthy` is the share of Ready nodes below which nothing is done.
    """

    nodes: int = 1
    share: float = 0.1
    cooldown: float = 600.0
    healthy: float = 0.6


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done: when (seconds since the epoch), to what, on which node ("" unknown)."""

    at: float
    what: str
    node: str = ""


def refusals(
    what: str, node: str, deeds: Sequence[Deed], fleet: Fleet | None, limits: Limits, now: float, paused: str = ""
) -> tuple[Text, ...]:
    """Why the object may not be acted on now; nothing when it may. `fleet` None: the cluster could not be asked."""
    recent = [deed for deed in deeds if 0 <= now - deed.at < limits.cooldown or deed.at > now]
    return (*_paused(paused), *_cooldown(what, recent, limits, now), *_nodes(node, recent, fleet, limits), *_health(fleet, limits))


def most_nodes(fleet: Fleet | None, limits: Limits) -> int:
    """How many nodes may be acted on within the cooldown: the smaller of number and share, never below one."""
    if fleet is None:
        return max(limits.nodes, 1)
    return max(1, min(limits.nodes, ceil(limits.share * fleet.nodes)))


def _paused(paused: str) -> Iterator[Text]:
    if paused:
        yield Text(f"hands off: paused by {paused}", f"{paused} により一時停止中のため操作しません")


def _cooldown(what: str, recent: Sequence[Deed], limits: Limits, now: float) -> Iterator[Text]:
    last = max((deed.at for deed in recent if deed.what == what), default=None)
    if last is not None:
        ago, left = max(now - last, 0), limits.cooldown - max(now - last, 0)
        yield Text(
            f"{what} was acted on {ago:.0f} s ago; not again for {left:.0f} s: if that did not help, this will not either",
            f"{what} は {ago:.0f} 秒前に操作済みで、あと {left:.0f} 秒は操作しません。前回効かなかった操作は繰り返しても効きません",
        )


def _nodes(node: str, recent: Sequence[Deed], fleet: Fleet | None, limits: Limits) -> Iterator[Text]:
    others = {deed.node for deed in recent if deed.node and deed.node != node}
    most = most_nodes(fleet, limits)
    if node and len(others) >= most:
        yield Text(
            f"{len(others)} other nodes were acted on within {limits.cooldown:.0f} s; at most {most} at once",
            f"{limits.cooldown:.0f} 秒以内に他の {len(others)} ノードを操作済みです。同時に操作できるのは {most} ノードまでです",
        )


def _health(fleet: Fleet | None, limits: Limits) -> Iterator[Text]:
    if fleet is not None and fleet.nodes and fleet.nodes - fleet.unready < limits.healthy * fleet.nodes:
        yield Text(
            f"{fleet.unready} of {fleet.nodes} nodes are not Ready: the trouble is larger than one node, and acting would add to it",
            f"{fleet.nodes} ノード中 {fleet.unready} ノードが Ready ではありません。1 ノードの問題ではなく、操作は悪化を招きます",
        )
