"""Options of `plegma fix` and `plegma verify`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli import live_options as live
from plegma.cli.node_options import check_sources
from plegma.cli.options import USAGE
from plegma.cli.output import fail

if TYPE_CHECKING:
    from plegma.app.clusters import Target
    from plegma.app.fixing import Sources
    from plegma.app.nodes import ThisNode

Apply = Annotated[bool, typer.Option("--apply", help="Do it, step by step; without it nothing is done.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nobody, for automation.")]


class Risk(StrEnum):
    """Risks that may be allowed, from harmless to grave (plegma.remedy.actions.RISKS)."""

    none = "none"
    restart = "restart"
    disruptive = "disruptive"
    data_loss = "data-loss"


AllowRisk = Annotated[Risk, typer.Option("--allow-risk", help="The gravest risk that a step may have.")]
AuditLog = Annotated[
    Path | None, typer.Option("--audit-log", metavar="FILE", help="One JSON line for each decision and deed.", show_default=False)
]
StateFile = Annotated[
    Path | None, typer.Option("--state", metavar="FILE", help="What was done before, for the cooldown.", show_default=False)
]
Deadline = Annotated[float, typer.Option("--deadline", min=0, help="Seconds to look on after a step.")]
Steady = Annotated[float, typer.Option("--steady", min=0, help="Seconds that it must stay well.")]
MaxNodes = Annotated[int, typer.Option("--max-nodes", min=1, help="Nodes acted on within the cooldown.")]
MaxShare = Annotated[float, typer.Option("--max-share", min=0, max=1, help="The same as a share of all nodes; the smaller counts.")]
Cooldown = Annotated[float, typer.Option("--cooldown", min=0, help="Seconds before the same object is acted on again.")]
MinHealthy = Annotated[float, typer.Option("--min-healthy", min=0, max=1, help="Share of Ready nodes below which nothing is done.")]
UnitCommand = Annotated[str, typer.Option("--unit-command", metavar="COMMAND", help="How a unit of this node is started or restarted.")]
Aside = Annotated[Path, typer.Option("--aside", metavar="DIR", help="Where files go that are moved aside.")]


ClusterFlag = Annotated[bool, typer.Option("--cluster", help="Ask, and act through, the Kubernetes API.")]


def node_of(
    wanted: bool, root: Path, cri: str | None, docker: str | None, name: str, since: str, logs: list[str] | None,
    call_timeout: float, timeout: int | None, cni_conf: str | None, cni_networks: str, kernel_log: Path,
) -> "ThisNode | None":  # fmt: skip
    """The node as a source, None when it is not wanted."""
    from plegma.app.nodes import ThisNode

    longest = timeout or live.NODE_SECONDS
    asked = ThisNode(
        root, cri, docker, name, since or live.ON_A_NODE, tuple(logs or ()), call_timeout, longest, cni_conf, cni_networks, kernel_log
    )  # fmt: skip
    return asked if wanted else None


def cluster_of(
    wanted: bool, context: str, kubeconfig: Path | None, namespace: str, everywhere: bool, pod: str, node: str, since: str,
    timeout: int | None, client: live.ClientChoice,
) -> "Target | None":  # fmt: skip
    """The cluster as a source, None when it is not wanted. Ends with USAGE where the flags contradict one another."""
    if not wanted:
        if context or kubeconfig or namespace or everywhere or pod or node:
            fail("--context, --kubeconfig, -n, -A, --pod and --node go with --cluster", USAGE)
        return None
    return live.target_of(live.question_of(namespace, everywhere, pod, node, since), context, kubeconfig, timeout, client)


def sources_of(paths: list[str], node: "ThisNode | None", cluster: "Target | None") -> "Sources":
    """What is to be read. Ends with USAGE when that is nothing, or not there."""
    from plegma.app.fixing import Sources

    check_sources(paths, bool(node or cluster))
    return Sources(tuple(paths), node, cluster)
