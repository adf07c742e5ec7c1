"""One thing to ask for: the request, what its answer is called, and what it is good for."""

from typing import Literal

from msgspec import Struct

from plegma.cluster import Request

Form = Literal["list", "object", "text"]


class Wanted(Struct, frozen=True):
    """`artifact` names the answer as its path does; `evidence` is the id of its evidence kind ("" when none misses it).

    `node` is the node whose kubelet has to answer: one that keeps silent is not asked again.
    """

    request: Request
    artifact: str
    form: Form
    evidence: str = ""
    node: str = ""

    @property
    def command(self) -> str:
        """The kubectl command that gets the same."""
        return f"kubectl get --raw '{self.request.target}'"
