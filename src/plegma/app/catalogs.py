"""The catalog for a run: the built-in modes from a cache when nothing changed, with an operator's own beside them.

Reading several hundred modules takes longer than most diagnoses. The cache holds the same records as one pickle in
the user's cache folder (XDG_CACHE_HOME); its name is made from the versions and from name, size and time of every
mode's file, so a change makes a new one. It is used only when the user owns it and nobody else can write it.
"""

import contextlib
import os
import pickle
import sys
from pathlib import Path
from zlib import adler32, crc32

from msgspec.structs import replace

from plegma import __version__
from plegma.knowledge import failure_modes
from plegma.knowledge.catalog import Catalog, builtin

_PRIVATE = 0o022
"""Permission bits (write for group or others) that make a cache untrustworthy."""


def load_builtin() -> Catalog:
    """The built-in catalog without the modes' examples. Never fails for the cache's sake: then the modes are imported."""
    path = _cache_file()
    if path is None or _already_imported():
        return builtin()
    cached = _read(path)
    if cached is not None:
        return cached
    catalog = _without_examples(builtin())
    _write(path, catalog)
    return catalog


def _without_examples(catalog: Catalog) -> Catalog:
    """A diagnosis never looks at a mode's own examples, which are a third of all records."""
    bare = {key: replace(mode, examples=(), state_examples=()) for key, mode in catalog.modes.items()}
    causes = {effect: tuple((bare[cause.id], link) for cause, link in pairs) for effect, pairs in catalog.causes_of.items()}
    return Catalog(bare, causes, catalog.needs)


def _already_imported() -> bool:
    """A process that has imported modes may hold older ones than the files that the fingerprint is made from."""
    return any(name.startswith(failure_modes.__name__ + ".") for name in sys.modules)


def _cache_file() -> Path | None:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118 - no Path before it pays
    folder = Path(base)
    return folder / "plegma" / f"catalog-{_fingerprint()}.pickle" if folder.is_absolute() else None


def _fingerprint() -> str:
    """Changes whenever any mode, the record's own module, the version or Python changes."""
    told = [__version__, sys.version]
    root = next(iter(failure_modes.__path__))
    for folder in (os.path.dirname(root), *sorted(e.path for e in os.scandir(root) if e.is_dir())):  # noqa: PTH120
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if entry.name.endswith(".py"):
                stat = entry.stat()
                told.append(f"{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    text = "\n".join(told).encode()
    return f"{crc32(text):08x}{adler32(text):08x}"  # against changes, not against people; hashlib takes 4 ms to import


def _read(path: Path) -> Catalog | None:
    try:
        stat = path.stat()
        if stat.st_uid != os.getuid() or stat.st_mode & _PRIVATE:
            return None
        loaded = pickle.loads(path.read_bytes())  # noqa: S301 - the user's own file, checked above
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError):
        return None
    return loaded if isinstance(loaded, Catalog) else None


def _write(path: Path, catalog: Catalog) -> None:
    """Writes a whole file or none; a folder that cannot be written is no error."""
    draft = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in path.parent.glob("catalog-*.pickle"):
            old.unlink()
        draft.touch(mode=0o600)
        draft.write_bytes(pickle.dumps(catalog, protocol=5))
        draft.replace(path)
