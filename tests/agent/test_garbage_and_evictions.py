from plegma.agent.evictions import Usage, ranked
from plegma.agent.garbage import containers_to_remove, images_to_remove, sandboxes_to_remove
from plegma.agent.pods import Container, Sandbox


def test_a_living_pods_newest_sandbox_stays_even_when_it_is_dead():
    dead = (Sandbox("new", False, 1), Sandbox("old", False, 0))
    assert sandboxes_to_remove(dead, pod_lives=True) == ("old",)
    assert sandboxes_to_remove(dead, pod_lives=False) == ("new", "old")


def test_one_ended_container_of_a_living_pod_is_kept():
    ended = [Container("a", 0, 0, False), Container("b", 1, 0, False), Container("c", 2, 0, True)]
    assert containers_to_remove(ended, pod_lives=True) == ("a",)


def test_images_go_oldest_first_until_the_low_mark():
    images = [("new", 40, 950.0, False), ("old", 40, 1.0, False), ("used", 40, 0.0, True), ("older", 20, 0.5, False)]
    assert images_to_remove(images, 90, 500, 1000) == ("older", "old")
    assert images_to_remove(images, 84, 500, 1000) == ()


def test_pods_over_their_request_are_evicted_first_then_by_priority():
    assert ranked([Usage("a", 1, 2), Usage("b", 9, 2, 100), Usage("c", 5, 2), Usage("d", 4, 2)]) == ("c", "d", "b", "a")
