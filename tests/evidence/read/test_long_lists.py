"""A list of objects too long to be decoded at once is read item by item, and says the same."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read import Limits, read_evidence
from plegma.model.observations import Observation, State

SMALL = Limits(whole=16 * 1024)


def pod(number: int, *, sick: bool = False, created: str = "2025-03-02T08:00:00Z") -> dict[str, Any]:
    waiting = {"reason": "CrashLoopBackOff", "message": "back-off 5m0s restarting failed container=app"}
    state: dict[str, Any] = {"waiting": waiting} if sick else {"running": {"startedAt": "2025-03-02T08:00:05Z"}}
    status = {"name": "app", "ready": not sick, "restartCount": 7 if sick else 0, "state": state, "lastState": {}, "image": "app:v1"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"web-{number}", "namespace": f"team-{number % 3}", "uid": f"u-{number}", "creationTimestamp": created},
        "spec": {"nodeName": f"wk-{number % 5}", "containers": [{"name": "app"}]},
        "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": str(not sick)}], "containerStatuses": [status]},
    }


def a_list(count: int, sick: frozenset[int] = frozenset()) -> dict[str, Any]:
    pods = [pod(n, sick=n in sick, created=f"2025-03-02T08:{n // 60 % 60:02}:{n % 60:02}Z") for n in range(count)]
    return {"apiVersion": "v1", "items": pods, "kind": "List", "metadata": {"resourceVersion": ""}}


def read(path: Path, limits: Limits = SMALL) -> Parsed:
    evidence = read_evidence([str(path)], limits)
    assert not evidence.unreadable
    (part,) = evidence.parts
    return part


def of_sick(part: Parsed) -> list[Observation]:
    return [o for o in part.observations if o.refs.get("pod") == "web-301"]


@pytest.mark.parametrize("indent", [4, 2, "\t"], ids=["kubectl", "jq", "tabs"])
def test_a_sick_pod_says_all_that_it_says_in_a_short_list_on_the_same_lines(tmp_path: Path, indent: int | str) -> None:
    path = tmp_path / "pods.json"
    path.write_text(json.dumps(a_list(6000, frozenset({301})), indent=indent) + "\n")
    long, whole = read(path), read(path, Limits(whole=64 * 2**20))
    assert of_sick(long) == of_sick(whole)
    assert len(of_sick(long)) > 3
    assert (long.kind, long.lines, long.evidence, long.hints) == (whole.kind, whole.lines, whole.evidence, whole.hints)


def test_of_a_pod_that_is_well_the_row_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "pods.json"
    path.write_text(json.dumps(a_list(6000), indent=4))
    long, whole = read(path), read(path, Limits(whole=64 * 2**20))
    rows = [o for o in whole.observations if isinstance(o, State) and o.kind == "Pod"]
    assert list(long.observations) == rows
    lines = path.read_text().split("\n")
    assert all('"phase": "Running"' in lines[o.origin.line - 1] for o in long.observations)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p["status"]["containerStatuses"][0].update(restartCount=1),
        lambda p: p["status"]["containerStatuses"][0].update(ready=False),
        lambda p: p["status"]["containerStatuses"][0].update(lastState={"terminated": {"exitCode": 137}}),
        lambda p: p["status"]["conditions"][0].update(status="False"),
        lambda p: p["status"].update(phase="Pending"),
        lambda p: p["status"].update(reason="NodeLost"),
        lambda p: p["metadata"].update(deletionTimestamp="2025-03-02T09:00:00Z"),
    ],
    ids=["restarted", "unready", "died", "condition", "pending", "reason", "deleted"],
)
def test_a_pod_of_which_anything_is_said_is_read_whole(tmp_path: Path, spoil: Any) -> None:
    pods = a_list(400)
    spoil(pods["items"][301])
    path = tmp_path / "pods.json"
    path.write_text(json.dumps(pods, indent=4))
    assert of_sick(read(path)) == of_sick(read(path, Limits()))


def test_a_list_that_is_cut_off_gives_the_items_before_the_cut(tmp_path: Path) -> None:
    text = json.dumps(a_list(6000, frozenset({301})), indent=4)
    (tmp_path / "pods.json").write_text(text[: len(text) // 2])
    part = read(tmp_path / "pods.json")
    assert of_sick(part)
    assert 2500 < len({o.refs["pod"] for o in part.observations}) < 3500


def test_a_packed_list_that_is_damaged_gives_what_stands_before_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps(a_list(6000), indent=4).encode())
    (tmp_path / "pods.json.gz").write_bytes(packed[: len(packed) // 2])
    evidence = read_evidence([str(tmp_path / "pods.json.gz")], SMALL)
    assert len(evidence.parts[0].observations) > 2000
    assert "damaged" in evidence.unreadable[0].why.en


def test_a_list_on_one_line_is_decoded_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "pods.json").write_text(json.dumps(a_list(300, frozenset({301}))))
    assert len({o.refs["pod"] for o in read(tmp_path / "pods.json").observations}) == 300


def test_events_and_nodes_of_a_long_list_are_read_like_those_of_a_short_one(tmp_path: Path) -> None:
    event = {"kind": "Event", "apiVersion": "v1", "reason": "BackOff", "message": "Back-off restarting", "count": 9,
             "involvedObject": {"kind": "Pod", "name": "web-1", "namespace": "team-1"},
             "lastTimestamp": "2025-03-02T08:30:00Z"}  # fmt: skip
    node = {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "wk-1"}, "status": {
        "conditions": [{"type": "Ready", "status": "False", "reason": "KubeletNotReady", "message": "PLEG is not healthy"}]}}  # fmt: skip
    items = [*([event] * 60), *([node] * 60)]
    (tmp_path / "x.json").write_text(json.dumps({"apiVersion": "v1", "items": items, "kind": "List"}, indent=4))
    assert read(tmp_path / "x.json").observations == read(tmp_path / "x.json", Limits()).observations
