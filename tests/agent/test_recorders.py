from plegma.agent.recorders import SIMILAR, Happening, Recorder, record

BACK_OFF = Happening("Pod", "u1", "BackOff", "Back-off restarting failed container", True)


def test_counts_are_true_although_the_filter_holds_posts_back():
    recorder, posted = Recorder(), []
    for number in range(100):
        recorder, series = record(recorder, BACK_OFF, number)
        posted.append(series is not None)
    assert posted.count(True) == 25
    recorder, series = record(recorder, BACK_OFF, 600)
    assert series is not None
    assert series.count == 101


def test_more_than_ten_differing_messages_are_combined():
    recorder, last = Recorder(), None
    for number in range(11):
        recorder, last = record(recorder, Happening("Pod", "u1", "Failed", f"message {number}"), number)
    assert last is not None
    assert last.happening.message == SIMILAR + "message 10"


def test_many_at_once_count_as_many():
    _, series = record(Recorder(), Happening("Pod", "u1", "FailedSync", "x", times=900, first=5.0), 4000.0)
    assert series is not None
    assert (series.count, series.first, series.last) == (900, 5.0, 4000.0)
