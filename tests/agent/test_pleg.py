from plegma.agent import pleg


def test_health_is_lost_only_when_a_relist_lasts_over_three_minutes():
    busy = pleg.listed(1000)
    assert pleg.trouble(busy, 1180) == ""
    assert pleg.trouble(busy, 1191.5) == "PLEG is not healthy: pleg was last seen active 3m11.5s ago; threshold is 3m0s"


def test_a_relist_that_ends_counts_as_active_every_second():
    done = pleg.finished(pleg.listed(1000))
    assert pleg.last_active(done, 5000.4, blocked=False) == 5000
    assert pleg.last_active(done, 5000.4, blocked=True) == 1000


def test_before_the_first_relist_it_has_yet_to_be_successful():
    assert "yet to be successful" in pleg.trouble(pleg.Pleg(), 5)


def test_a_pod_that_failed_before_is_inspected_twice_so_one_hanging_pod_is_enough():
    assert pleg.inspections(failed_before=True) * 120 > 180 > pleg.inspections(failed_before=False) * 120


def test_durations_read_as_go_prints_them():
    assert [pleg.go_duration(s) for s in (0.1, 60, 3661)] == ["0.1s", "1m0s", "1h1m1s"]
