"""The folder whose entries a server offers as cases."""

import os
from pathlib import Path

from plegma.app.anonymising import showable
from plegma.report.escapes import visible

_MOST = 500


def entries(folder: Path) -> dict[str, str]:
    """What lies in the folder: as a person may see it -> its name. Hidden entries and links are left out.

    Raises OSError.
    """
    found = sorted(
        entry.name
        for entry in os.scandir(folder)
        if not entry.name.startswith(".") and (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False))
    )
    return {visible(showable(name)): name for name in found[:_MOST]}
