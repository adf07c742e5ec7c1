"""An operator's own failure modes, from folders of TOML files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plegma.app.catalogs import load_builtin
from plegma.knowledge.catalog import Catalog
from plegma.knowledge.own_modes import SUFFIX, Fault, OwnModes, extended, own_modes

LARGEST = 1024 * 1024
"""Bytes: a mode takes some thousands, and what is larger is no mode."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """plegma's own modes with the operator's, which are those; and every fault of the files."""

    catalog: Catalog
    own: OwnModes
    faults: tuple[Fault, ...]


def knowledge_of(folders: Sequence[Path], catalog: Catalog | None = None) -> Knowledge:
    """Every `.toml` file below the folders, one mode each, on top of plegma's own catalog. Never raises for what is in them."""
    catalog = catalog or load_builtin()
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for folder in folders:
        files = sorted(folder.rglob(f"*{SUFFIX}"))
        if not files:
            faults.append(Fault(str(folder), "", f"holds no {SUFFIX} file"))
        for file in files:
            try:
                texts[str(file)] = _text(file)
            except (OSError, ValueError) as error:
                faults.append(Fault(str(file), "", f"could not be read: {error}"))
    own = own_modes(texts, catalog)
    return Knowledge(extended(catalog, own), own, (*faults, *own.faults))


def _text(file: Path) -> str:
    """Raises OSError, and ValueError for what is no text of a mode's size."""
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST} bytes")
    return data.decode("utf-8-sig")
