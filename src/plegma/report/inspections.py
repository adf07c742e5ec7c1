"""An inspection as an outline: each artifact with what its lines were taken for, then what nothing understood."""

from collections.abc import Iterable, Iterator

from plegma.model.inspection import InspectedArtifact, InspectedPart, Inspection, Named, Reading, Span
from plegma.model.texts import Lang, Text
from plegma.report.lines import Line
from plegma.report.words import ASSUMED

_NAMES = 6
_TOTALS = Text(
    "artifacts: {0}; lines: {1} (understood {2}, blank or prose {3}, not understood {4})",
    "入力: {0} 件、{1} 行(理解 {2}、空行・文章 {3}、不明 {4})",
)
_READ = Text("lines: {0} (understood {1}, blank or prose {2})", "{0} 行(理解 {1}、空行・文章 {2})")
_FREE = Text("{0} of the understood lines are text or tables in no known format", "理解した行のうち {0} 行は既知の書式でない文や表")
_PLACE = Text("lines {0}-{1}", "{0}-{1} 行目")
_MISSED = Text("not understood ({0}): lines {1}", "不明({0}): {1} 行目")
_EMPTY = Text("empty", "空")
_SPAN = Text("from {0} to {1}", "{0} から {1}")
_AT = Text("at {0}", "{0}")
_CLOCK = Text("clock", "時計")
_EVIDENCE = Text("evidence", "証拠の種類")
_COMPONENTS = Text("written by", "出力元")
_ON = Text("on node {0}", "ノード {0}")
_UNREAD = Text("Not read", "読まなかったもの")
_FOUND = Text("Found in all", "全体で見つかったもの")
_COUNTS = Text("events: {0}, states: {1}", "イベント: {0}、状態: {1}")
_COMMAND = Text("command", "コマンド")


def inspection_outline(inspection: Inspection, lang: Lang) -> Iterator[Line]:
    """The totals first, then artifact by artifact."""
    reading = inspection.reading
    counts = (len(inspection.artifacts), reading.lines, reading.understood, reading.blank, reading.misses)
    yield Line(0, "warn" if reading.misses else "title", _TOTALS.in_(lang).format(*counts))
    if inspection.free:
        yield Line(1, "dim", _FREE.in_(lang).format(inspection.free))
    for artifact in inspection.artifacts:
        yield from _artifact(artifact, inspection.dated, lang)
    if inspection.unread:
        yield Line(0, "heading", _UNREAD.in_(lang))
    yield from (Line(1, "warn", f"{u.artifact}: {u.why.in_(lang)}") for u in inspection.unread)
    if inspection.span or inspection.entities or inspection.evidence:
        yield Line(0, "heading", _FOUND.in_(lang))
    yield from _span(inspection.span, inspection.dated, lang)
    yield from _entities(inspection.entities)
    yield from _list(_EVIDENCE, inspection.evidence, lang)


def _artifact(artifact: InspectedArtifact, dated: bool, lang: Lang) -> Iterator[Line]:
    yield Line(0, "heading", artifact.artifact)
    reading = artifact.reading
    kinds = ", ".join(artifact.kinds) or _EMPTY.in_(lang)
    yield Line(1, "plain", f"{kinds} · {_READ.in_(lang).format(reading.lines, reading.understood, reading.blank)}")
    yield from _missed(reading, lang)
    yield from _span(artifact.span, dated, lang)
    for clock in artifact.clocks:
        assumed = f" [{ASSUMED.in_(lang)}]" if clock.assumed else ""
        yield Line(1, "plain", f"{_CLOCK.in_(lang)} {clock.offset}{assumed}: {clock.text.in_(lang)}")
    yield from _entities(artifact.entities)
    if len(artifact.parts) == 1:
        yield from _part_words(artifact.parts[0], 1, lang)
        return
    for part in artifact.parts:
        yield Line(1, "item", " · ".join(_part_title(part, dated, lang)))
        yield from _part_words(part, 2, lang)


def _part_title(part: InspectedPart, dated: bool, lang: Lang) -> Iterator[str]:
    last = part.first_line + part.reading.lines - 1
    yield f"{_PLACE.in_(lang).format(part.first_line, last)}: {part.kind}"
    if part.span:
        yield _times(part.span, dated, lang)
    if part.clock:
        assumed = f" [{ASSUMED.in_(lang)}]" if part.clock.offset_assumed else ""
        yield f"{_CLOCK.in_(lang)} {part.clock.offset}{assumed}"


def _part_words(part: InspectedPart, depth: int, lang: Lang) -> Iterator[Line]:
    """What a part is, in one line; nothing for prose."""
    words = [f"{_COMMAND.in_(lang)}: {part.command}"] if part.command else []
    if part.events or part.states:
        words.append(_COUNTS.in_(lang).format(part.events, part.states))
    if part.node:
        words.append(_ON.in_(lang).format(part.node))
    words += [
        f"{title.in_(lang)}: {', '.join(names)}" for title, names in ((_COMPONENTS, part.components), (_EVIDENCE, part.evidence)) if names
    ]
    if words:
        yield Line(depth, "dim", " · ".join(words))


def _missed(reading: Reading, lang: Lang) -> Iterator[Line]:
    if reading.misses:
        more = ", ..." if reading.misses > len(reading.missed) else ""
        yield Line(1, "warn", _MISSED.in_(lang).format(reading.misses, ", ".join(map(str, reading.missed)) + more))


def _span(span: Span | None, dated: bool, lang: Lang) -> Iterator[Line]:
    if span is not None:
        yield Line(1, "plain", _times(span, dated, lang))


def _times(span: Span, dated: bool, lang: Lang) -> str:
    """From when to when; without the year where no text names one."""
    shape = "%Y-%m-%d %H:%M:%S%z" if dated else "%m-%d %H:%M:%S"
    begins, ends = span.begins.strftime(shape), span.ends.strftime(shape)
    return _AT.in_(lang).format(begins) if begins == ends else _SPAN.in_(lang).format(begins, ends)


def _entities(entities: tuple[Named, ...]) -> Iterator[Line]:
    for found in entities:
        more = ", ..." if found.count > _NAMES else ""
        yield Line(1, "plain", f"{found.kind} ({found.count}): {', '.join(found.names[:_NAMES])}{more}")


def _list(title: Text, names: Iterable[str], lang: Lang) -> Iterator[Line]:
    listed = ", ".join(names)
    if listed:
        yield Line(1, "plain", f"{title.in_(lang)}: {listed}")
