"""A described pod sorted out: which field belongs to the pod, to which container, to which of its states."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from plegma.evidence.parse.describe_items import Field, Happened, Item, Row
from plegma.evidence.parse.words import words_of

_HOLDERS = {"Containers": False, "Init Containers": True, "Ephemeral Containers": False}
_STATE_KEYS = frozenset(("Reason", "Message", "Exit Code", "Signal", "Started", "Finished"))
_OF_CONTAINER = words_of(
    """
    State|Last State|Ready|Restart Count|Image|Image ID|Container ID|Port|Ports|Host Port|Host Ports|Limits|Requests|Command|Args
    |Environment|Mounts|Liveness|Readiness|Startup|Devices|Environment Variables from
    """
)


class Status(Struct):
    """A State or Last State: its field and the fields that follow it."""

    head: Field
    details: dict[str, Field] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value of a detail, "" when it is absent."""
        return self.details[key].value if key in self.details else ""

    @property
    def exit_code(self) -> int | None:
        """The exit code of a terminated container."""
        code = self.text("Exit Code")
        return int(code) if re.fullmatch(r"-?\d{1,10}", code) else None


class Container(Struct):
    """A container's fields; `name` is empty where the text was cut above it."""

    index: int
    name: str = ""
    init: bool = False
    now: Status | None = None
    last: Status | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    limit: str = ""


class DescribedPod(Struct):
    """The described pod, sorted out."""

    fields: dict[str, Field] = field(default_factory=dict)
    containers: list[Container] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)


class _Sorter:
    """Gives each field to the pod, to a container, or to a container's state, by what came before it."""

    def __init__(self) -> None:
        self.pod = DescribedPod()
        self.holder, self.group, self.name_indent = "", "", -1
        self.status: Status | None = None

    def take(self, item: Field) -> None:
        """Puts one field where it belongs."""
        if self.status is not None and item.key in _STATE_KEYS:
            self.status.details.setdefault(item.key, item)
            return
        self.status = None
        if item.key in _HOLDERS and not item.value:
            self.holder, self.name_indent = item.key, -1
        elif self._names_container(item):
            self.name_indent = item.indent
            self.pod.containers.append(Container(item.index, item.key, _HOLDERS[self.holder]))
        elif self._is_containers(item):
            self._of_container(item)
        elif item.indent == 0 or not self.pod.containers:
            self.holder = item.key
            self.pod.fields.setdefault(item.key, item)

    def _names_container(self, item: Field) -> bool:
        if self.holder not in _HOLDERS or item.value or item.key in _OF_CONTAINER:
            return False
        return self.name_indent in (-1, item.indent)

    def _is_containers(self, item: Field) -> bool:
        if item.key == "memory" and self.group == "Limits":
            return True
        return item.key in _OF_CONTAINER and (item.key != "Ready" or item.value in ("True", "False"))

    def _of_container(self, item: Field) -> None:
        container = self._current(item)
        self.group = item.key if not item.value else self.group
        if item.key == "State":
            container.now = self.status = Status(item)
        elif item.key == "Last State":
            container.last = self.status = Status(item)
        elif item.key == "memory":
            container.limit, self.group = item.value, ""
        else:
            container.fields.setdefault(item.key, item)

    def _current(self, item: Field) -> Container:
        """The container that is being read; a second State where no name was seen begins another."""
        last = self.pod.containers[-1] if self.pod.containers else None
        if last is None or (item.key == "State" and last.now is not None):
            last = Container(item.index)
            self.pod.containers.append(last)
        return last


def sorted_out(items: Sequence[Item]) -> DescribedPod:
    """The described pod that these items are of."""
    sorter = _Sorter()
    for item in _with_state(items):
        match item:
            case Field():
                sorter.take(item)
            case Happened():
                sorter.pod.events.append(item)
            case Row(section="Conditions"):
                sorter.pod.conditions.append(item)
            case _:
                pass
    return sorter.pod


def _with_state(items: Sequence[Item]) -> Sequence[Item]:
    """The items; where a grep left only what stood below a state (`Exit Code: 137`), with that state."""
    keys = {item.key for item in items if isinstance(item, Field)}
    if "Exit Code" not in keys or keys & {"State", "Last State"}:
        return items
    at = next(at for at, item in enumerate(items) if isinstance(item, Field) and item.key in _STATE_KEYS)
    first = items[at]
    assert isinstance(first, Field)
    return [*items[:at], Field(first.index, first.indent, "Last State", "Terminated"), *items[at:]]
