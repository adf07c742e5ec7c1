"""Options for bounds on what is unpacked: an archive may be a bomb."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from plegma.cli.options import size

if TYPE_CHECKING:
    from plegma.evidence.read import Limits


@dataclass(frozen=True, slots=True)
class LimitOptions:
    """The options, in the order in which --help shows them; None leaves a bound as it is."""

    max_ratio: Annotated[
        float | None,
        typer.Option(
            "--max-ratio", min=1, help="Unpacked to packed size beyond which an archive is a bomb (default 400).", show_default=False
        ),
    ] = None
    max_depth: Annotated[
        int | None, typer.Option("--max-depth", min=0, help="Archives inside one another (default 5).", show_default=False)
    ] = None
    max_members: Annotated[int | None, typer.Option("--max-members", min=1, help="Files in all (default 200000).", show_default=False)] = (
        None
    )
    max_bytes: Annotated[
        int | None,
        typer.Option("--max-bytes", parser=size, metavar="SIZE", help="Bytes unpacked in all (default 32G).", show_default=False),
    ] = None
    max_member_bytes: Annotated[
        int | None,
        typer.Option(
            "--max-member-bytes", parser=size, metavar="SIZE", help="Bytes unpacked of one file (default 32G).", show_default=False
        ),
    ] = None

    def asked(self) -> dict[str, float]:
        """The bounds that were given, by their names in `Limits`."""
        return {_NAMES[option]: value for option, value in asdict(self).items() if value is not None}

    def limits(self) -> "Limits":
        """The bounds with those that were given."""
        from plegma.evidence.read import Limits

        return replace(Limits(), **self.asked())


_NAMES = {"max_ratio": "ratio", "max_depth": "depth", "max_members": "members", "max_bytes": "total", "max_member_bytes": "member"}
UNBOUND = LimitOptions()
