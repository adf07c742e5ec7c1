"""One artifact to its parts: objects, text, or a log too long to hold."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from plegma.evidence.parse.lines import decode, split
from plegma.evidence.parse.objects_forms import form_of
from plegma.evidence.parse.parsed import Parsed
from plegma.evidence.read.artifacts import HEAD, Artifact
from plegma.evidence.read.layouts import Place, failed_collection, place_of
from plegma.evidence.read.limits import MIB, Limits
from plegma.evidence.read.placing import placed
from plegma.evidence.read.spans import left_in
from plegma.evidence.read.streams import Chained, guarded, take
from plegma.evidence.unreadable import Unreadable
from plegma.model.texts import Text

if TYPE_CHECKING:
    from plegma.evidence.read.block_counts import BlockCounts


class Reader(Struct, frozen=True, dict=True):
    """Turns artifacts into parts, within the limits; `patterns` are asked for when the first long log comes."""

    limits: Limits
    patterns: Callable[[], tuple[str, ...]]

    @cached_property
    def _counts(self) -> "BlockCounts":
        from plegma.evidence.read.block_counts import BlockCounts  # with the scanner 25 ms, which short texts need not pay

        return BlockCounts(self.patterns, self.limits.workers)

    def parts(self, artifact: Artifact) -> Iterator[Parsed | Unreadable]:
        """The parts of an artifact in order, and what of it could not be read. Never raises for its content."""
        if failed := failed_collection(artifact.name, artifact.head):
            yield Unreadable(artifact.name, failed)
            return
        place = place_of(artifact.name)
        for found in self._found(artifact, place):
            yield found if isinstance(found, Unreadable) else placed(found, place)

    def _found(self, artifact: Artifact, place: Place) -> Iterator[Parsed | Unreadable]:
        stream = artifact.open()
        left = left_in(stream)
        is_long = left is not None and left.size > self.limits.whole
        data, why = take(stream, HEAD if is_long else self.limits.whole + 1)
        if why is None and (is_long or len(data) > self.limits.whole):
            yield from self._long(artifact.name, data, stream, place)
            return
        yield from _whole(artifact.name, data, place)
        if why is not None:
            yield Unreadable(artifact.name, why)

    def _long(self, name: str, data: bytes, stream: BinaryIO, place: Place) -> Iterator[Parsed | Unreadable]:
        whole = guarded(_chained(data, stream), lambda _: None)
        with self._counts.begun(whole) as begun:
            from plegma.evidence.read.long_logs import log_head, log_parts  # with the parsers 50 ms, for which nobody waits now

            if (head := log_head(name, data)) is not None:
                yield from log_parts(head, data, begun, place)
                return
        from plegma.evidence.read.long_lists import list_parts, shape_of

        if (shape := shape_of(data[:HEAD])) is not None:
            yield from list_parts(name, whole, shape, self.limits.workers)
            return
        rest, why = take(stream, self.limits.largest_whole - len(data) + 1)
        if len(data) + len(rest) > self.limits.largest_whole:
            yield Unreadable(name, _too_large(self.limits.largest_whole))
            return
        yield from _whole(name, data + rest, place)
        if why is not None:
            yield Unreadable(name, why)


def _chained(data: bytes, stream: BinaryIO) -> BinaryIO:
    return Chained(data, stream)  # type: ignore[return-value]  # all that is used of a BinaryIO is there


def _objects(name: str, data: bytes) -> tuple[Parsed, ...] | Unreadable | None:
    if not form_of(decode(data)):
        return None
    from plegma.evidence.parse.objects import read_objects  # with its readers 20 ms, which plain texts need not pay

    return read_objects(name, data)


def _whole(name: str, data: bytes, place: Place) -> Iterator[Parsed | Unreadable]:
    from plegma.evidence.parse.blocks import Context  # all parsers 40 ms, which a long log has time for while it is counted
    from plegma.evidence.parse.documents import parse_text
    from plegma.evidence.parse.log_owners import default_component

    found = _objects(name, data)
    if isinstance(found, Unreadable):
        yield found
    elif found is not None:
        yield from found
    elif place.component == "pod-log" and not default_component(Context(name)):
        yield _pod_log(name, data, place)
    else:
        yield from parse_text(name, data)


def _pod_log(name: str, data: bytes, place: Place) -> Parsed:
    """A container's own output, known as such from its path alone: every line is one that the application wrote."""
    from plegma.evidence.parse.log_lines import line_event

    lines = split(decode(data))
    events = tuple(e for number, line in enumerate(lines, 1) if (e := line_event(line, number, name, "pod-log", {})))
    blank = sum(1 for line in lines if not line.strip())
    return Parsed(name, "log", 1, len(lines), events, blank, len(lines) - blank, components=("pod-log",), evidence=place.evidence)


def _too_large(most: int) -> Text:
    return Text(
        f"it is no log and larger than {most // MIB} MiB; hand in a part of it",
        f"ログではなく、{most // MIB} MiB を超えています。一部を渡してください",
    )
