from plegma.runtime.relists import Records


def test_what_starts_or_ends_is_news_and_what_is_made_or_removed_is_not():
    records = Records()
    assert records.news({"u": {"s": "running"}}) == ["u"]
    records.record("u", {"u": {"s": "running"}})
    assert records.news({"u": {"s": "running", "c": "unknown"}}) == []
    assert records.news({"u": {"s": "running", "c": "running"}}) == ["u"]
    records.record("u", {"u": {"s": "running", "c": "running"}})
    assert records.news({"u": {"s": "running", "c": "exited"}}) == ["u"]
    records.record("u", {"u": {"s": "running", "c": "exited"}})
    assert records.news({"u": {"s": "running"}}) == []


def test_a_pod_whose_running_things_vanish_is_news():
    records = Records({"u": {"s": "running"}})
    assert records.news({}) == ["u"]


def test_a_pod_that_could_not_be_inspected_keeps_its_record_and_its_news():
    records = Records()
    found = {"u": {"s": "running"}}
    assert records.news(found) == ["u"]
    records.failed.add("u")
    assert records.news(found) == ["u"]
    records.record("u", found)
    assert records.news(found) == []
    assert records.failed == set()
