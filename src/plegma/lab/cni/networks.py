"""A node's network: what ADD, DEL and CHECK of its plugins answer, and the locks of calls that do not return."""

from dataclasses import dataclass, field

from plegma.lab.cni.addresses import Range

KILLED = "netplugin failed with no error message: signal: killed"  # libcni pkg/invoke exec.go, once its context is done


@dataclass(frozen=True, slots=True)
class Added:
    """ADD gave the sandbox this address."""

    ip: str


@dataclass(frozen=True, slots=True)
class Done:
    """DEL or CHECK went well."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A plugin ended with an error."""

    plugin: str
    text: str


@dataclass(frozen=True, slots=True)
class Unconfigured:
    """There is no network configuration."""


@dataclass(frozen=True, slots=True)
class NeverReturns:
    """The plugin does not return. `ends_after`: seconds until libcni kills it, 0 where it waits for ever."""

    ends_after: float


Answer = Added | Done | Refused | Unconfigured | NeverReturns


@dataclass(slots=True)
class Network:
    """Faults change it.

    `configured`: /etc/cni/net.d has a list. `chain`: the plugins that it names; `installed`: those in /opt/cni/bin.
    `hangs`: a plugin never returns. `exec_timeout`: seconds after which libcni ends such a plugin, 0 where it waits for
    ever (containernetworking/cni pull 568). `refusals`: what a plugin answers every ADD with. `releases`: DEL reaches
    host-local. `locks`: pods (UIDs) for which a call is under way that does not return (dockershim's per-pod lock).
    """

    addresses: Range
    configured: bool = True
    chain: tuple[str, ...] = ("bridge", "portmap")
    installed: set[str] = field(default_factory=lambda: {"bridge", "host-local", "loopback", "portmap"})
    hangs: bool = False
    exec_timeout: float = 0.0
    refusals: list[tuple[str, str]] = field(default_factory=list)
    releases: bool = True
    locks: set[str] = field(default_factory=set)

    def _blocked(self) -> Unconfigured | Refused | NeverReturns | None:
        if not self.configured:
            return Unconfigured()
        missing = next((p for p in self.chain if p not in self.installed), None)
        if missing:
            return Refused(missing, f'failed to find plugin "{missing}" in path [/opt/cni/bin]')
        return NeverReturns(self.exec_timeout) if self.hangs else None

    def add(self, sandbox: str) -> Added | Refused | Unconfigured | NeverReturns:
        """ADD for a sandbox."""
        blocked = self._blocked()
        if blocked:
            return blocked
        if self.refusals:
            return Refused(*self.refusals[-1])
        ip = self.addresses.allocate(sandbox)
        return Added(ip) if ip else Refused(self.chain[0], self.addresses.exhausted())

    def delete(self, sandbox: str) -> Done | Refused | Unconfigured | NeverReturns:
        """DEL for a sandbox."""
        blocked = self._blocked()
        if blocked:
            return blocked
        if self.releases:
            self.addresses.release(sandbox)
        return Done()

    def check(self, sandbox: str, ip: str) -> Done | Refused | Unconfigured | NeverReturns:
        """CHECK: is the address still this sandbox's? (The status call of dockershim looks inside the namespace instead.)"""
        blocked = self._blocked()
        if blocked:
            return blocked
        host = int(ip.rpartition(".")[2]) if ip else 0
        if self.addresses.held.get(host) != sandbox:
            return Refused("host-local", f"host-local: Failed to find address added by container {sandbox}")
        return Done()
