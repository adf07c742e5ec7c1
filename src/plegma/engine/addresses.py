"""Address ranges of a node's networks: what is reserved, held against the sandboxes that are there and the range's size."""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from plegma.engine.entities import ID_PREFIX
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.model.observations import State

Value = str | int | float | bool
_RANGE = re.compile(r"(?P<plugin>.*?)(?P<range>ipam\.(?:ranges\.\d+\.\d+\.)?)(?P<key>subnet|rangeStart|rangeEnd|gateway)$")


def address_ranges(scene: Scene) -> Iterator[Fact]:
    """An AddressRange for each network of each node whose reservations were read."""
    reserved: dict[tuple[str, str], list[Fact]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Reservation":
            reserved.setdefault((fact.node, str(fact.seen.attrs["network"])), []).append(fact)
    sizes = _sizes(scene)
    for (node, network), facts in sorted(reserved.items()):
        attrs: dict[str, Value] = {"network": network, "reserved": len(facts)}
        shown, listed = facts[0], _listed(scene, node)
        if listed is not None:
            leaked = [f for f in facts if _owner(f) not in listed]
            attrs["leaked"], shown = len(leaked), leaked[0] if leaked else shown
        if (node, network) in sizes:
            attrs["free"] = max(sizes[node, network] - len(facts), 0)
        state = State("AddressRange", attrs, shown.seen.origin, shown.seen.text, refs=dict(shown.seen.refs))
        yield Fact(state, "", node, shown.first, shown.last, len(facts), shown.order)


def _owner(fact: Fact) -> str:
    assert isinstance(fact.seen, State)
    return str(fact.seen.attrs["owner"])[:ID_PREFIX]


def _listed(scene: Scene, node: str) -> set[str] | None:
    """The sandboxes that the node's runtime lists; None when no list of it was read (then nothing can be called leaked)."""
    if not any("container-list" in part.evidence and part.context.get("node", "") in {node, ""} for part in scene.parts):
        return None
    return {
        fact.seen.refs.get("sandbox_id", "")[:ID_PREFIX]
        for fact in scene.states
        if isinstance(fact.seen, State) and fact.seen.kind in {"Sandbox", "RuntimeContainer"} and fact.node == node
    }


def _sizes(scene: Scene) -> dict[tuple[str, str], int]:
    """How many addresses a network can give away, by node and network, where its configuration was read."""
    files: dict[tuple[str, str], dict[str, str]] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Config":
            attrs = fact.seen.attrs
            files.setdefault((fact.node, str(attrs.get("file", ""))), {})[str(attrs.get("key", ""))] = str(attrs.get("value", ""))
    found: dict[tuple[str, str], int] = {}
    for (node, _), keys in sorted(files.items()):
        size = sum(_size(part) for part in _ranges(keys))
        if keys.get("name") and size:
            found[node, keys["name"]] = size
    return found


def _ranges(keys: dict[str, str]) -> list[dict[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for key, value in keys.items():
        if match := _RANGE.match(key):
            parts.setdefault(match["plugin"] + match["range"], {})[match["key"]] = value
    return [part for _, part in sorted(parts.items()) if "subnet" in part]


def _size(part: dict[str, str]) -> int:
    """Addresses of one range; 0 when it cannot be read."""
    try:
        subnet = ip_network(part["subnet"], strict=False)
        first = int(ip_address(part["rangeStart"])) if "rangeStart" in part else int(subnet.network_address) + 1
        last = int(ip_address(part["rangeEnd"])) if "rangeEnd" in part else int(subnet.broadcast_address) - 1
        gateway = int(ip_address(part["gateway"])) if "gateway" in part else int(subnet.network_address) + 1
    except ValueError:
        return 0
    return max(last - first + 1 - (first <= gateway <= last), 0)
