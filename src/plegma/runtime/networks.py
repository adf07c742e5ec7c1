"""A bridge network for a containerd of one's own: CNI configuration and plugins, with a range of few addresses."""

import json
from pathlib import Path

from plegma.runtime.places import Places

INSTALLED = Path("/usr/lib/cni")
NAME = "pods"
FIRST, LAST = 2, 30
CONFIG = {
    "cniVersion": "0.4.0",
    "name": NAME,
    "plugins": [
        {
            "type": "bridge",
            "bridge": "cni0",
            "isGateway": True,
            "ipMasq": True,
            "ipam": {
                "type": "host-local",
                "ranges": [[{"subnet": "10.88.0.0/27"}]],
                "routes": [{"dst": "0.0.0.0/0"}],
            },
        },
        {"type": "portmap", "capabilities": {"portMappings": True}},
    ],
}
PLUGINS = ("bridge", "host-local", "loopback", "portmap")


def config_file(places: Places) -> Path:
    """The network's configuration file."""
    return places.networks / "10-pods.conflist"


def write_config(places: Places) -> None:
    """Writes the configuration in one move, so that a watcher never reads half of it."""
    path = config_file(places)
    made = path.with_suffix(".new")
    made.write_text(json.dumps(CONFIG, indent=2))
    made.replace(path)


def link_plugins(places: Places) -> None:
    """Links the installed plugins; FileNotFoundError for one that is not installed."""
    for name in PLUGINS:
        restore_plugin(places, name)


def restore_plugin(places: Places, name: str) -> None:
    """Puts the installed plugin (back) in its place."""
    target = INSTALLED / name
    if not target.exists():
        raise FileNotFoundError(f"{target} is missing: install containernetworking-plugins")
    replace_program(places.plugins / name, target)


def replace_program(path: Path, put: Path | str) -> None:
    """Puts a link to a program, or a shell script, in a program's place, in one move (a running text file is busy)."""
    made = path.with_suffix(".new")
    made.unlink(missing_ok=True)
    if isinstance(put, Path):
        made.symlink_to(put)
    else:
        made.write_text(put)
        made.chmod(0o755)
    made.replace(path)


def leases(places: Places) -> Path:
    """Where host-local writes a file for each address that it gave away."""
    return places.cni / "networks" / NAME
