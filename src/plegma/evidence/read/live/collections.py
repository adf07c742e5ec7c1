"""The edge that asks: lists first, then what they make suspicious; each answer becomes an artifact, each failure a gap."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from plegma.cluster import Answer, Patient, Refusal, Silence
from plegma.cluster.listings import Anew, Page, pages
from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.collection_records import NAME, File, Record, written
from plegma.evidence.read.live import plans
from plegma.evidence.read.live.fields import Thing, name_of, text
from plegma.evidence.read.live.plans import claimed
from plegma.evidence.read.live.questions import Question
from plegma.evidence.read.live.refusals import cut_off, gap_of, left_out, unqueried
from plegma.evidence.read.live.selections import FEW_NODES, Pods, kept_events, kept_leases, kept_nodes, of_interest, tidy
from plegma.evidence.read.live.suspicions import RECENT, about, is_sick, is_stale, is_warning, last_seen, nodes_in_trouble, youngest
from plegma.evidence.read.live.wanted import Wanted
from plegma.evidence.secrets import mask
from plegma.model.diagnosis import Gap
from plegma.model.texts import Text

Progress = Callable[[str, int], None]
_CHUNK = 1000
"""Objects to an artifact: of a longer list each part is parsed on its own."""
_MISSING_IS_NORMAL = frozenset({400, 404})
_NO_WAY = frozenset({401, 403, 502, 503, 504})
_PROXY_SECONDS = 10.0
REDACTED = ("values of environment variables", "last-applied-configuration", "managedFields", "what looks like a secret")


@dataclass
class Collection:
    """One collection from a cluster. `artifacts` asks while it is iterated; `record` is whole afterwards."""

    client: Patient
    question: Question
    now: datetime
    source: dict[str, str] = field(default_factory=dict)
    progress: Progress | None = None
    gaps: list[Gap] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _silent: set[str] = field(default_factory=set)
    _down: Refusal | Silence | None = None

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that could be had, without secrets, and the record of it last."""
        events = self._events()
        nodes = self._list(plans.nodes(self.question)) if not self.question.pod else []
        leases = self._list(plans.leases(self.question)) if not self.question.pod else []
        pods = self._pods()
        whole = pods.whole
        if self.question.pod and whole:
            nodes, leases = self._around(pods, text(whole[0], "spec", "nodeName"))
        if self.question.pod or self.question.node:
            events = self._in_question(events, pods)
        sick = frozenset(name_of(n)[1] for n in nodes if is_sick(n)) | frozenset(
            name_of(lease)[1] for lease in leases if is_stale(lease, youngest(leases))
        )
        yield from self._shown(events, nodes, leases, pods, sick)
        yield from self._followed(whole, nodes, sick, events)
        yield self._recorded()

    @property
    def record(self) -> Record:
        """What was collected."""
        self.counts["requests"] = len(self.client.asked)
        taken = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Record(
            taken, self.source, self.question.words, tuple(self.files), tuple(self.gaps), tuple(self.notices), self.counts, REDACTED
        )

    def _recorded(self) -> Artifact:
        data = written(self.record)
        return Artifact(NAME, len(data), lambda: io.BytesIO(data), data[:HEAD])

    # lists

    def _events(self) -> list[Thing]:
        before = len(self.gaps)
        found = self._list(plans.events(self.question))
        if len(self.gaps) > before and self._down is None:
            core = self.gaps.pop()
            found = self._list(plans.new_events(self.question))
            if len(self.gaps) > before:
                self.gaps[-1:] = [core]
        if self.question.namespace and self.question.namespace != "default":
            found += self._list(plans.node_events())
        since = self.question.since
        if since is not None:
            found = [e for e in found if (at := last_seen(e)) is None or self.now - at <= timedelta(seconds=since)]
        return found

    def _in_question(self, events: list[Thing], pods: Pods) -> list[Thing]:
        """Without events about what was not asked about."""
        asked = frozenset(name_of(p) for p in pods.whole)
        if self.question.pod:
            return of_interest(events, "", asked | frozenset((self.question.namespace, name) for p in pods.whole for name in claimed(p)))
        return of_interest(events, self.question.node, asked | frozenset(r.name for r in pods.rows))

    def _around(self, pods: Pods, node: str) -> tuple[list[Thing], list[Thing]]:
        """For a question about one pod: its node, that node's lease, and the other pods there as rows."""
        if not node:
            return [], []
        asked = frozenset(name_of(p) for p in pods.whole)
        pods.add_rows(p for p in self._list(plans.neighbours(node)) if name_of(p) not in asked)
        return self._list(plans.nodes(self.question, node)), self._list(plans.leases(self.question, node))

    def _list(self, wanted: Wanted) -> list[Thing]:
        found: list[Thing] = []
        for page in self._pages(wanted):
            if isinstance(page, Anew):
                found = []
            else:
                found += [_lean(thing) for thing in page.items]
        self.counts[wanted.request.path.rpartition("/")[2]] = len(found)
        return found

    def _pods(self) -> Pods:
        named = frozenset({(self.question.namespace, self.question.pod)} if self.question.pod else ())
        recent = RECENT if self.question.since is None else timedelta(seconds=self.question.since)
        pods = Pods(self.now, recent, named)
        for page in self._pages(plans.pods(self.question)):
            if isinstance(page, Anew):
                pods.clear()
            else:
                pods.add(page.items)
        self.counts |= {"pods": pods.count, "suspiciousPods": pods.suspicious}
        return pods

    def _pages(self, wanted: Wanted) -> Iterator[Page | Anew]:
        """The pages of a list; what ends it before its end is a gap. After the first silence of the server none is asked."""
        if self._down is not None:
            self.gaps.append(gap_of(wanted, self._down))
            return
        got = 0
        for page in pages(self.client, wanted.request):
            if isinstance(page, Refusal | Silence):
                self._failed(wanted, page)
                return
            if isinstance(page, Page):
                got += len(page.items)
                self._tell(wanted, got)
            yield page

    def _failed(self, wanted: Wanted, outcome: Refusal | Silence) -> None:
        if isinstance(outcome, Silence) and outcome.why in {"connection", "credentials", "program"} and not self.files and not self.counts:
            self._down = outcome
        self.gaps.append(gap_of(wanted, outcome))

    # what of them is kept

    def _shown(self, events: list[Thing], nodes: list[Thing], leases: list[Thing], pods: Pods, sick: frozenset[str]) -> Iterator[Artifact]:
        wanted = sick | frozenset(pods.busy_nodes()) | frozenset(nodes_in_trouble(events)) | {self.question.node}
        named = frozenset((text(about(e), "namespace"), text(about(e), "name")) for e in events if is_warning(e))
        shown = pods.kept(wanted, named)
        if left := shown.well + shown.suspicious:
            self.counts["podsOnlyCounted"] = left
            self.notices.append(left_out(pods.count, shown.well, shown.suspicious))
        kept_pods = frozenset(name_of(p) for p in pods.whole)
        told, fewer = kept_events(events, kept_pods, wanted)
        if fewer:
            self.counts["eventsOnlyCounted"] = fewer
        few = len(nodes) <= FEW_NODES
        yield from self._listed(plans.nodes(self.question), "NodeList", kept_nodes(nodes, wanted, few))
        yield from self._listed(plans.leases(self.question), "LeaseList", kept_leases(leases, wanted))
        yield from self._listed(plans.pods(self.question), "PodList", shown.pods)
        yield from self._listed(plans.events(self.question), "EventList", [tidy(e) for e in told])

    def _listed(self, wanted: Wanted, kind: str, things: list[Thing]) -> Iterator[Artifact]:
        version = (
            wanted.request.path.split("/")[2] if wanted.request.path.startswith("/api/") else "/".join(wanted.request.path.split("/")[2:4])
        )
        stem = wanted.artifact.removesuffix(".json")
        for n, start in enumerate(range(0, len(things), _CHUNK), 1):
            value = {"apiVersion": version, "kind": kind, "metadata": {}, "items": things[start : start + _CHUNK]}
            yield self._artifact(f"{stem}{f'-{n}' if n > 1 else ''}.json", wanted, _json(value))

    # what follows from it

    def _followed(self, whole: list[Thing], nodes: list[Thing], sick: frozenset[str], events: list[Thing]) -> Iterator[Artifact]:
        for wanted in plans.logs(whole, self.question, self.now):
            yield from self._one(wanted)
        yield from self._chain(plans.owners(whole), plans.owners)
        yield from self._chain(plans.claims(whole), plans.volumes)
        runtimes = {name_of(n)[1]: text(n, "status", "nodeInfo", "containerRuntimeVersion") for n in nodes}
        known = [
            name
            for name in plans.nodes_to_ask(sick, whole, nodes_in_trouble(events), self.question, self.now)
            if not nodes or name in runtimes
        ]
        for node in known:
            for wanted in plans.kubelet(node, runtimes.get(node, ""), self.question, self.now):
                yield from self._one(wanted)

    def _chain(self, first: Iterable[Wanted], following: Callable[[list[Thing]], Iterator[Wanted]]) -> Iterator[Artifact]:
        """What is wanted, and what its answers lead to."""
        found: list[Thing] = []
        for wanted in first:
            yield from self._one(wanted, found)
        for wanted in following(found):
            yield from self._one(wanted)

    def _one(self, wanted: Wanted, found: list[Thing] | None = None) -> Iterator[Artifact]:
        if wanted.form == "list":
            yield from self._listed(wanted, "List", self._list(wanted))
            return
        if wanted.node in self._silent and wanted.node:
            return
        outcome = self.client.ask(wanted.request, _PROXY_SECONDS if wanted.node else None)
        if isinstance(outcome, Answer):
            yield from self._answered(wanted, outcome, found)
            return
        if wanted.node and _is_unreachable(outcome):
            self._silent.add(wanted.node)
            wanted = replace(wanted, evidence="kubelet-log")
        is_normal = isinstance(outcome, Refusal) and outcome.status in _MISSING_IS_NORMAL and (not wanted.node or not wanted.evidence)
        if not is_normal:
            self.gaps.append(gap_of(wanted, outcome))

    def _answered(self, wanted: Wanted, answer: Answer, found: list[Thing] | None) -> Iterator[Artifact]:
        if wanted.node and wanted.evidence in {"kubelet-log", "runtime-log"} and plans.is_folder(answer.body):
            yield from self._from_folder(wanted, answer.body)
            return
        if not answer.whole:
            self.notices.append(cut_off(wanted, len(answer.body)))
        data = answer.body
        if wanted.form == "object":
            thing = _decoded(answer.body)
            if found is not None and thing:
                found.append(thing)
            data = _json(tidy(thing)) if thing else data
        if data.strip():
            yield self._artifact(wanted.artifact, wanted, data if wanted.form == "object" else _masked(data))

    def _from_folder(self, wanted: Wanted, folder: bytes) -> Iterator[Artifact]:
        files = [file for file in plans.log_files(wanted.node, folder) if file.evidence == wanted.evidence]
        if not files:
            self.gaps.append(unqueried(wanted))
        for file in files:
            yield from self._one(file)

    def _artifact(self, name: str, wanted: Wanted, data: bytes) -> Artifact:
        self.files.append(File(name, wanted.command, len(data)))
        self._tell(wanted, len(data))
        return Artifact(name, len(data), lambda: io.BytesIO(data), data[:HEAD])

    def _tell(self, wanted: Wanted, done: int) -> None:
        if self.progress is not None:
            self.progress(wanted.artifact, done)


def _is_unreachable(outcome: Refusal | Silence) -> bool:
    """Would every further request to the node's kubelet end alike? It is silent, or its proxy is not allowed or gets no connection."""
    return isinstance(outcome, Silence) or outcome.status in _NO_WAY


def _lean(thing: Thing) -> Thing:
    """The object without its managed fields, which are half of many an object in memory."""
    meta = thing.get("metadata") if isinstance(thing, dict) else None
    if isinstance(meta, dict):
        meta.pop("managedFields", None)
    return thing


def _decoded(data: bytes) -> Thing:
    import msgspec

    try:
        value: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _json(value: Thing) -> bytes:
    """As kubectl writes it, one field to a line, so that an origin's line means something; without secrets."""
    import msgspec

    return _masked(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def _masked(data: bytes) -> bytes:
    return mask(data.decode("utf-8", "replace")).encode()
