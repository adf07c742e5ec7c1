"""Options of the commands that read the node that plegma runs on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.options import USAGE, check_paths
from plegma.cli.output import fail

if TYPE_CHECKING:
    from plegma.app.nodes import ThisNode
    from plegma.evidence.read.artifacts import Artifact
    from plegma.evidence.unreadable import Unreadable

MaybePaths = Annotated[list[str] | None, typer.Argument(show_default=False)]
ThisNodeFlag = Annotated[bool, typer.Option("--this-node", help="Read the node that plegma runs on.")]
CriFlag = Annotated[
    str | None, typer.Option("--cri", metavar="unix://PATH", help="The runtime's CRI socket; default: the usual ones.", show_default=False)
]
DockerFlag = Annotated[
    str | None, typer.Option("--docker", metavar="unix://PATH", help="Docker's socket; default: /run/docker.sock.", show_default=False)
]
RootFlag = Annotated[Path, typer.Option("--root", metavar="DIR", help="Where the node's file system is seen (debug pods: /host).")]
NodeNameFlag = Annotated[str, typer.Option("--node-name", help="The node's name; default: $NODE_NAME or the host's.", show_default=False)]
LogFlag = Annotated[
    list[str] | None,
    typer.Option("--log", metavar="PROGRAM=FILE", help="A log of kubelet, containerd, dockerd or crio.", show_default=False),
]
CallTimeoutFlag = Annotated[float, typer.Option("--call-timeout", min=0.1, help="Seconds that one call may take.")]
CniConfFlag = Annotated[
    str | None, typer.Option("--cni-conf", metavar="DIR", help="CNI's configuration; default: the runtime's.", show_default=False)
]
CniNetworksFlag = Annotated[str, typer.Option("--cni-networks", metavar="DIR", help="host-local's reservations, below --root.")]

KMSG = Path("/dev/kmsg")
KernelLogFlag = Annotated[
    Path, typer.Option("--kernel-log", metavar="DEVICE", help="Where the kernel's log is read; /dev/null leaves it out.")
]


def check_sources(paths: list[str], is_live: bool) -> None:
    """Ends with USAGE when nothing is to be read, or a path does not exist."""
    if not paths and not is_live:
        fail("nothing to read: give files, folders or archives, - for standard input, --this-node or --cluster", USAGE)
    check_paths(paths)


def taken(asked: "ThisNode | None") -> "Sequence[Artifact | Unreadable]":
    """What the node shows, nothing when it was not asked for. Ends with USAGE for options that make no sense."""
    if asked is None:
        return ()
    from plegma.app.nodes import NoSuchLogError, read_this_node

    try:
        return read_this_node(asked)
    except NoSuchLogError as error:
        fail(str(error), USAGE)
