"""host-local: which addresses of a node's range are taken, and by whom (containernetworking/plugins ipam/host-local)."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Range:
    """`net`: the first three numbers of a /24; hosts `first` to `last` are given out, in turn as host-local does.

    `held`: host -> id of the sandbox that it was given to, as in the files under /var/lib/cni/networks. An entry whose
    sandbox is gone is a leak: only a DEL of that sandbox gives the address back.
    """

    net: str
    first: int = 2
    last: int = 254
    held: dict[int, str] = field(default_factory=dict)
    latest: int = 1

    def allocate(self, sandbox: str) -> str:
        """The next free address for a sandbox; empty when there is none."""
        size = self.last - self.first + 1
        for step in range(size):
            host = self.first + (self.latest - self.first + 1 + step) % size
            if host not in self.held:
                self.held[host] = sandbox
                self.latest = host
                return f"{self.net}.{host}"
        return ""

    def release(self, sandbox: str) -> None:
        """Gives back what a sandbox holds; nothing is no error, as DEL must be repeatable."""
        for host in [h for h, s in self.held.items() if s == sandbox]:
            del self.held[host]

    def exhausted(self) -> str:
        """host-local's text when no address is free (the range set names the gateway's address too)."""
        return f"failed to allocate for range 0: no IP addresses available in range set: {self.net}.{self.first - 1}-{self.net}.{self.last}"
