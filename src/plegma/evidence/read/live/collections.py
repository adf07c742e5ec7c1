"""A collection from a running cluster: lists first, then what they make suspicious."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from plegma.cluster import Patient
from plegma.cluster.listings import Anew
from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.collection_records import Record, written
from plegma.evidence.read.live import plans
from plegma.evidence.read.live.fields import Thing, name_of, text
from plegma.evidence.read.live.inquiries import Inquiry, Progress
from plegma.evidence.read.live.questions import Question
from plegma.evidence.read.live.refusals import left_out, nobody, not_asked
from plegma.evidence.read.live.selections import FEW_NODES, Pods, kept_events, kept_leases, kept_nodes, of_interest, tidy
from plegma.evidence.read.live.suspicions import RECENT, about, is_sick, is_stale, is_warning, last_seen, nodes_in_trouble, youngest
from plegma.evidence.read.names import RECORD
from plegma.model.diagnosis import Gap

REDACTED = ("values of environment variables", "last-applied-configuration", "managedFields", "what looks like a secret")


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the lists say: `sick` are nodes that are not Ready, under pressure, or whose lease is stale."""

    events: list[Thing]
    nodes: list[Thing]
    leases: list[Thing]
    pods: Pods
    sick: frozenset[str]


@dataclass
class Collection:
    """One collection. `artifacts` asks while it is iterated; `record` is whole afterwards."""

    client: Patient
    question: Question
    now: datetime
    context: str = ""
    progress: Progress | None = None
    _inquiry: Inquiry = field(init=False)

    def __post_init__(self) -> None:
        self._inquiry = Inquiry(self.client, self.progress)

    @property
    def gaps(self) -> list[Gap]:
        """What could not be had so far."""
        return self._inquiry.gaps

    @property
    def record(self) -> Record:
        """What was collected."""
        inquiry = self._inquiry
        taken = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        source = {"cluster": self.context, "client": self.client.name}
        counts = {**inquiry.counts, "requests": len(self.client.asked)}
        return Record(
            taken, source, self.question.words, tuple(inquiry.files), tuple(inquiry.gaps), tuple(inquiry.notices), counts, REDACTED
        )

    def artifacts(self) -> Iterator[Artifact]:
        """Everything that could be had, without secrets, and the record of it last."""
        lists = self._lists()
        yield from self._kept(lists)
        yield from self._followed(lists)
        data = written(self.record)
        yield Artifact(RECORD, len(data), lambda: io.BytesIO(data), data[:HEAD])

    def _lists(self) -> _Lists:
        asked, events = self._inquiry, self._events()
        if self.question.pod:
            pods = self._pods()
            nodes, leases = self._around(pods)
        else:
            nodes, leases = asked.objects(plans.nodes(self.question)), asked.objects(plans.leases(self.question))
            pods = self._pods()
        self._look_for_nobody(len(nodes), pods.count)
        if self.question.pod or self.question.node:
            events = self._in_question(events, pods)
        latest = youngest(leases)
        stale = {name_of(lease)[1] for lease in leases if is_stale(lease, latest)}
        return _Lists(events, nodes, leases, pods, frozenset(stale | {name_of(node)[1] for node in nodes if is_sick(node)}))

    def _look_for_nobody(self, nodes: int, pods: int) -> None:
        gap = nobody(self.question, nodes, pods)
        if gap is not None and not any(other.evidence == gap.evidence for other in self.gaps):
            self.gaps.append(gap)

    def _events(self) -> list[Thing]:
        """The events of one of the two APIs, and those about nodes, which stand in `default`; both APIs show the same objects."""
        asked = self._inquiry
        before = len(asked.gaps)
        found = asked.objects(plans.events(self.question))
        if len(asked.gaps) > before and not asked.is_down:
            core = asked.gaps.pop()
            found = asked.objects(plans.new_events(self.question))
            if len(asked.gaps) > before:
                asked.gaps[-1] = core
        if self.question.namespace and self.question.namespace != "default":
            found += asked.objects(plans.node_events())
        since = self.question.since
        if since is None:
            return found
        return [e for e in found if (at := last_seen(e)) is None or self.now - at <= timedelta(seconds=since)]

    def _pods(self) -> Pods:
        named = frozenset({(self.question.namespace, self.question.pod)} if self.question.pod else ())
        pods = Pods(self.now, RECENT if self.question.since is None else timedelta(seconds=self.question.since), named)
        for page in self._inquiry.pages(plans.pods(self.question)):
            if isinstance(page, Anew):
                pods.clear()
            else:
                pods.add(page.items)
        self._inquiry.counts |= {"pods": pods.count, "suspiciousPods": pods.suspicious}
        return pods

    def _around(self, pods: Pods) -> tuple[list[Thing], list[Thing]]:
        """For a question about one pod: its node, that node's lease, and the other pods there as rows."""
        node = text(pods.whole[0], "spec", "nodeName") if pods.whole else ""
        if not node:
            return [], []
        asked = frozenset(name_of(p) for p in pods.whole)
        pods.add_rows(p for p in self._inquiry.objects(plans.neighbours(node)) if name_of(p) not in asked)
        return self._inquiry.objects(plans.nodes(self.question, node)), self._inquiry.objects(plans.leases(self.question, node))

    def _in_question(self, events: list[Thing], pods: Pods) -> list[Thing]:
        """Without events about what was not asked about."""
        asked = frozenset(name_of(p) for p in pods.whole)
        if self.question.pod:
            claims = frozenset((self.question.namespace, name) for p in pods.whole for name in plans.claimed(p))
            return of_interest(events, "", asked | claims)
        return of_interest(events, self.question.node, asked | frozenset(r.name for r in pods.rows))

    def _kept(self, lists: _Lists) -> Iterator[Artifact]:
        """What of the lists matters."""
        asked, question, pods = self._inquiry, self.question, lists.pods
        nodes = lists.sick | frozenset(pods.busy_nodes()) | frozenset(nodes_in_trouble(lists.events)) | {question.node}
        named = frozenset((text(about(e), "namespace"), text(about(e), "name")) for e in lists.events if is_warning(e))
        shown = pods.kept(nodes, named)
        if left := shown.well + shown.suspicious:
            asked.counts["podsOnlyCounted"] = left
            asked.notices.append(left_out(pods.count, shown.well, shown.suspicious))
        events, fewer = kept_events(lists.events, frozenset(name_of(p) for p in pods.whole), nodes)
        if fewer:
            asked.counts["eventsOnlyCounted"] = fewer
        few = len(lists.nodes) <= FEW_NODES
        yield from asked.listed(plans.nodes(question), "NodeList", kept_nodes(lists.nodes, nodes, few))
        yield from asked.listed(plans.leases(question), "LeaseList", kept_leases(lists.leases, nodes))
        yield from asked.listed(plans.pods(question), "PodList", shown.pods)
        yield from asked.listed(plans.events(question), "EventList", [tidy(e) for e in events])

    def _followed(self, lists: _Lists) -> Iterator[Artifact]:
        """What the lists make suspicious: logs, owners, claims, kubelets."""
        asked, whole = self._inquiry, lists.pods.whole
        for wanted in plans.logs(whole, self.question, self.now):
            yield from asked.one(wanted)
        yield from asked.chain(plans.owners(whole), plans.owners)
        yield from asked.chain(plans.claims(whole), plans.volumes)
        runtimes = {name_of(n)[1]: text(n, "status", "nodeInfo", "containerRuntimeVersion") for n in lists.nodes}
        suspects = plans.suspects(lists.sick, whole, nodes_in_trouble(lists.events), self.question, self.now)
        known = [name for name in suspects if not runtimes or name in runtimes]
        if len(known) > plans.MOST_NODES:
            asked.notices.append(not_asked(len(known), known[: plans.MOST_NODES]))
        for node in known[: plans.MOST_NODES]:
            for wanted in plans.kubelet(node, runtimes.get(node, ""), self.question, self.now):
                yield from asked.one(wanted)
