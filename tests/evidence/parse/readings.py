"""What the tests of text formats share: a text read, and its events and states by what they say."""

from plegma.evidence.parse.documents import parse_text
from plegma.model.observations import Event, Observation, State
from plegma.model.parts import Parsed


def parts(text: str, artifact: str = "pasted.txt") -> tuple[Parsed, ...]:
    return parse_text(artifact, text.encode())


def observations(text: str, artifact: str = "pasted.txt") -> list[Observation]:
    return [seen for part in parts(text, artifact) for seen in part.observations]


def events(text: str, component: str | None = None, artifact: str = "pasted.txt") -> list[Event]:
    found = [seen for seen in observations(text, artifact) if isinstance(seen, Event)]
    return [event for event in found if component is None or event.component == component]


def states(text: str, kind: str, artifact: str = "pasted.txt") -> list[State]:
    return [seen for seen in observations(text, artifact) if isinstance(seen, State) and seen.kind == kind]


def kinds(text: str, artifact: str = "pasted.txt") -> list[str]:
    return [part.kind for part in parts(text, artifact)]
