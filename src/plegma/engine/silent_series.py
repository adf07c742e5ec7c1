"""Event series that would have gone on while their fault lasted, and did not: the fault may be over.

The kubelet tries again at least every 5 min (the longest back-off), and its spam filter lets one event of an object through in
5 min more (client-go tools/record/events_cache.go): where a fault lasts, the last event of its pod is never 11 min old. Which of
the pod's events the filter lets through is chance: any of them speaks for all.
"""

from plegma.engine.clocks import Moment
from plegma.engine.contenders import Ranked, facts_of
from plegma.engine.facts import Fact
from plegma.engine.scenes import Scene
from plegma.model.observations import Event

_REPEATED = frozenset({
    "BackOff", "Failed", "FailedCreatePodSandBox", "FailedMount", "FailedAttachVolume", "FailedSync", "FailedKillPod", "NetworkNotReady",
    "Unhealthy", "InspectFailed", "ErrImageNeverPull",
})  # fmt: skip
_SILENT = 660.0


def fell_silent(ranked: Ranked, scene: Scene) -> bool:
    """Is all that shows the hypothesis, and all that it explains, such series, and the last event of their pods too long ago?"""
    latest, pods = scene.clocks.latest, set[str]()
    if latest is None:
        return False
    for fact in facts_of(ranked):
        if not _is_silent(fact, latest):
            return False
        pods.add(fact.pod)
    return bool(pods) and not any(fact.pod in pods and _is_recent(fact, latest) for fact in scene.events)


def _is_silent(fact: Fact, latest: Moment) -> bool:
    seen = fact.seen
    if not isinstance(seen, Event) or seen.component != "k8s-event" or seen.reason not in _REPEATED or fact.last is None:
        return False
    return not _is_recent(fact, latest)


def _is_recent(fact: Fact, latest: Moment) -> bool:
    told = isinstance(fact.seen, Event) and fact.seen.component == "k8s-event"
    return told and fact.last is not None and latest.seconds - fact.last.seconds <= _SILENT
