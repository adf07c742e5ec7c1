"""What Docker says as JSON: `docker inspect`, `docker info`, and `docker ps --format json`."""

import re
from collections.abc import Iterator

from plegma.evidence.parse.numbers import whole_number
from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import known, refs
from plegma.evidence.parse.objects_flat import config
from plegma.evidence.parse.objects_times import stamp
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event, Observation, State

_NAME = re.compile(
    r"/?k8s_(?P<container>[^_.]+)(?:\.[0-9a-f]+)?_(?P<pod>[^_]+)_(?P<namespace>[^_]+)_(?P<pod_uid>[0-9a-f-]{8,36})(?:_(?P<attempt>\w+))?$"
)
_EXITED = re.compile(r"Exited \((-?\d{1,10})\)")


def inspected(thing: Branch) -> Iterator[Observation]:
    """A container of `docker inspect`: its row, and the error that it ended with."""
    status, labels = thing.at("State"), thing.at("Config", "Labels")
    who, sandbox = _who(thing.text("Name"), labels, thing.text("Id"))
    ended = status.text("Status") in {"exited", "dead"} or (status.value is not None and status.at("Running").value is False)
    attrs = known(
        state=status.text("Status").capitalize() or ("Up" if status.flag("Running") else "Exited"),
        name=thing.text("Name").removeprefix("/"),
        status="OOMKilled" if status.flag("OOMKilled") else "",
        attempt=_attempt(who),
        exit_code=status.number("ExitCode") if ended and not sandbox else None,
        image=thing.text("Config", "Image") if not sandbox else None,
        ip=thing.text("NetworkSettings", "IPAddress") if sandbox else None,
    )
    shown = status.at("Status") if status.at("Status") else status.at("Running")
    yield State("Sandbox" if sandbox else "RuntimeContainer", attrs, shown.origin, shown.shown, stamp(thing.text("Created")), who)
    if error := status.text("Error"):
        at = status.at("Error")
        yield Event("dockerd", error, at.origin, at.shown, stamp(status.text("FinishedAt")), refs=refs_in(error, who))


def listed(thing: Branch) -> Iterator[Observation]:
    """A line of `docker ps --format '{{json .}}'`."""
    status, name = thing.text("Status"), thing.text("Names")
    who, sandbox = _who(name, thing.at("Labels"), thing.text("ID"))
    code = _EXITED.match(status)
    attrs = known(
        state="Removal In Progress" if status.startswith("Removal") else status.partition(" ")[0],
        status=status,
        name=name,
        attempt=_attempt(who),
        exit_code=int(code[1]) if code and not sandbox else None,
        image=thing.text("Image") if not sandbox else None,
    )
    at = thing.at("Status")
    yield State("Sandbox" if sandbox else "RuntimeContainer", attrs, at.origin, at.shown, stamp(thing.text("CreatedAt")[:19]), who)


def _who(name: str, labels: Branch, identity: str) -> tuple[dict[str, str], bool]:
    """References of a container, and whether it is a sandbox: by its labels, else by its name."""
    found = _NAME.match(name)
    named = {key: value for key, value in found.groupdict().items() if value} if found else {}
    labelled = refs(
        namespace=labels.text("io.kubernetes.pod.namespace"),
        pod=labels.text("io.kubernetes.pod.name"),
        pod_uid=labels.text("io.kubernetes.pod.uid"),
        container=labels.text("io.kubernetes.container.name"),
        sandbox_id=labels.text("io.kubernetes.sandbox.id"),
    )
    who = {**named, **labelled}
    if labels.text("io.kubernetes.docker.type") == "podsandbox" or who.get("container") == "POD":
        who.pop("container", None)
        return {**who, "sandbox_id": identity}, True
    return {**who, "container_id": identity}, False


def _attempt(who: dict[str, str]) -> int | None:
    return whole_number(who.get("attempt", ""))


def info(thing: Branch) -> Iterator[Observation]:
    """`docker info`: what is configured, and the daemon's warnings."""
    yield from config(thing, "docker info")
    for warning in thing.items("Warnings"):
        yield Event("dockerd", warning.text(), warning.origin, warning.shown)
