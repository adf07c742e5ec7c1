"""What was handed in twice counts once, and no order of parts shows in the scene or in the diagnosis."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made import DAY, NOW, UID, age, event, part, scene, state, wall

from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.documents import parse_text
from plegma.evidence.parse.objects import parse_objects
from plegma.knowledge.catalog import builtin
from plegma.model.observations import Event
from plegma.model.parts import ClockHints, Parsed

FAILED = "Back-off restarting failed container"
TAKEN = ClockHints(taken=wall(NOW))
DESCRIBED = f"""\
Name:         web-0
Namespace:    shop
Node:         wk-7/10.0.0.7
Start Time:   Sun, 02 Mar 2025 06:00:00 +0000
Status:       Running
Containers:
  app:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Ready:          False
    Restart Count:  9
Events:
  Type     Reason   Age                  From     Message
  ----     ------   ----                 ----     -------
  Warning  BackOff  10s (x41 over 2h)    kubelet  {FAILED}
"""
LISTED = f"""\
NAMESPACE   LAST SEEN            TYPE      REASON    OBJECT      MESSAGE
shop        10s (x41 over 2h)    Warning   BackOff   pod/web-0   {FAILED}
"""
AS_JSON = f"""\
{{"apiVersion": "v1", "kind": "Event", "count": 41, "reason": "BackOff", "type": "Warning", "message": "{FAILED}",
 "firstTimestamp": "2025-03-02T06:00:00Z", "lastTimestamp": "2025-03-02T07:59:50Z", "metadata": {{"name": "web-0.1", "namespace": "shop"}},
 "involvedObject": {{"kind": "Pod", "namespace": "shop", "name": "web-0"}}, "source": {{"component": "kubelet", "host": "wk-7"}}}}
"""


def backoffs(*parts: Parsed) -> list[int]:
    return [f.count for f in scene(*parts).events if isinstance(f.seen, Event) and f.seen.reason == "BackOff"]


def test_one_event_from_describe_get_events_and_json_counts_once() -> None:
    described, listed = parse_text("describe.txt", DESCRIBED.encode()), parse_text("events.txt", LISTED.encode())
    objects = parse_objects("events.json", AS_JSON.encode()) or ()
    assert backoffs(*described) == backoffs(*listed) == backoffs(*objects) == [41]
    assert backoffs(*described, *listed, *objects) == [41]


def series(count: int, first: float, artifact: str, last: float = 10.0) -> Parsed:
    seen = event(
        FAILED, "k8s-event", at=age(last), first=age(first), count=count, reason="BackOff", pod="web-0", namespace="shop", artifact=artifact
    )
    return part(seen, artifact=artifact, kind="kubectl-get-events", hints=TAKEN)


def test_two_prints_of_a_growing_series_give_the_higher_count_over_the_longer_time() -> None:
    (fact,) = scene(series(40, 7200.0, "a.txt", 600.0), series(90, 9000.0, "b.txt")).events
    assert fact.count == 90
    assert fact.first is not None
    assert fact.last is not None
    assert (fact.last.at - fact.first.at).total_seconds() == 8990.0


def test_equal_events_of_two_pods_are_two() -> None:
    other = part(event(FAILED, "k8s-event", reason="BackOff", pod="web-1", namespace="shop", at=age(5)), artifact="c.txt", hints=TAKEN)
    assert len(scene(series(40, 7200.0, "a.txt"), other).events) == 2


def test_a_log_line_handed_in_twice_counts_once() -> None:
    line = event("boom", at=wall(NOW), node="wk-7")
    assert len(scene(part(line), part(line, artifact="copy.log")).events) == 1


def test_the_same_words_of_two_pods_in_one_second_are_two_lines() -> None:
    """One `kubectl get pods -o json` holds the same status message for every pod of a workload, all of one moment."""
    lines = [event("boom", "status", line=n, at=wall(NOW), pod=f"web-{n}", namespace="shop") for n in (1, 2, 3)]
    assert len(scene(part(*lines)).events) == 3


def test_a_copy_of_a_line_that_does_not_name_the_pod_is_the_same_line() -> None:
    named, bare = event("boom", at=wall(NOW), pod="web-0", namespace="shop"), event("boom", at=wall(NOW))
    (fact,) = scene(part(named), part(bare, artifact="copy.log")).events
    assert fact.pod


def test_the_same_words_at_two_times_are_two_lines() -> None:
    assert len(scene(part(event("boom", at=wall(NOW)), event("boom", line=2, at=wall("2025-03-02 08:00:05")))).events) == 2


def test_a_row_that_two_outputs_hold_is_one_fact() -> None:
    row = state("Pod", refs={"pod": "web-0", "namespace": "shop"}, restarts=9)
    assert len(scene(part(row), part(row, artifact="again.txt")).states) == 1


def test_rows_of_two_containers_of_a_pod_are_two_facts() -> None:
    rows = [state("Container", n, refs={"pod": "web-0", "container": name}, state="Running") for n, name in enumerate(("app", "side"), 1)]
    assert len(scene(part(*rows)).states) == 2


def test_an_event_without_a_first_time_begins_when_it_was_seen() -> None:
    (fact,) = scene(part(event("boom", at=wall(NOW)))).events
    assert fact.first == fact.last


PIECES = [
    part(event("a PLEG is not healthy: pleg was last seen active 4m0s ago; threshold is 3m0s", at=wall(NOW), node="wk-7")),
    part(event("b", at=wall(NOW), pod_uid=UID, node="wk-7"), artifact="b.log"),
    part(state("Pod", refs={"pod": "web-0", "pod_uid": UID}, status="Error", restarts=99, age=DAY), artifact="p.txt"),
    part(state("Pod", refs={"pod": "web-x"}, status="CrashLoopBackOff", restarts=99, age=DAY), artifact="q.txt", evidence=("pod-list",)),
    part(state("Node", refs={"node": "wk-7.example.net"}, status="NotReady"), artifact="n.txt"),
    series(41, 7200.0, "e.txt"),
    part(event("c", at=age(DAY, DAY), first=age(9 * DAY, DAY), count=900, pod="web-0"), artifact="f.txt"),
]  # fmt: skip


@given(st.permutations(PIECES))
def test_no_order_of_parts_shows_in_the_scene(pieces: list[Parsed]) -> None:
    assert scene(*pieces) == scene(*PIECES)


def test_no_order_of_parts_shows_in_the_diagnosis_of_the_example() -> None:
    folder = Path(__file__).parents[2] / "examples/fluentd-crashloop"
    parts = [p for f in sorted(folder.iterdir()) for p in parse_text(f.name, f.read_bytes())]
    whole = diagnose(parts, builtin())
    for seed in range(6):
        random.Random(seed).shuffle(parts)
        assert diagnose(parts, builtin()) == whole
