"""A network's reservations, held against the sandboxes that are there and the size of the range."""

import json

import pytest

from plegma.engine.derived import with_derived
from plegma.engine.scenes import scene_of
from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.objects import read_objects
from plegma.model.observations import State

LIVE, DEAD = "a11ce" * 12 + "aaaa", "dead0" * 12 + "dddd"
PODS = "[root@n1 ~]# crictl pods\nPOD ID  CREATED  STATE  NAME  NAMESPACE  ATTEMPT  RUNTIME\n"
ROW = f"{LIVE[:13]}  3 minutes ago  Ready  web  shop  0  (default)\n"
GREP = "[root@n1 ~]# grep '' /var/lib/cni/networks/podnet/*\n"


def reserved(*owners: str) -> str:
    return GREP + "".join(f"/var/lib/cni/networks/podnet/10.9.0.{n}:{owner}\n" for n, owner in enumerate(owners, 2))


def config(**range_: str) -> str:
    plugin = {"type": "bridge", "ipam": {"type": "host-local", "ranges": [[range_]]}}
    return "[root@n1 ~]# cat /etc/cni/net.d/10-p.conflist\n" + json.dumps({"cniVersion": "0.4.0", "name": "podnet", "plugins": [plugin]})


def derived(*texts: str) -> dict[str, object]:
    parts = []
    for number, text in enumerate(texts):
        found = read_objects(f"this-node/n1/{number}", text.encode())
        parts += found if isinstance(found, tuple) else parse_text(f"this-node/n1/{number}", text.encode())
    (fact,) = (f for f in with_derived(scene_of(parts)).states if isinstance(f.seen, State) and f.seen.kind == "AddressRange")
    assert isinstance(fact.seen, State)
    return dict(fact.seen.attrs)


def test_an_owner_that_the_runtime_does_not_list_has_leaked() -> None:
    assert derived(PODS + ROW, reserved(LIVE, DEAD)) == {"network": "podnet", "reserved": 2, "leaked": 1}


def test_with_no_sandbox_at_all_everything_has_leaked() -> None:
    assert derived(PODS, reserved(DEAD))["leaked"] == 1


def test_without_the_runtimes_list_nothing_can_be_called_leaked() -> None:
    assert "leaked" not in derived(reserved(DEAD))


@pytest.mark.parametrize(
    ("range_", "free"),
    [
        ({"subnet": "10.9.0.0/29"}, 3),  # .2 to .6 less two reserved
        ({"subnet": "10.9.0.0/24", "rangeStart": "10.9.0.2", "rangeEnd": "10.9.0.3"}, 0),
        ({"subnet": "10.9.0.0/24", "rangeStart": "10.9.0.1", "rangeEnd": "10.9.0.4", "gateway": "10.9.0.4"}, 1),
    ],
)
def test_what_is_free_follows_from_the_configured_range(range_: dict[str, str], free: int) -> None:
    assert derived(reserved(LIVE, DEAD), config(**range_))["free"] == free


def test_a_range_that_makes_no_sense_has_no_size() -> None:
    assert "free" not in derived(reserved(LIVE), config(subnet="ten.nine"))


def flannel(network: str, subnet: str) -> str:
    head = "[root@n1 ~]# cat /run/flannel/subnet.env\n"
    return f"{head}FLANNEL_NETWORK={network}\nFLANNEL_SUBNET={subnet}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n"


def test_a_subnet_of_flannel_outside_of_its_network_is_told() -> None:
    assert derived(flannel("10.244.0.0/16", "10.100.3.1/24")) == {"network": "flannel", "inside": False}


def test_a_subnet_inside_of_one_of_its_networks_is_as_it_should_be() -> None:
    assert derived(flannel("10.244.0.0/16", "10.244.3.1/24"))["inside"] is True
    assert derived(flannel("10.8.0.0/16,10.244.0.0/16", "10.244.3.1/24"))["inside"] is True
