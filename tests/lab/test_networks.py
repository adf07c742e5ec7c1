from plegma.lab.cni.addresses import Range
from plegma.lab.cni.networks import Added, Done, Network, NeverReturns, Refused, Unconfigured


def network(last=254, **changes):
    return Network(Range("10.40.0", last=last), **changes)


def test_addresses_are_given_in_turn_and_a_freed_one_comes_last():
    known = Range("10.40.0", last=4)
    assert [known.allocate(s) for s in ("a", "b")] == ["10.40.0.2", "10.40.0.3"]
    known.release("a")
    assert [known.allocate(s) for s in ("c", "d", "e")] == ["10.40.0.4", "10.40.0.2", ""]
    assert known.held == {3: "b", 4: "c", 2: "d"}


def test_a_range_without_del_leaks_until_it_is_used_up():
    leaking = network(last=5, releases=False)
    answers = []
    for number in range(5):
        answers.append(leaking.add(f"s{number}"))
        leaking.delete(f"s{number}")
    assert answers[:4] == [Added(f"10.40.0.{h}") for h in (2, 3, 4, 5)]
    assert answers[4] == Refused("bridge", "failed to allocate for range 0: no IP addresses available in range set: 10.40.0.1-10.40.0.5")


def test_del_gives_the_address_back_and_may_be_repeated():
    known = network()
    known.add("a")
    assert known.delete("a") == known.delete("a") == Done()
    assert known.addresses.held == {}


def test_check_knows_whose_address_it_is():
    known = network()
    added = known.add("a")
    assert known.check("a", added.ip) == Done()
    assert isinstance(known.check("b", added.ip), Refused)


def test_configuration_binaries_and_a_hang_come_before_any_plugin_answers():
    assert network(configured=False).add("a") == Unconfigured()
    assert network(chain=("bridge", "bandwidth")).delete("a") == Refused(
        "bandwidth", 'failed to find plugin "bandwidth" in path [/opt/cni/bin]'
    )
    assert network(hangs=True).add("a") == NeverReturns(0.0)
    assert network(hangs=True, exec_timeout=220.0).delete("a") == NeverReturns(220.0)
    assert network(refusals=[("calico", "no")]).add("a") == Refused("calico", "no")
