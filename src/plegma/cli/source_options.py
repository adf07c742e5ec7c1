"""Where evidence is taken from besides files: this node and a cluster, with how far back and how long."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli import live_options as live
from plegma.cli.node_options import (
    KMSG,
    CallTimeoutFlag,
    CniConfFlag,
    CniNetworksFlag,
    CriFlag,
    DockerFlag,
    KernelLogFlag,
    LogFlag,
    NodeNameFlag,
    RootFlag,
    ThisNodeFlag,
)
from plegma.cli.options import USAGE
from plegma.cli.output import fail

if TYPE_CHECKING:
    from plegma.app.clusters import Target
    from plegma.app.nodes import ThisNode


@dataclass(frozen=True, repr=False, eq=False)  # made at every start: what nobody asks for is not
class SourceOptions:
    """The options, in the order in which --help shows them."""

    cluster: Annotated[bool, typer.Option("--cluster", help="Ask the Kubernetes API.")] = False
    context: live.Context = ""
    kubeconfig: live.Kubeconfig = None
    namespace: live.Namespace = ""
    all_namespaces: live.AllNamespaces = False
    pod: live.Pod = ""
    node: live.Node = ""
    client: live.Client = live.ClientChoice.auto
    this_node: ThisNodeFlag = False
    cri: CriFlag = None
    docker: DockerFlag = None
    root: RootFlag = Path("/")
    node_name: NodeNameFlag = ""
    log: LogFlag = None
    call_timeout: CallTimeoutFlag = 5.0
    cni_conf: CniConfFlag = None
    cni_networks: CniNetworksFlag = "/var/lib/cni/networks"
    kernel_log: KernelLogFlag = KMSG
    since: live.Since = None
    timeout: live.Timeout = None

    def this(self, since: float = live.NODE_SINCE) -> "ThisNode | None":
        """The node, None when it is not asked for; `since` (seconds) where the option is not given."""
        if not self.this_node:
            return None
        from plegma.app.nodes import ThisNode

        span = since if self.since is None else self.since
        return ThisNode(
            self.root, self.cri, self.docker, self.node_name, span, tuple(self.log or ()), self.call_timeout,
            self.timeout or live.NODE_SECONDS, self.cni_conf, self.cni_networks, self.kernel_log,
        )  # fmt: skip

    def target(self) -> "Target | None":
        """The cluster, None when it is not asked for. Ends with USAGE where the options contradict one another."""
        if not self.cluster:
            if self.context or self.kubeconfig or self.namespace or self.all_namespaces or self.pod or self.node:
                fail("--context, --kubeconfig, -n, -A, --pod and --node go with --cluster", USAGE)
            return None
        question = live.question_of(self.namespace, self.all_namespaces, self.pod, self.node, self.since)
        return live.target_of(question, self.context, self.kubeconfig, self.timeout, self.client)


NOWHERE = SourceOptions()
