"""Services and what stands behind them."""

from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import known, refs, state
from plegma.model.observations import Observation

WAITING = "<pending>"
"""What kubectl prints for the address of a load balancer that is not there."""

_LOCK = "control-plane.alpha.kubernetes.io/leader"
"""Annotation of an Endpoints object that a leader election locks (client-go tools/leaderelection/resourcelock)."""
_HEADLESS = "service.kubernetes.io/headless"
"""Label that the endpoints controller gives to what stands behind a headless Service (core/v1 well_known_labels.go)."""


def service(thing: Branch) -> Iterator[Observation]:
    """A Service."""
    spec = thing.at("spec")
    attrs = known(
        type=spec.text("type"),
        cluster_ip=spec.text("clusterIP"),
        selector=",".join(f"{key}={value.text()}" for key, value in spec.entries("selector")),
        external_ip=WAITING if _waits(thing) else None,
        ports=",".join(f"{port.text('port')}/{port.text('protocol') or 'TCP'}" for port in spec.items("ports")),
    )
    yield state("Service", attrs, spec.at("clusterIP"), _service_refs(thing, thing.text("metadata", "name")))


def _waits(thing: Branch) -> bool:
    """Has a load balancer been asked for that has no address yet (kubectl's getServiceExternalIP)? Without a status nobody knows."""
    spec, status = thing.at("spec"), thing.at("status")
    there = next(iter(status.items("loadBalancer", "ingress")), None) or next(iter(spec.items("externalIPs")), None)
    return spec.text("type") == "LoadBalancer" and bool(status) and there is None


def endpoints(thing: Branch) -> Iterator[Observation]:
    """An Endpoints object: `ip:port` of what is ready, "<none>" as kubectl prints it. One without an address may be a mere lock."""
    ready = [a.text("ip") for subset in thing.items("subsets") for a in subset.items("addresses")]
    if not ready and (thing.at("metadata", "annotations").has(_LOCK) or thing.at("metadata", "labels").has(_HEADLESS)):
        return
    shown = thing.at("subsets") if thing.at("subsets") else thing.at("metadata", "name")
    ports = [p.text("port") for subset in thing.items("subsets") for p in subset.items("ports")]
    yield from _behind(thing, thing.text("metadata", "name"), ready, ports, shown)


def endpoint_slice(thing: Branch) -> Iterator[Observation]:
    """An EndpointSlice; an endpoint without the condition counts as ready (discovery/v1)."""
    ready = [a.text() for e in thing.items("endpoints") if e.at("conditions", "ready").value is not False for a in e.items("addresses")]
    name = thing.text("metadata", "labels", "kubernetes.io/service-name") or thing.text("metadata", "name")
    yield from _behind(thing, name, ready, [p.text("port") for p in thing.items("ports")], thing.at("endpoints"))


def _behind(thing: Branch, name: str, ready: list[str], ports: list[str], shown: Branch) -> Iterator[Observation]:
    port = f":{ports[0]}" if len(ports) == 1 else ""
    text = ",".join(f"{address}{port}" for address in ready) or "<none>"
    yield state("Service", known(endpoints=text), shown, _service_refs(thing, name))


def _service_refs(thing: Branch, name: str) -> dict[str, str]:
    return refs(namespace=thing.text("metadata", "namespace"), workload=f"service/{name}" if name else "")
