"""A node's CNI folders as a shell shows them: the configuration, the plugins, and host-local's leases."""

import json
from typing import Any

from plegma.lab.cni.networks import Network
from plegma.lab.nodes import Node

NAMES = {"calico": "10-calico.conflist", "cilium-cni": "05-cilium.conflist", "flannel": "10-flannel.conflist"}
SIZES = {"bridge": 2_634_240, "host-local": 2_223_840, "loopback": 2_274_880, "portmap": 2_563_712, "calico": 62_652_416}


def cni_files(node: Node) -> str:
    """`ls -l` of both folders, the configuration's text, and the addresses that host-local holds."""
    network = node.network
    main = _main(network)
    name = NAMES.get(main, "10-bridge.conflist")
    text = json.dumps(_config(main, network), indent=2) + "\n" if network.configured else ""
    listed = f"-rw-r--r-- 1 root root {len(text)} Jan 12 09:14 {name}\n" if text else ""
    shown = f"# cat /etc/cni/net.d/{name}\n{text}" if text else ""
    plugins = "".join(f"-rwxr-xr-x 1 root root {SIZES.get(p, 2_448_896)} Jan 12 09:14 {p}\n" for p in sorted(_installed(network, main)))
    configuration = f"# ls -l /etc/cni/net.d\ntotal {4 if text else 0}\n{listed}{shown}"
    return f"{configuration}# ls -l /opt/cni/bin\ntotal 9012\n{plugins}{_leases(network, main)}"


def _main(network: Network) -> str:
    """The plugin that sets the network up: the one that refuses, where it is not the lab's bridge."""
    return network.refusals[-1][0] if network.refusals else network.chain[0]


def _installed(network: Network, main: str) -> set[str]:
    return network.installed | ({main} if main in NAMES else set())


def _config(main: str, network: Network) -> dict[str, Any]:
    if main == "calico":
        first: dict[str, Any] = {"type": "calico", "datastore_type": "kubernetes", "mtu": 0, "ipam": {"type": "calico-ipam"},
                                 "kubernetes": {"kubeconfig": "/etc/cni/net.d/calico-kubeconfig"}}  # fmt: skip
    elif main == "flannel":
        first = {"type": "flannel", "delegate": {"hairpinMode": True, "isDefaultGateway": True}}
    elif main == "cilium-cni":
        return {"cniVersion": "0.3.1", "name": "cilium", "plugins": [{"type": "cilium-cni", "enable-debug": False}]}
    else:
        subnet = [[{"subnet": f"{network.addresses.net}.0/24"}]]
        ipam = {"type": "host-local", "ranges": subnet, "routes": [{"dst": "0.0.0.0/0"}]}
        first = {"type": main, "bridge": "cni0", "isGateway": True, "ipMasq": True, "hairpinMode": True, "ipam": ipam}
    others: list[dict[str, Any]] = [
        {"type": p, **({"capabilities": {"portMappings": True}} if p == "portmap" else {})}
        for p in network.chain
        if p not in {main, "bridge"}
    ]
    return {"cniVersion": "0.3.1", "name": "pods", "plugins": [first, *others]}


def _leases(network: Network, main: str) -> str:
    if main in {"calico", "cilium-cni"}:
        return ""
    held = sorted(network.addresses.held)
    names = "".join(f"{network.addresses.net}.{host}\n" for host in held)
    return f"# ls /var/lib/cni/networks/pods\n{names}last_reserved_ip.0\nlock\n"
