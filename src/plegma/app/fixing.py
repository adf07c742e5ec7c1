"""`plegma fix` and `plegma verify`: a diagnosis, its plan, and a run of it with everything that the run touches."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from plegma.app.anonymising import masked
from plegma.app.diagnosing import Answer, diagnose_paths
from plegma.app.nodes import ThisNode, places_of
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis
from plegma.remedy.plans import Plan, Step
from plegma.remedy.preconditions import Check
from plegma.remedy.proofs import Picture, Proof, judge, picture_of
from plegma.remedy.runs import Terms, World, watch

if TYPE_CHECKING:
    from plegma.app.clusters import Target
    from plegma.evidence.read.node.places import Places
    from plegma.knowledge.failure_mode import RiskLevel
    from plegma.remedy.clusters import ClusterHands
    from plegma.remedy.nodes import NodeHands

Consent = Callable[[Step, "RiskLevel", tuple[Check, ...]], bool]
PAUSE_FILE = "etc/plegma/paused"
"""Below the node's root: while it is there, nothing is done on this node."""
_LONG = 86_400.0


@dataclass(frozen=True, slots=True)
class Sources:
    """Where evidence is taken from, and taken again after an action: the node, the cluster, or files (which do not change)."""

    paths: tuple[str, ...] = ()
    node: ThisNode | None = None
    cluster: "Target | None" = None


@dataclass(frozen=True, slots=True)
class Ways:
    """How this node is acted on."""

    unit_command: str = "systemctl {verb} {unit}"
    aside: Path = Path("/var/lib/plegma/aside")


def diagnose_sources(sources: Sources, catalog: Catalog) -> Answer:
    """A diagnosis of everything there. Raises what the readers of options raise (NoSuchLogError, NoClientError, ...)."""
    from plegma.evidence.read.node.nodes import read_node

    more = read_node(places_of(sources.node)) if sources.node else ()
    if sources.cluster is None:
        return diagnose_paths(sources.paths, catalog, rewrite=masked, more=more)
    return _with_cluster(sources, catalog, more)


def _with_cluster(sources: Sources, catalog: Catalog, more: Sequence[object]) -> Answer:
    from itertools import chain

    from plegma.app.clusters import collection_from

    assert sources.cluster is not None
    with collection_from(sources.cluster) as collection:
        return diagnose_paths(sources.paths, catalog, rewrite=masked, more=chain(more, collection.artifacts()))  # type: ignore[arg-type]


def looker(sources: Sources, catalog: Catalog) -> Callable[[], Diagnosis | None]:
    """Takes the evidence again: of logs only what is written from now on, of everything else what is so then."""
    from plegma.evidence.read.node.nodes import read_node

    node = _from_now(places_of(sources.node)) if sources.node else None

    def look() -> Diagnosis | None:
        more = read_node(node) if node is not None else ()
        if sources.cluster is not None:
            return _with_cluster(replace(sources, paths=()), catalog, more).diagnosis
        return diagnose_paths((), catalog, rewrite=masked, more=more).diagnosis if more else None

    return look


def _from_now(places: "Places") -> "Places":
    sizes = {str(path): path.stat().st_size for _, path in _logs(places) if path.is_file()}
    return structs.replace(places, since=datetime.now(UTC), read_before=sizes)


def _logs(places: "Places") -> list[tuple[str, Path]]:
    from plegma.evidence.read.node.places import LOG_FILES

    return [*places.logs, *((program, places.at(name)) for program, names in LOG_FILES.items() for name in names)]


def world_of(sources: Sources, plan: Plan, catalog: Catalog, ways: Ways, consent: Consent) -> World:
    """All that a run of the plan touches."""
    cluster = _cluster_hands(sources, plan)
    return World(
        cluster=cluster, node=_node_hands(sources, ways), look=looker(sources, catalog), fleet=cluster.fleet if cluster else lambda: None,
        consent=consent, paused=lambda: _paused(sources), wall=time.time, monotonic=time.monotonic, sleep=time.sleep,
    )  # fmt: skip


def _node_hands(sources: Sources, ways: Ways) -> "NodeHands | None":
    if sources.node is None:
        return None
    from plegma.evidence.read.node.sockets import cri_sockets, docker_sockets
    from plegma.remedy.nodes import Host, NodeHands

    places = places_of(sources.node)
    cri, docker = cri_sockets(places), docker_sockets(places)
    return NodeHands(
        Host(places.node, next(iter(cri), None), next(iter(docker), None), places.root, places.cni_networks, ways.unit_command, ways.aside)
    )


def _cluster_hands(sources: Sources, plan: Plan) -> "ClusterHands | None":
    if sources.cluster is None:
        return None
    from plegma.app.clusters import EACH
    from plegma.cluster import Patient, client_for
    from plegma.remedy.clusters import ClusterHands

    entity = plan.hypothesis.entity
    pod = (entity.namespace or "default", entity.name) if entity.kind == "Pod" else None
    patient = Patient(client_for(sources.cluster.access, sources.cluster.client), EACH, _LONG)
    return ClusterHands(patient, pod, lambda: datetime.now(UTC), time.sleep, time.monotonic)


def _paused(sources: Sources) -> str:
    path = (sources.node.root if sources.node else Path("/")) / PAUSE_FILE
    return str(path) if sources.node and path.exists() else ""


def history_file() -> Path:
    """Where deeds are kept unless told otherwise (XDG base directories; root's own below /var/lib)."""
    if os.geteuid() == 0:
        return Path("/var/lib/plegma/fix-history.json")
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local/state")
    return Path(base) / "plegma/fix-history.json"


def verify(diagnosis: Diagnosis, sources: Sources, catalog: Catalog, terms: Terms) -> Proof:
    """Is the first cause of an earlier diagnosis still there? Looks until it has stayed away, or the deadline passes."""

    def looks() -> Diagnosis | None:
        answer = diagnose_sources(sources, catalog)
        return answer.diagnosis if answer.readable and _shows_the_like(answer.diagnosis, shown_by) else None

    cause = diagnosis.hypotheses[0].cause
    shown_by = {_kind(line.artifact) for step in diagnosis.hypotheses[0].chain for line in step.evidence}
    before = picture_of(diagnosis, cause, time.monotonic())
    world = World(
        cluster=None, node=None, look=looks, fleet=lambda: None, consent=lambda *_: False, paused=lambda: "", wall=time.time,
        monotonic=time.monotonic, sleep=time.sleep,
    )  # fmt: skip
    seen: list[Picture] = list(watch(before, cause, terms, world))
    return judge(before, seen)


def _shows_the_like(diagnosis: Diagnosis, kinds: set[str]) -> bool:
    """Was anything read of the kind that showed the cause? What only the API showed is not gone because a node is silent of it."""
    return bool(kinds & {_kind(item.artifact) for item in diagnosis.inputs})


def _kind(artifact: str) -> str:
    """Where an artifact was taken: this node, the API, or files."""
    if artifact.startswith("this-node/"):
        return "node"
    return "cluster" if artifact.startswith(("api/", "apis/", "cluster/")) else "files"
