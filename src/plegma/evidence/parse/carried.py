"""What the carriers of a log line say: the value that they all give."""

from msgspec import Struct

from plegma.model.observations import Stamp


class Carried(Struct, frozen=True):
    """What is left of a line and what its carriers said; `carrier` is empty when there is none."""

    body: str
    at: Stamp | None = None
    host: str = ""
    program: str = ""
    carrier: str = ""
    pod: str = ""
    namespace: str = ""
    container: str = ""
