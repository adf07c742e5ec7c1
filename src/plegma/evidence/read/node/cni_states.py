"""CNI's configuration and host-local's reservations, as `ls`, `cat` and `grep` print them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.takings import Found, Taking, refused

_MOST_BYTES = 256 * 1024
_CONFIGS = (".conf", ".conflist", ".json")


USUAL_FOLDER = "/etc/cni/net.d"


def told_configuration(places: Places, folder_name: str) -> Iterator[Found]:
    """The configuration folder and its files."""
    folder = places.at(folder_name)
    yield from _listing("cni/net.d.txt", places, folder)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.suffix in _CONFIGS and path.is_file():
            yield from _file(f"cni/{path.name}", places, path)


def told_reservations(places: Places) -> Iterator[Found]:
    """Each network's reservations with the container that has them."""
    networks = places.at(places.cni_networks)
    for network in sorted(networks.iterdir()) if networks.is_dir() else ():
        if network.is_dir():
            yield from _reservations(places, network)


def told_checkpoints(places: Places) -> Iterator[Found]:
    """dockershim's sandbox checkpoints, on the nodes that have them."""
    folder = places.at("var/lib/dockershim/sandbox")
    if folder.is_dir():
        yield from _listing("dockershim-sandboxes.txt", places, folder)


def _listing(name: str, places: Places, folder: Path) -> Iterator[Found]:
    shown = places.shown(folder)
    try:
        entries = sorted(folder.iterdir())
        rows = [f"{'d' if e.is_dir() else '-'}rw-r--r-- 1 root root {e.stat().st_size} {_modified(e)} {e.name}" for e in entries]
    except FileNotFoundError:
        yield Taking(name, f"ls: cannot access '{shown}': No such file or directory\n", f"ls -l --time-style=full-iso {shown}")
        return
    except OSError as error:
        yield refused(name, error)
        return
    yield Taking(name, "\n".join([f"total {len(rows)}", *rows]) + "\n", f"ls -l --time-style=full-iso {shown}")


def _modified(path: Path) -> str:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"{at:%Y-%m-%d %H:%M:%S.%f}000 +0000"


def _file(name: str, places: Places, path: Path) -> Iterator[Found]:
    try:
        with path.open("rb") as stream:
            yield Taking(name, stream.read(_MOST_BYTES).decode("utf-8", "replace"), f"cat {places.shown(path)}")
    except OSError as error:
        yield refused(name, error)


def _reservations(places: Places, network: Path) -> Iterator[Found]:
    """One file for each address; its first line is the container's id (plugins/ipam/host-local/backend/disk)."""
    lines = []
    for path in sorted(network.iterdir()):
        if path.is_file() and path.name[:1].isalnum() and not path.name.startswith(("last_reserved_ip", "lock")):
            try:
                lines.append(f"{places.shown(path)}:{path.read_text(errors='replace').split()[0]}")
            except (OSError, IndexError):
                continue  # given back, or being written
    if lines:
        yield Taking(f"cni/networks/{network.name}.txt", "\n".join(lines) + "\n", f"grep -m1 '' {places.shown(network)}/[0-9a-f]*")
