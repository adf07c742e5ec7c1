"""Names are hidden the same way everywhere, keep their shape, and can be said back."""

import ipaddress
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plegma.evidence.parse.objects import parse_objects
from plegma.evidence.pseudonyms import Pseudonyms


def of_incident(incident: Any) -> tuple[Pseudonyms, str]:
    text = incident.json("List", *incident.pods, *incident.nodes, *incident.events).decode() + incident.kubelet_log
    names = Pseudonyms(b"k")
    for part in parse_objects("x", incident.json("List", *incident.pods, *incident.nodes)) or ():
        names.learn(o.refs for o in part.observations)
    return names, text


def test_no_name_address_or_uid_is_left(incident: Any) -> None:
    names, text = of_incident(incident)
    hidden = names.hide(text)
    for name in ("ledger-0", "invoice-x2", incident.node, incident.namespace, incident.ledger_uid, "10.80.7.1", "reg.example/ledger:4.1"):
        assert name in text
        assert not re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", hidden)


def test_the_way_back_gives_the_text_again(incident: Any) -> None:
    names, text = of_incident(incident)
    hidden = names.hide(text)
    assert names.reveal(hidden) == text
    kept = json.loads(json.dumps(names.originals))
    assert Pseudonyms(originals=kept).reveal(hidden) == text


def test_the_same_key_gives_the_same_pseudonyms_and_another_key_others(incident: Any) -> None:
    (first, text), (second, _) = of_incident(incident), of_incident(incident)
    assert first.hide(text) == second.hide(text)
    other = Pseudonyms(b"other")
    other.learn([{"node": incident.node}])
    first_name = next(p for p, name in first.originals.items() if name == incident.node)
    assert first_name not in other.originals


def test_what_is_hidden_reads_as_before(incident: Any) -> None:
    names, _ = of_incident(incident)
    plain = incident.json("List", *incident.pods, *incident.nodes)
    hidden = names.hide(plain.decode()).encode()
    before, after = (parse_objects("x", data) or () for data in (plain, hidden))
    assert [(o.origin, type(o)) for p in before for o in p.observations] == [(o.origin, type(o)) for p in after for o in p.observations]


def test_names_that_every_cluster_has_are_kept() -> None:
    names = Pseudonyms()
    names.learn([{"namespace": "kube-system", "pod": "coredns-7db6d8ff4d-x2k9p", "container": "coredns"}, {"pod": "cart-0"}])
    text = "kube-system/coredns-7db6d8ff4d-x2k9p on 127.0.0.1 beside cart-0"
    assert names.hide(text).startswith("kube-system/coredns-7db6d8ff4d-x2k9p on 127.0.0.1 beside pod-")


@given(st.ip_addresses(v=4))
def test_an_address_becomes_an_address(address: ipaddress.IPv4Address) -> None:
    names = Pseudonyms(b"k")
    hidden = names.hide(f"dial tcp {address}:443: refused")
    assert ipaddress.ip_address(hidden.split(" ")[2].split(":")[0])
    assert names.reveal(hidden) == f"dial tcp {address}:443: refused"


def test_an_address_of_the_sixth_version_becomes_one_and_a_time_stays() -> None:
    names = Pseudonyms(b"k")
    text = "08:21:40 dial tcp [fd00:10:96::1]:443 from 02:42:ac:11:00:02"
    hidden = names.hide(text)
    assert "fd00" not in hidden
    assert ipaddress.ip_address(hidden.split("[")[1].split("]")[0])
    assert hidden.startswith("08:21:40 ")
    assert names.reveal(hidden) == text


@given(st.lists(st.from_regex(r"[a-z][a-z0-9-]{2,12}", fullmatch=True), max_size=8), st.text("abcxyz019-_./ ", max_size=200))
def test_any_text_comes_back(pods: list[str], text: str) -> None:
    names = Pseudonyms(b"k")
    names.learn({"pod": pod} for pod in pods)
    text = " ".join([text, *pods])
    assert names.reveal(names.hide(text)) == text


def test_ids_of_sandboxes_and_containers_are_hidden_whole_and_cut_and_said_back() -> None:
    whole = "4f1d" * 16
    names = Pseudonyms(b"key")
    names.learn([{"sandbox_id": whole}, {"container_id": whole[:13]}])
    digest = "sha256:" + "beef" * 16
    text = f"sandbox {whole} is {whole[:13]}, image {digest}"
    hidden = names.hide(text)
    assert whole[:13] not in hidden
    assert digest in hidden
    assert hidden.split()[1].startswith(hidden.split()[3].rstrip(","))
    assert names.reveal(hidden) == text
    assert names.hide(hidden) == hidden
