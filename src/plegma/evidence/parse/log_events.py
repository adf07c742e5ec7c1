"""Kubernetes events that the program which recorded them also wrote to its log."""

import re

from msgspec import Struct

from plegma.evidence.parse.references import refs_in

_REFERENCE = re.compile(
    r"Event\((?:\w+\.)?ObjectReference\{Kind:\"(?P<kind>\w+)\", Namespace:\"(?P<namespace>[^\"]*)\", Name:\"(?P<name>[^\"]*)\", "
    r"UID:\"(?P<uid>[^\"]*)\".*?\}\): type: '\w+' reason: '(?P<reason>\w+)' (?P<message>.*)$"
)
_OCCURRED = re.compile(
    r"\"Event occurred\" (?:logger=\S+ )?object=\"(?:(?P<namespace>[^\"/]+)/)?(?P<name>[^\"]+)\" (?:fieldPath=\"[^\"]*\" )?"
    r"kind=\"(?P<kind>\w+)\".*? reason=\"(?P<reason>\w+)\" message=\"?(?P<message>.*?)\"?$"
)


class Recorded(Struct, frozen=True):
    """An event as its log line tells it."""

    reason: str
    message: str
    refs: dict[str, str]


def recorded(message: str) -> Recorded | None:
    """The event in a log message of client-go's recorder (tools/record/event.go), in its old and its structured form; else None."""
    if "reason" not in message or "vent" not in message:
        return None
    match = _REFERENCE.match(message) or _OCCURRED.match(message)
    if match is None:
        return None
    groups = {key: value or "" for key, value in match.groupdict().items()}
    text = groups["message"].replace('\\"', '"')
    return Recorded(groups["reason"], text, refs_in(text, _about(groups)))


def _about(groups: dict[str, str]) -> dict[str, str]:
    kind, name = groups["kind"].lower(), groups["name"]
    refs = {"node": name} if kind == "node" else {"namespace": groups["namespace"]}
    if kind == "pod":
        refs |= {"pod": name, "pod_uid": groups.get("uid", "")}
    elif kind in ("persistentvolumeclaim", "persistentvolume"):
        refs["volume"] = name
    elif kind != "node":
        refs["workload"] = f"{kind}/{name}"
    return {key: value for key, value in refs.items() if value}
