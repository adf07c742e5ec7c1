from plegma.agent.evictions import Reading, Usage, met, quantity, ranked
from plegma.agent.garbage import containers_to_remove, images_to_remove, records_to_remove, sandboxes_to_remove
from plegma.agent.pods import Container, Image, PodRecords, Sandbox


def test_a_living_pods_newest_sandbox_stays_even_when_it_is_dead():
    dead = (Sandbox("new", False, 1), Sandbox("old", False, 0))
    assert sandboxes_to_remove(dead, pod_lives=True) == ("old",)
    assert sandboxes_to_remove(dead, pod_lives=False) == ("old", "new")


def test_one_ended_container_of_a_living_pod_is_kept():
    ended = [Container("a", 0, 0, False), Container("b", 1, 0, False), Container("c", 2, 0, True)]
    assert containers_to_remove(ended, pod_lives=True) == ("a",)


def test_a_sandbox_in_which_a_container_is_kept_stays():
    new, old = Sandbox("new", True, 1), Sandbox("old", False, 0)
    kept = Container("c", 0, 0, False, sandbox="old")
    assert records_to_remove(PodRecords("u", (new, old), (kept,)), pod_lives=True) == ((), ())
    newer = Container("d", 1, 0, False, sandbox="new")
    assert records_to_remove(PodRecords("u", (new, old), (kept, newer)), pod_lives=True) == (("c",), ("old",))


def test_images_go_least_recently_used_first_and_none_that_is_in_use_or_young():
    images = [Image(name, 40, name == "used") for name in ("new", "old", "used", "older", "young")]
    seen = {"new": (0.0, 950.0), "old": (0.0, 1.0), "used": (0.0, 0.0), "older": (0.0, 0.5), "young": (900.0, 0.0)}
    assert [i.name for i in images_to_remove(images, seen, 50, 1000, {})] == ["older", "old"]
    assert images_to_remove(images, seen, 0, 1000, {}) == ()


def test_pods_over_their_request_are_evicted_first_then_by_priority():
    used = [Usage("a", "disk", 1, 2), Usage("b", "disk", 9, 2, 100), Usage("c", "disk", 5, 2), Usage("d", "disk", 4, 2)]
    assert [u.uid for u in ranked(used)] == ["c", "d", "b", "a"]


def test_quantities_read_as_kubernetes_writes_them():
    assert [quantity(v) for v in (0, 1000, 1024, 3 << 20, (3 << 20) + 1024)] == ["0", "1000", "1Ki", "3Mi", "3073Ki"]


def test_a_threshold_is_met_below_its_fraction_or_its_bytes():
    short = [Reading("nodefs.available", 9, 100), Reading("memory.available", 99 << 20, 1 << 40), Reading("pid.available", 10, 100)]
    assert [t.signal for t, _ in met(short)] == ["memory.available", "nodefs.available"]
