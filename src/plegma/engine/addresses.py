"""Address ranges of a node's networks: what is reserved, held against the sandboxes that are there and the range's size.

Flannel's own file (pkg/subnet WriteSubnetFile) names the network that it serves and the node's subnet, which should lie in it.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from plegma.engine.entities import ID_PREFIX
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.model.observations import Event, State

Value = str | int | float | bool
_FLANNEL = re.compile(r"^\s*FLANNEL_(NETWORK|SUBNET)=(\S+)")
_FILE_LINES = 4
"""/run/flannel/subnet.env has four lines; those of one file stand together."""
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


def flannel_subnets(scene: Scene) -> Iterator[Fact]:
    """An AddressRange for each /run/flannel/subnet.env: does the node's subnet lie inside the network that flannel serves?"""
    networks: dict[str, Fact] = {}
    for fact in scene.events:
        match = _FLANNEL.match(fact.seen.message) if isinstance(fact.seen, Event) else None
        if match and match[1] == "NETWORK":
            networks[fact.seen.origin.artifact] = fact
        elif match and _of_one_file(networks.get(fact.seen.origin.artifact), fact):
            served = networks[fact.seen.origin.artifact].seen
            assert isinstance(served, Event)
            inside = _inside(match[2], served.message.partition("=")[2])
            if inside is not None:
                state = State(
                    "AddressRange", {"network": "flannel", "inside": inside}, fact.seen.origin, fact.seen.text, refs=dict(fact.seen.refs)
                )
                yield Fact(state, fact.pod, fact.node, fact.first, fact.last, 1, fact.order)


def _of_one_file(network: Fact | None, subnet: Fact) -> bool:
    return network is not None and 0 < (subnet.seen.origin.line or 0) - (network.seen.origin.line or 0) < _FILE_LINES


def _inside(subnet: str, networks: str) -> bool | None:
    """Does the subnet lie in one of the networks? None when one of them cannot be read."""
    try:
        own = ip_network(subnet, strict=False)
        served = [ip_network(text.strip(), strict=False) for text in networks.split(",")]
    except ValueError:
        return None
    first = own.network_address
    return any(first in network and own.prefixlen >= network.prefixlen for network in served)


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
