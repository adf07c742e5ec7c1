"""Entities and command templates: group names of the Scene to what a person calls the thing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from plegma.engine.clocks import Moment
from plegma.engine.entities import PodNames
from plegma.engine.matches import Match
from plegma.engine.neighbours import Place
from plegma.engine.scenes import Scene
from plegma.knowledge.failure_mode import FailureMode
from plegma.model.diagnosis import Entity

_UNKNOWN = {
    "namespace": "NAMESPACE", "pod": "POD", "pod_uid": "POD_UID", "container": "CONTAINER", "node": "NODE",
    "sandbox_id": "SANDBOX_ID", "image": "IMAGE", "volume": "VOLUME", "since": "2 hours ago", "until": "now", "workload": "WORKLOAD",
}  # fmt: skip
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SAFE = re.compile(r"(?!.*\.\.)[\w./:@%+=,][\w./:@%+=,-]*")
"""A name that a shell takes as one word, and a program neither as an option nor as a way up the folders. Names come from
evidence, which anybody may have written: any other is left out of commands."""


def entity_of(scene: Scene, mode: FailureMode, place: Place, match: Match | None) -> Entity:
    """What the mode is on, by the mode's own subject."""
    pod = scene.places.pods.get(place.pod)
    if mode.subject in {"Pod", "Container", "Image", "Volume"} and pod is not None:
        bound = dict(match.bound) if match else {}
        container = bound.get("container", "") if mode.subject == "Container" else ""
        return pod_entity(pod, place.node, container)
    if mode.subject == "Workload":
        workload = next((s.fact.seen.refs["workload"] for s in match.sightings if s.fact.seen.refs.get("workload")), "") if match else ""
        return Entity("Workload", workload, pod.namespace if pod else "")
    if mode.subject == "Cluster":
        return Entity("Cluster")
    return Entity("Node", place.node or "(unnamed node)", node=place.node)


def pod_entity(pod: PodNames, node: str = "", container: str = "") -> Entity:
    """A pod as a person calls it; `node` is where it is when it does not say so itself."""
    return Entity("Pod", pod.name or "(unnamed pod)", pod.namespace, pod.uid, pod.node or node, container)


def bindings(scene: Scene, place: Place, matches: list[Match], onset: Moment | None) -> dict[str, str]:
    """Values for the placeholders of command templates."""
    values: dict[str, str] = {}
    pods = [scene.places.pods[m.pod] for m in matches if m.pod in scene.places.pods]
    here = scene.places.pods.get(place.pod) or (pods[0] if pods else None)
    if here is not None:
        values |= {"namespace": here.namespace, "pod": here.name, "pod_uid": here.uid, "node": here.node}
        values["sandbox_id"] = _sandbox_in_trouble(matches) or (here.sandboxes[0] if here.sandboxes else "")
    values["node"] = place.node or values.get("node", "")
    for match in matches:
        for key, value in match.bound:
            values.setdefault(key, value)
    values |= _window(scene, onset)
    return {k: v for k, v in values.items() if k in {"since", "until"} or is_one_word(v)}


def is_one_word(name: str) -> bool:
    """May the name stand in a command as it is?"""
    return _SAFE.fullmatch(name) is not None


def _sandbox_in_trouble(matches: list[Match]) -> str:
    return next((v for m in matches for k, v in m.bound if k == "sandbox_id"), "")


def _window(scene: Scene, onset: Moment | None) -> dict[str, str]:
    """journalctl's --since and --until around the onset: from before its earliest to after its latest possible time."""
    if onset is None or not scene.clocks.dated:
        return {}
    zone = timezone(timedelta(seconds=scene.clocks.zone))
    margin = timedelta(hours=1)
    since, until = onset.at - timedelta(seconds=onset.grain) - margin, onset.at + margin
    return {"since": _stamp(since, zone), "until": _stamp(until, zone)}


def _stamp(at: datetime, zone: timezone) -> str:
    return f"{at.astimezone(UTC).astimezone(zone):%Y-%m-%d %H:%M:%S}"


def filled(template: str, values: Mapping[str, str]) -> str:
    """A command with its placeholders filled; what is not known stays as a word in capitals."""
    text = _PLACEHOLDER.sub(lambda m: values.get(m[1]) or _UNKNOWN.get(m[1], m[0]), template.replace("{{", "\0").replace("}}", "\1"))
    text = text.replace("\0", "{").replace("\1", "}")
    return text.replace("kubectl -n NAMESPACE ", "kubectl ") if "kubectl -n NAMESPACE " in text else text
