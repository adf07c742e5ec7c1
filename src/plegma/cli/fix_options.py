"""Options of `plegma fix` and `plegma verify`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.node_options import check_sources

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


Evict = Annotated[bool, typer.Option("--evict", help="Evict pods instead of deleting them: budgets are obeyed.")]
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


def sources_of(paths: list[str], node: "ThisNode | None", cluster: "Target | None") -> "Sources":
    """What is to be read. Ends with USAGE when that is nothing, or not there."""
    from plegma.app.fixing import Sources

    check_sources(paths, bool(node or cluster))
    return Sources(tuple(paths), node, cluster)
