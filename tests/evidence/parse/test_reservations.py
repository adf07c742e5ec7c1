"""host-local's reservations as text."""

from plegma.evidence.parse.documents import parse_text
from plegma.model.observations import State

OWNER = "9c0e" * 16


def rows(text: str) -> list[dict[str, object]]:
    seen = [o for p in parse_text("x", text.encode()) for o in p.observations]
    return [dict(o.attrs) for o in seen if isinstance(o, State) and o.kind == "Reservation"]


def test_each_line_is_an_address_with_its_owner() -> None:
    text = f"/var/lib/cni/networks/podnet/10.9.0.2:{OWNER}\n/host/var/lib/cni/networks/v6/fd00:10::2:{OWNER}\n"
    assert rows(text) == [
        {"network": "podnet", "address": "10.9.0.2", "owner": OWNER},
        {"network": "v6", "address": "fd00:10::2", "owner": OWNER},
    ]


def test_other_files_of_the_folder_are_no_reservations() -> None:
    assert rows(f"/var/lib/cni/networks/podnet/last_reserved_ip.0:10.9.0.2\n/var/lib/cni/results/podnet-{OWNER}-eth0:{{}}\n") == []


def test_a_call_without_an_answer_is_a_command_that_did_not_answer() -> None:
    text = b"plegma: crictl version: no answer within 5.0 s (Version on unix:///run/containerd/containerd.sock)\n"
    (part,) = parse_text("this-node/n1/cri/Version.txt", text)
    (seen,) = part.observations
    assert isinstance(seen, State)
    assert (seen.kind, seen.attrs) == ("Command", {"argv": "crictl version", "answered": False, "seconds": 5.0})
