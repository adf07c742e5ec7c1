"""What could not be read, as a value."""

from msgspec import Struct

from plegma.model.texts import Text


class Unreadable(Struct, frozen=True):
    """An artifact (or a part of one) that was left out, and why; everything else is still read.

    `evidence` is the kind that is missing because of it (`plegma.knowledge.evidence_kinds`), "" when none in particular.
    """

    name: str
    why: Text
    evidence: str = ""

    @property
    def notice(self) -> Text:
        """The name and why, as a report says it."""
        return Text(f"{self.name}: {self.why.en}", f"{self.name}: {self.why.ja}")
