"""What was passed over without being read, said once for each archive or folder."""

from collections.abc import Iterator

from msgspec import Struct, field

from plegma.evidence.read.names import shown_member
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

_NAMED = 3


class Skips(Struct):
    """Links, devices and the like that one container holds."""

    container: str
    names: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, name: str) -> None:
        """One more."""
        self.count += 1
        if len(self.names) < _NAMED:
            self.names.append(shown_member(name))

    def notice(self) -> Iterator[Unreadable]:
        """What to say of them, if there were any."""
        if self.count:
            named = ", ".join(self.names) + (", ..." if self.count > len(self.names) else "")
            yield Unreadable(
                self.container,
                Text(
                    f"links, devices or pipes in it were not followed ({self.count}: {named})",
                    f"リンク、デバイス、パイプはたどりませんでした({self.count} 個: {named})",
                ),
            )
