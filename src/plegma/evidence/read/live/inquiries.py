"""Asking, with an account of it: each answer becomes an artifact or objects, each failure a gap."""

import io
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from plegma.cluster import Answer, Patient, Refusal, Silence
from plegma.cluster.listings import Anew, Page, pages
from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.collection_records import File
from plegma.evidence.read.live import plans
from plegma.evidence.read.live.fields import Thing
from plegma.evidence.read.live.refusals import cut_off, gap_of, unqueried
from plegma.evidence.read.live.selections import lean, tidy
from plegma.evidence.read.live.wanted import Wanted
from plegma.evidence.read.live.writings import as_json, as_text, decoded
from plegma.model.diagnosis import Gap
from plegma.model.texts import Text

Progress = Callable[[str, int], None]
_CHUNK = 1000
"""Objects to an artifact: of a longer list each part is parsed on its own."""
_NOT_THERE = frozenset({400, 404})
_NO_WAY = frozenset({401, 403, 502, 503, 504})
_NO_SERVER = frozenset({"connection", "credentials", "program"})
_KUBELET_SECONDS = 10.0
_SERVICE_LOGS = frozenset({"kubelet-log", "runtime-log"})


class Inquiry(Struct):
    """Asks one API server; what was got and what was missed is kept here."""

    client: Patient
    progress: Progress | None = None
    gaps: list[Gap] = field(default_factory=list)
    notices: list[Text] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _silent: set[str] = field(default_factory=set)
    _down: Refusal | Silence | None = None

    @property
    def is_down(self) -> bool:
        """Was there no server at all?"""
        return self._down is not None

    def pages(self, wanted: Wanted) -> Iterator[Page | Anew]:
        """The pages of a list; what ends it before its end is a gap. A server that is not there is not asked again."""
        if self._down is not None:
            self._missed(wanted, self._down)
            return
        got = 0
        for page in pages(self.client, wanted.request):
            if isinstance(page, Refusal | Silence):
                self._list_failed(wanted, page)
                return
            if isinstance(page, Page):
                got += len(page.items)
                self._tell(wanted, got)
            yield page

    def _list_failed(self, wanted: Wanted, outcome: Refusal | Silence) -> None:
        if isinstance(outcome, Silence) and outcome.why in _NO_SERVER and not self.files and not self.counts:
            self._down = outcome
        self._missed(wanted, outcome)

    def objects(self, wanted: Wanted) -> list[Thing]:
        """All objects of a list, without their managed fields."""
        found: list[Thing] = []
        for page in self.pages(wanted):
            if isinstance(page, Anew):
                found = []
            else:
                found += [lean(thing) for thing in page.items]
        self.counts[wanted.request.path.rpartition("/")[2]] = len(found)
        return found

    def listed(self, wanted: Wanted, kind: str, things: list[Thing]) -> Iterator[Artifact]:
        """Objects as lists of a kind, each of a bounded length."""
        steps = wanted.request.path.split("/")
        version = steps[2] if steps[1] == "api" else "/".join(steps[2:4])
        stem = wanted.artifact.removesuffix(".json")
        for n, start in enumerate(range(0, len(things), _CHUNK), 1):
            value = {"apiVersion": version, "kind": kind, "metadata": {}, "items": things[start : start + _CHUNK]}
            yield self._artifact(f"{stem}{f'-{n}' if n > 1 else ''}.json", wanted, as_json(value))

    def chain(self, first: Iterable[Wanted], following: Callable[[list[Thing]], Iterator[Wanted]]) -> Iterator[Artifact]:
        """What is wanted, and what its answers lead to."""
        found: list[Thing] = []
        for wanted in first:
            yield from self.one(wanted, found)
        for wanted in following(found):
            yield from self.one(wanted)

    def one(self, wanted: Wanted, found: list[Thing] | None = None) -> Iterator[Artifact]:
        """The answer to one request; an object of it also goes to `found`."""
        if wanted.form == "list":
            yield from self.listed(wanted, "List", self.objects(wanted))
        elif not (wanted.node and wanted.node in self._silent):
            outcome = self.client.ask(wanted.request, _KUBELET_SECONDS if wanted.node else None)
            if isinstance(outcome, Answer):
                yield from self._answered(wanted, outcome, found)
            else:
                self._one_failed(wanted, outcome)

    def _one_failed(self, wanted: Wanted, outcome: Refusal | Silence) -> None:
        if wanted.node and _is_unreachable(outcome):
            self._silent.add(wanted.node)
            wanted = replace(wanted, evidence="kubelet-log")
        is_normal = isinstance(outcome, Refusal) and outcome.status in _NOT_THERE and not (wanted.node and wanted.evidence)
        is_told = self.client.left <= 0 and any(gap.evidence == wanted.evidence for gap in self.gaps)
        if not is_normal and not is_told:
            self._missed(wanted, outcome)

    def _answered(self, wanted: Wanted, answer: Answer, found: list[Thing] | None) -> Iterator[Artifact]:
        if wanted.node and wanted.evidence in _SERVICE_LOGS and plans.is_folder(answer.body):
            yield from self._from_folder(wanted, answer.body)
            return
        if not answer.whole:
            self.notices.append(cut_off(wanted, len(answer.body)))
        thing = decoded(answer.body) if wanted.form == "object" else {}
        if found is not None and thing:
            found.append(thing)
        if data := as_json(tidy(thing)) if thing else as_text(answer.body):
            yield self._artifact(wanted.artifact, wanted, data)

    def _from_folder(self, wanted: Wanted, folder: bytes) -> Iterator[Artifact]:
        files = [file for file in plans.log_files(wanted.node, folder) if file.evidence == wanted.evidence]
        if not files:
            self.gaps.append(unqueried(wanted))
        for file in files:
            yield from self.one(file)

    def _missed(self, wanted: Wanted, outcome: Refusal | Silence) -> None:
        self.gaps.append(gap_of(wanted, outcome))

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
