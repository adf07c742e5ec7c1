"""What the CRI says as JSON: `crictl pods|ps|inspect|inspectp|info` and dumps of the API, in either spelling of keys.

Protobuf JSON leaves out fields that hold zero: a sandbox without a state is READY, a container without one is CREATED
(k8s.io/cri-api, runtime/v1/api.proto).
"""

from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch, Document
from plegma.evidence.parse.objects_facts import known, refs, state
from plegma.evidence.parse.objects_flat import config
from plegma.evidence.parse.objects_json import DepthError, whole
from plegma.evidence.parse.objects_times import stamp
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event, Observation, State

_STATES = {"READY": "Ready", "NOTREADY": "NotReady", "RUNNING": "Running", "EXITED": "Exited", "CREATED": "Created", "UNKNOWN": "Unknown"}
_BY_NUMBER = {"SANDBOX": ("READY", "NOTREADY"), "CONTAINER": ("CREATED", "RUNNING", "EXITED", "UNKNOWN")}


def sandbox(thing: Branch, info: Branch | None = None) -> Iterator[Observation]:
    """A PodSandbox of a list or of `inspectp`, whose `info` is the runtime's own.

    containerd stops a sandbox's network before its pause container, so a sandbox that is NotReady with its network
    namespace still open was not stopped: it died (pkg/cri/server/sandbox_stop.go). One on the node's network has none,
    and one without an address never came up.
    """
    meta = thing.at("metadata")
    who = refs(
        namespace=meta.text("namespace"),
        pod=meta.text("name"),
        pod_uid=meta.text("uid"),
        sandbox_id=thing.text("id"),
        attempt=str(meta.number("attempt") or 0),
    )
    attrs = known(
        state=_state(thing, "SANDBOX"),
        attempt=meta.number("attempt") or 0,
        name=meta.text("name"),
        ip=thing.text("network", "ip"),
        network_closed=_network_closed(thing, info) if info else None,
    )
    yield _row("Sandbox", attrs, thing, who)


def _network_closed(thing: Branch, info: Branch) -> bool | None:
    own = thing.text("network", "ip") and thing.text("linux", "namespaces", "options", "network") not in {"NODE", "2"}
    closed = info.any_of("netNamespaceClosed", "netNsClosed")
    return closed.flag() if own and closed else None


def container(thing: Branch) -> Iterator[Observation]:
    """A container of a list or of `inspect`, and what its end says."""
    labels, name = thing.at("labels"), thing.text("metadata", "name")
    who = refs(
        namespace=labels.text("io.kubernetes.pod.namespace"),
        pod=labels.text("io.kubernetes.pod.name"),
        pod_uid=labels.text("io.kubernetes.pod.uid"),
        container=name,
        container_id=thing.text("id"),
        sandbox_id=thing.any_of("podSandboxId", "pod_sandbox_id", "sandboxID").text(),
        attempt=str(thing.number("metadata", "attempt") or 0),
    )
    now = _state(thing, "CONTAINER")
    code = thing.any_of("exitCode", "exit_code").number()
    attrs = known(
        state=now,
        attempt=thing.number("metadata", "attempt") or 0,
        name=name,
        status=thing.text("reason"),
        exit_code=(code or 0) if now == "Exited" and thing.any_of("finishedAt", "finished_at") else code,
        image=thing.text("image", "image"),
    )
    yield _row("RuntimeContainer", attrs, thing, who)
    yield from _said(thing, who)


def _said(thing: Branch, who: dict[str, str]) -> Iterator[Observation]:
    reason, message = thing.text("reason"), thing.text("message")
    if reason or message:
        shown = thing.at("message") if message else thing.at("reason")
        end = thing.any_of("finishedAt", "finished_at").text()
        yield Event("status", message, shown.origin, shown.shown, stamp(end), reason=reason, refs=refs_in(message, who))


def _row(kind: str, attrs: dict[str, str | int | float | bool], thing: Branch, who: dict[str, str]) -> State:
    shown = thing.at("state") if thing.at("state") else thing.at("id")
    return State(kind, attrs, shown.origin, shown.shown, stamp(thing.any_of("createdAt", "created_at").text()), who)


def _state(thing: Branch, prefix: str) -> str:
    number = thing.number("state") or 0
    names = _BY_NUMBER[prefix]
    written = thing.text("state").removeprefix(f"{prefix}_")
    word = names[min(number, len(names) - 1)] if written.isdecimal() or not written else written
    return _STATES.get(word, word)


def runtime_status(thing: Branch) -> Iterator[Observation]:
    """`crictl info`: the runtime's conditions, why its CNI configuration did not load, and its configuration."""
    for condition in thing.items("status", "conditions"):
        good = condition.flag("status")
        attrs = known(
            type=condition.text("type"),
            status="True" if good else "False",
            reason=condition.text("reason"),
            message=condition.text("message"),
        )
        shown = next((f for key in ("message", "reason") if (f := condition.at(key)).text()), condition.at("type"))
        yield state("Condition", attrs, shown, {})
        if not good:
            yield Event("status", condition.text("message"), shown.origin, shown.shown, reason=condition.text("reason"))
    info = thing.at("info") if thing.at("info") else thing
    yield from _cni_status(info)
    yield from config(_opened(info.at("config")), "containerd")


def _cni_status(info: Branch) -> Iterator[Observation]:
    for key, value in info.entries():
        if key.startswith("lastCNILoadStatus") and value.text() not in {"", "OK"}:
            yield Event("containerd", value.text(), value.origin, value.shown, reason=key)


def _opened(branch: Branch) -> Branch:
    """The info map of the CRI holds JSON as text."""
    if not isinstance(branch.value, str):
        return branch
    try:
        inner = whole(branch.value)
    except (ValueError, DepthError):
        return branch
    outer = branch.document
    return Document(outer.artifact, inner, outer.lines, outer.first_line, base=branch.path).root
