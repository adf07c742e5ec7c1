"""What a person wants to know of a cluster."""

from msgspec import Struct


class Question(Struct, frozen=True):
    """All of a cluster unless narrowed: to a namespace, one pod, or one node. `since` is in seconds, None for all there is."""

    namespace: str = ""
    pod: str = ""
    node: str = ""
    since: int | None = None

    @property
    def words(self) -> str:
        """The question as flags of plegma."""
        found = []
        if self.pod:
            found.append(f"--pod {self.namespace}/{self.pod}")
        elif self.namespace:
            found.append(f"-n {self.namespace}")
        if self.node:
            found.append(f"--node {self.node}")
        if self.since is not None:
            found.append(f"--since {self.since}s")
        return " ".join(found) or "-A"
