"""What a program says in its first moments, and never again while it goes on, is no fault."""

from made import causes, diagnosed, event, mode, part, wall

from plegma.model.observations import Event

NO_NETWORK = mode("no-network", "cause", "Node", "cni plugin not initialized")


def kubelet(at: str, message: str, component: str = "kubelet") -> Event:
    return event(message, component, at=wall(f"2025-03-02 {at}"), node="wk-7")


START = kubelet("08:00:00", '"Started kubelet"')
EARLY = kubelet("08:00:20", "cni plugin not initialized")
ON = kubelet("08:05:00", "Pod status updated")


def test_what_is_said_once_after_the_start_of_a_program_that_goes_on_is_its_start() -> None:
    assert causes(diagnosed([NO_NETWORK], part(START, EARLY, ON))) == []


def test_what_is_said_again_later_is_a_fault() -> None:
    again = kubelet("08:04:00", "cni plugin not initialized")
    assert causes(diagnosed([NO_NETWORK], part(START, EARLY, again, ON))) == ["no-network"]


def test_a_program_that_is_not_seen_to_go_on_has_not_got_over_it() -> None:
    assert causes(diagnosed([NO_NETWORK], part(START, EARLY))) == ["no-network"]
    of_another = kubelet("08:05:00", "RunPodSandbox returns", "containerd")
    assert causes(diagnosed([NO_NETWORK], part(START, EARLY, of_another))) == ["no-network"]


def test_a_program_that_speaks_months_later_is_not_the_one_that_started() -> None:
    months_later = event("Pod status updated", at=wall("2025-07-02 08:05:00"), node="wk-7")
    assert causes(diagnosed([NO_NETWORK], part(START, EARLY, months_later))) == ["no-network"]


def test_what_is_said_long_after_the_start_is_a_fault() -> None:
    late = kubelet("08:10:00", "cni plugin not initialized")
    assert causes(diagnosed([NO_NETWORK], part(START, late, kubelet("08:20:00", "Pod status updated")))) == ["no-network"]
