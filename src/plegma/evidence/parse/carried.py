"""What the carriers of a log line say: the value that they all give."""

from dataclasses import dataclass

from plegma.model.observations import Stamp


@dataclass(frozen=True, slots=True)
class Carried:
    """What is left of a line and what its carriers said; `carrier` is empty when there is none."""

    body: str
    at: Stamp | None = None
    host: str = ""
    program: str = ""
    carrier: str = ""
    pod: str = ""
    namespace: str = ""
    container: str = ""
