"""The timeline: bands, series, readings and lives, from what outputs and logs say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from plegma.app.diagnosing import diagnose_paths
from plegma.engine import exhibits, records, timelines
from plegma.engine.diagnoses import diagnose
from plegma.evidence.parse.documents import parse_text
from plegma.knowledge.catalog import builtin
from plegma.model.diagnosis import Diagnosis
from plegma.model.timelines import Lane, Timeline

EXAMPLE = str(Path(__file__).parents[2] / "examples/fluentd-crashloop")
KUBELET = b"""\
2024-03-02T10:00:00.000000+00:00 n1 kubelet[9]: I0302 10:00:00.000000    9 kubelet_node_status.go:441] Recording NodeNotReady event message for node n1
2024-03-02T10:00:00.000000+00:00 n1 kubelet[9]: I0302 10:00:00.000000    9 setters.go:521] Node became not ready: {Type:Ready Status:False Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m4.5s ago; threshold is 3m0s}
2024-03-02T10:02:00.000000+00:00 n1 kubelet[9]: I0302 10:02:00.000000    9 kubelet_node_status.go:441] Recording NodeReady event message for node n1
"""  # noqa: E501 - lines as they are written


@pytest.fixture(scope="module")
def example() -> Timeline:
    found = diagnose_paths([EXAMPLE], whole=True).diagnosis.timeline
    assert found is not None
    return found


def lane(timeline: Timeline, kind: str, name: str) -> Lane:
    return next(found for found in timeline.lanes if found.kind == kind and found.entity.name == name)


def whole(text: bytes) -> Diagnosis:
    return diagnose(parse_text("kubelet.log", text), builtin(), whole=True)


def test_a_series_of_changes_is_a_band_of_flapping_between_ready_and_the_last_state(example: Timeline) -> None:
    bands = lane(example, "readiness", "worker-07").bands
    assert [band.mood for band in bands] == ["good", "mixed", "bad"]
    assert "one every 3.9 min" in bands[1].text.en
    assert bands[0].ends == bands[1].begins == example.onset
    assert bands[2].ends is None


def test_single_changes_bound_the_time_that_the_node_was_not_ready() -> None:
    timeline = whole(KUBELET).timeline
    assert timeline is not None
    first, second = lane(timeline, "readiness", "n1").bands
    assert (first.mood, first.begins, first.ends) == ("bad", datetime(2024, 3, 2, 10, tzinfo=UTC), datetime(2024, 3, 2, 10, 2, tzinfo=UTC))
    assert (second.mood, second.ends) == ("good", None)


def test_the_age_of_the_last_relist_is_read_in_seconds_with_its_limit() -> None:
    timeline = whole(KUBELET).timeline
    assert timeline is not None
    assert [(r.seconds, r.limit) for r in lane(timeline, "pleg", "n1").readings] == [(184.5, 180.0)]


def test_a_counted_event_keeps_its_count_and_its_pace(example: Timeline) -> None:
    ticks = lane(example, "containers", "fluentd-k7w2m").ticks
    series = max(ticks, key=lambda tick: tick.count)
    assert series.count == 103117
    assert series.period == pytest.approx(15.9, abs=0.1)


def test_restarts_and_the_lives_of_sandboxes_are_there(example: Timeline) -> None:
    assert lane(example, "containers", "fluentd-2xq8d").restarts == 1874
    assert [band.mood for band in lane(example, "sandboxes", "fluentd-k7w2m").bands] == ["good"]


def test_every_part_of_the_timeline_leads_to_its_lines(example: Timeline) -> None:
    parts = [part for found in example.lanes for part in (*found.bands, *found.ticks, *found.readings)]
    assert parts
    assert all(part.evidence for part in parts)


def test_a_short_answer_carries_no_record() -> None:
    plain = diagnose_paths([EXAMPLE]).diagnosis
    assert (plain.timeline, plain.lines, plain.seen) == (None, (), ())


def test_a_thousand_events_of_one_kind_are_drawn_together_without_losing_a_count() -> None:
    line = '2024-03-02T10:{:02}:{:02}+00:00 n1 kubelet[9]: E0302 10:{:02}:{:02}.000000    9 pod_workers.go:190] Error syncing pod 5be1c7d2-9f0e-11e9-a1c4-0242ac1f0a07 ("web-1_shop(5be1c7d2-9f0e-11e9-a1c4-0242ac1f0a07)"), skipping: rpc error: code = DeadlineExceeded desc = context deadline exceeded'  # noqa: E501
    text = "\n".join(line.format(n // 60, n % 60, n // 60, n % 60) for n in range(1000))
    timeline = whole(text.encode()).timeline
    assert timeline is not None
    ticks = lane(timeline, "containers", "web-1").ticks
    assert sum(tick.count for tick in ticks) == 1000
    assert len(ticks) < 500


def test_the_versions_that_a_node_tells_are_kept() -> None:
    listed = b"""\
NAME   STATUS   ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE   KERNEL-VERSION   CONTAINER-RUNTIME
n1     Ready    <none>   3d    v1.29.3   10.0.0.1      <none>        Debian 12  6.1.0-18         containerd://1.7.13
"""
    (versions,) = whole(listed).versions
    assert (versions.node, versions.kubelet, versions.runtime, versions.kernel) == ("n1", "v1.29.3", "containerd://1.7.13", "6.1.0-18")


def test_ages_before_a_moment_that_nobody_wrote_down_make_no_timeline() -> None:
    assert whole(b"NAME    READY   STATUS             RESTARTS   AGE\nweb-1   0/1     CrashLoopBackOff   12         41m\n").timeline is None


def test_what_the_record_has_no_room_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    line = 'Mar 02 08:00:{0:02} wk-7 kubelet[911]: E0302 08:00:{0:02}.000000     911 pod_workers.go:965] "Error syncing pod, skipping" ' \
        'err="failed to \\"StartContainer\\" for \\"app\\" with CrashLoopBackOff: \\"back-off 5m0s restarting failed container=app ' \
        'pod=web-{0}_shop(5b0c6a9e-6b1f-4c7e-9f52-0f9f4f1f{0:04})\\"" pod="shop/web-{0}"'  # fmt: skip
    text = "\n".join(line.format(n) for n in range(9)).encode()
    assert whole(text).left_out == ()
    monkeypatch.setattr(records, "MOST", 5)
    monkeypatch.setattr(exhibits, "MOST", 5)
    monkeypatch.setattr(timelines, "_MOST_PODS", 3)
    found = whole(text)
    assert len(found.lines) == 5
    assert [text.en for text in found.left_out] == [
        "of 9 lines that show something the list holds the first 5",
        "the timeline draws the nodes and pods that show most; 0 more nodes and 6 more pods show something",
    ]
