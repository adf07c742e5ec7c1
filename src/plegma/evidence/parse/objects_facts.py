"""Small pieces that all object readers put observations together from."""

from collections.abc import Mapping

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_times import stamp
from plegma.evidence.parse.references import refs_in
from plegma.model.observations import Event, Stamp, State

Value = str | int | float | bool
NOW = Stamp(age=0.0)
"""An object's fields are so at the moment the output was taken, as the rows of a table are."""


def known(**facts: Value | None) -> dict[str, Value]:
    """The facts that are there: neither None nor empty text."""
    return {key: value for key, value in facts.items() if value is not None and value != ""}


def refs(**names: str) -> dict[str, str]:
    """The references that are there."""
    return {key: name for key, name in names.items() if name}


def state(kind: str, attrs: Mapping[str, Value], at: Branch, who: Mapping[str, str]) -> State:
    """A State shown by the line of a field."""
    return State(kind, attrs, at.origin, at.shown, NOW, who)


def status_event(record: Branch, who: Mapping[str, str], when: str = "") -> Event | None:
    """What a status record says: its reason and message (None when it says nothing), at the time given as text."""
    reason, message = record.text("reason"), record.text("message")
    if not reason and not message:
        return None
    at = record.at("message") if message else record.at("reason")
    return Event("status", message, at.origin, at.shown, stamp(when) if when else None, reason=reason, refs=refs_in(message, who))


def owner(thing: Branch) -> str:
    """The controlling owner as "Kind/name", "" when there is none."""
    owners = list(thing.items("metadata", "ownerReferences"))
    chosen = next((o for o in owners if o.flag("controller")), owners[0] if owners else None)
    return f"{chosen.text('kind')}/{chosen.text('name')}" if chosen else ""


def workload_ref(thing: Branch, kind: str) -> dict[str, str]:
    """References of an object that owns pods or belongs to no other kind of reference."""
    name = thing.text("metadata", "name")
    return refs(workload=f"{kind.lower()}/{name}" if name else "", namespace=thing.text("metadata", "namespace"))


def condition_row(condition: Branch, who: Mapping[str, str]) -> State:
    """A condition of a pod or node, shown by what it says."""
    attrs = known(**{key: condition.text(key) for key in ("type", "status", "reason", "message")})
    shown = next((condition.at(key) for key in ("message", "reason") if condition.text(key)), condition.at("type"))
    return state("Condition", attrs, shown, who)
