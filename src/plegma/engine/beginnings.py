"""When each pod was given a node, when its youngest container started, when an image came: what was said before that is past."""

from collections.abc import Mapping

from plegma.engine.clocks import Moment
from plegma.engine.facts import Fact, saying
from plegma.engine.scenes import Scene
from plegma.model.observations import State

_BOUND = "Successfully bound pod to node"
"""What schedule_one.go logs of a pod that found its node; the event for it has the reason Scheduled."""
_STARTED = (_BOUND, "Observed pod startup duration")
"""What logs say of a pod that found its node, and that started: schedule_one.go, the kubelet's pod_startup_latency_tracker.go."""
_RUNS = frozenset({"Up", "Running", "CONTAINER_RUNNING"})
"""How docker ps, crictl ps and the CRI say that a container runs."""


def starts_of(scene: Scene) -> dict[str, Moment]:
    """When the youngest container of each pod started, by the events, the container states and the runtime's list that say so."""
    starts: dict[str, Moment] = {}
    for fact in scene.states:
        if isinstance(fact.seen, State) and fact.seen.kind == "Container" and fact.pod and fact.seen.attrs.get("state") == "Running":
            if at := Moment.written(fact.seen.attrs.get("started", "")):
                _note(starts, fact.pod, at)
        elif fact.pod and fact.last and _runs(fact):
            _note(starts, fact.pod, fact.last)
    for fact in saying(scene.wordings, {"Started"}, _STARTED):
        if fact.pod and fact.last:
            _note(starts, fact.pod, fact.last)
    return starts


def _runs(fact: Fact) -> bool:
    """Does the runtime list it as a container (no sandbox) that runs?"""
    seen = fact.seen
    return isinstance(seen, State) and seen.kind == "RuntimeContainer" and str(seen.attrs.get("state")) in _RUNS


def bound_of(scene: Scene) -> dict[str, Moment]:
    """When each pod was last given a node."""
    bound: dict[str, Moment] = {}
    told = (w.facts for w in scene.wordings if w.reason == "Scheduled" or w.message.startswith(_BOUND))
    for _, fact in (pair for facts in told for pair in facts):
        if fact.pod and fact.last:
            _note(bound, fact.pod, fact.last)
    return bound


def pulled_of(scene: Scene, starts: Mapping[str, Moment]) -> dict[str, Moment]:
    """When each image was last pulled, or a pod of it started."""
    pulled: dict[str, Moment] = {}
    for fact in scene.events if starts else ():
        image = fact.seen.refs.get("image", "")
        if image and fact.pod in starts:
            _note(pulled, image, starts[fact.pod])
    for fact in saying(scene.wordings, {"Pulled"}, ()):
        if (image := fact.seen.refs.get("image", "")) and fact.last:
            _note(pulled, image, fact.last)
    return pulled


def _note(found: dict[str, Moment], name: str, at: Moment) -> None:
    """Keeps the latest moment of a name."""
    found[name] = max(found.get(name, at), at)
