"""Where pseudonyms and what they stand for are kept between commands."""

from pathlib import Path
from typing import TYPE_CHECKING

from plegma.cli.options import USAGE
from plegma.cli.output import fail

if TYPE_CHECKING:
    from plegma.evidence.pseudonyms import Pseudonyms

NAMES = Path("plegma-names.json")


def pseudonyms_in(names: Path) -> "Pseudonyms":
    """The pseudonyms of earlier runs. Ends with USAGE when the file is something else."""
    from plegma.app.anonymising import NotAMapError, read_map

    try:
        return read_map(names)
    except (NotAMapError, OSError) as error:
        fail(f"{error}; name another file with --map", USAGE)


def keep_names(names: Path, pseudonyms: "Pseudonyms") -> None:
    """Writes them for the next run. Ends with USAGE when that fails."""
    from plegma.app.anonymising import write_map

    try:
        write_map(names, pseudonyms)
    except OSError as error:
        fail(f"the map of names could not be written: {error}; name another file with --map", USAGE)
