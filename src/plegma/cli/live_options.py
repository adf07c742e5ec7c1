"""Options of the commands that ask a running cluster, under kubectl's own names."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.options import USAGE
from plegma.cli.output import TerminalProgress, fail

if TYPE_CHECKING:
    from plegma.app.clusters import Target
    from plegma.evidence.read.live import Collection, Question

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION = re.compile(r"(?:\d{1,9}[smhd])+")
_LONGEST = 3650 * _UNITS["d"]


def seconds_of(text: str) -> int:
    """A duration as kubectl writes them ("90s", "1h30m", "2d"), in seconds; a bare number is seconds."""
    text = text.strip()
    if not (text.isdecimal() or _DURATION.fullmatch(text)):
        raise typer.BadParameter(f"{text!r} is no duration; write for example 90s, 30m or 2h")
    found = int(text) if text.isdecimal() else sum(int(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)([smhd])", text))
    if found > _LONGEST:
        raise typer.BadParameter(f"{text!r} is too long; at most {_LONGEST // _UNITS['d']}d")
    return found


class ClientChoice(StrEnum):
    """Who speaks to the API server."""

    auto = "auto"
    kr8s = "kr8s"
    kubectl = "kubectl"


Context = Annotated[str, typer.Option("--context", metavar="NAME", help="Context of the kubeconfig.", show_default=False)]
Kubeconfig = Annotated[
    Path | None,
    typer.Option("--kubeconfig", metavar="FILE", help="Kubeconfig; default: $KUBECONFIG or ~/.kube/config.", show_default=False),
]
Namespace = Annotated[str, typer.Option("--namespace", "-n", metavar="NS", help="Only this namespace.", show_default=False)]
AllNamespaces = Annotated[bool, typer.Option("--all-namespaces", "-A", help="All namespaces (the default).")]
Pod = Annotated[str, typer.Option("--pod", metavar="NS/NAME", help="Only this pod, its node and its owners.", show_default=False)]
Node = Annotated[str, typer.Option("--node", metavar="NAME", help="Only this node and its pods.", show_default=False)]
Since = Annotated[
    int | None,
    typer.Option(
        "--since", parser=seconds_of, metavar="2h", help="Logs and events of so long only; default: 2h on a node.", show_default=False
    ),
]
Timeout = Annotated[
    int | None,
    typer.Option(
        "--timeout", parser=seconds_of, metavar="2m", help="For all reading; default: 1m on a node, 2m for a cluster.", show_default=False
    ),
]
Client = Annotated[ClientChoice, typer.Option("--client", help="kr8s (pip install 'plegma[live]') or the kubectl program.")]
NODE_SINCE = 7200
NODE_SECONDS, CLUSTER_SECONDS = 60, 120


def question_of(namespace: str, everywhere: bool, pod: str, node: str, since: int | None) -> "Question":
    """What is asked; ends with USAGE where the flags contradict one another."""
    from plegma.evidence.read.live import Question

    if sum(map(bool, (namespace, everywhere, pod, node))) > 1:
        fail("give one of -n, -A, --pod and --node", USAGE)
    if not pod:
        return Question(namespace, "", node, since)
    where, slash, name = pod.partition("/")
    if not (slash and where and name and "/" not in name):
        fail(f"--pod {pod!r} is no NAMESPACE/NAME", USAGE)
    return Question(where, name, "", since)


def target_of(question: "Question", context: str, kubeconfig: Path | None, timeout: int | None, client: ClientChoice) -> "Target":
    """The cluster that is asked."""
    from plegma.app.clusters import Target
    from plegma.cluster.clients import Access

    if kubeconfig is not None and not kubeconfig.is_file():
        fail(f"no such kubeconfig: {kubeconfig}", USAGE)
    return Target(question, Access(context, str(kubeconfig or "")), max(1, timeout or CLUSTER_SECONDS), client.value)


@contextmanager
def asked(target: "Target | None", progress: TerminalProgress) -> "Iterator[Collection | None]":
    """The collection from a cluster, None when none is asked. Ends with USAGE when there is nobody to ask with."""
    if target is None:
        yield None
        return
    from plegma.app.clusters import collection_from
    from plegma.cluster.clients import NoClientError

    try:
        with collection_from(target, progress) as collection:
            yield collection
    except NoClientError as error:
        fail(str(error), USAGE)


def whole_failure(collection: "Collection") -> str:
    """Why nothing at all could be read."""
    return next((gap.text.en for gap in collection.gaps), "the cluster shows nothing")
