from plegma.agent.back_offs import BackOff, next_back_off


def test_the_wait_doubles_up_to_five_minutes():
    back, waits, now = BackOff(), [], 0.0
    for _ in range(7):
        back = next_back_off(back, now, 10, 300, now)
        waits.append(back.wait)
        now += back.wait
    assert waits == [10, 20, 40, 80, 160, 300, 300]


def test_ten_minutes_of_running_start_the_wait_anew():
    back = BackOff(300, 1000)
    assert next_back_off(back, 1700, 10, 300, 1601).wait == 10
    assert next_back_off(back, 1700, 10, 300, 1600).wait == 300


def test_the_wait_counts_from_the_containers_end():
    assert BackOff(40, 100).ends(130) == 170
    assert BackOff(40, 100).ends() == 140
