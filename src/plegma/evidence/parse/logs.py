"""Runs of log lines, with what was wrapped or continues over several lines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from plegma.evidence.parse.blocks import Block, Context, Document, ends_output, indent_of, next_filled
from plegma.evidence.parse.joins import at_edge, join_wrapped, shares_width, whole_text
from plegma.evidence.parse.line_kinds import has_cjk, is_elision, is_narrative, is_prefixed
from plegma.evidence.parse.log_lines import LogLine, log_event, log_line, records_of
from plegma.evidence.parse.log_owners import default_component, default_refs
from plegma.evidence.parse.parsed import NO_HINTS, ClockHints, first_said
from plegma.evidence.parse.stamps import ZONES, absolute
from plegma.model.observations import Event, State

_FLAG = re.compile(r"\"?FLAG: --(?P<key>[\w-]+)=\\?\"(?P<value>.*?)\\?\"?$")
_HEADER = re.compile(r"\s*-- (?:Logs begin at|Journal begins at|Boot |Reboot|No entries|cursor|.{0,60}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_MARK = re.compile(r"={3,} (?:START|END) logs for container (?P<container>\S+) of pod (?P<namespace>[^/\s]+)/(?P<pod>\S+) ={3,}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: ([A-Z]{2,5}|[+-]\d{4}))?")
_ROTATED = re.compile(r"[-.](20\d\d)-?(\d\d)-?(\d\d)(?=\D|$)")
_OPEN_VALUE = re.compile(r"=<$")
_CLOSE_VALUE = re.compile(r"\s*>(?:\s|$)")
_HANGING = re.compile(r"\s*(?:[)\]}>,;|'\"]|[.:]\s)")
_AWAITS = re.compile(r"(?:error:|\b(?:Get|Put|Post|Patch|Delete)|timeout=\d+s\\?\"?:)\s*$")
"""Ends of a line that Go's net/http and the words around its errors go on from: what failed is still to be named."""
_MORE_KEYS = re.compile(r"\s*(?:[a-z]\w+=\S|for +pid=)")
_QUOTE = re.compile(r'(?<!\\)"')
_MAX_CONTINUED = 400
_WEAK = frozenset(("klog-cut", "bracketed"))
"""Shapes that the middle of a record may have."""

_EVIDENCE = {
    "kubelet": "kubelet-log", "containerd": "runtime-log", "dockerd": "runtime-log", "crio": "runtime-log", "kernel": "kernel-log",
    "audit": "kernel-log", "kube-apiserver": "apiserver-log", "etcd": "etcd-log", "kube-controller-manager": "controller-log",
    "calico-node": "cni-agent-log", "cilium-agent": "cni-agent-log", "flannel": "cni-agent-log", "kube-router": "cni-agent-log",
    "ipamd": "cni-agent-log", "weave": "cni-agent-log", "pod-log": "pod-log", "k3s": "kubelet-log", "rke2": "kubelet-log",
}  # fmt: skip


class _Record(Struct):
    """One record while it is read: its first line's index, how it was understood, the pieces of the lines below."""

    index: int
    line: LogLine
    pieces: list[str] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The index after its last line."""
        return self.index + 1 + len(self.pieces)


class _Run(Struct):
    """A run of log lines while it is read."""

    document: Document
    default: str
    refs: dict[str, str]
    hints: ClockHints
    records: list[_Record] = field(default_factory=list)
    marked: bool = False
    end: int = 0


def logs(document: Document, index: int, context: Context) -> Block | None:
    """A run of log records that starts here."""
    if not _begins(document.lines[index]):
        return None
    run = _Run(document, default_component(context), default_refs(context), _name_hints(context))
    at = index
    while 0 <= at < len(document.lines) and (end := _step(run, at)) > at:
        run.end = end
        at = _over_gap(document, end)
    return _block(run)


def _begins(line: str) -> bool:
    """Is the line a log record, a journal's header, or a mark of `cluster-info dump`?"""
    return bool(line) and (log_line(line).recognised or bool(_HEADER.match(line) or _MARK.match(line)))


def _over_gap(document: Document, at: int) -> int:
    ahead = next_filled(document, at)
    if ahead <= at or ahead < 0:
        return at
    return ahead if _begins(document.lines[ahead]) else len(document.lines)


def _step(run: _Run, at: int) -> int:
    """Reads the line and says where to go on; `at` itself at the end of the run."""
    line = run.document.lines[at]
    parts = log_line(line)
    if parts.recognised and not _is_piece(run, at, parts):
        _record(run, at, parts)
    elif mark := _MARK.match(line):
        run.refs, run.default, run.marked = dict(mark.groupdict()), "pod-log", "START" in line
    elif _HEADER.match(line):
        run.hints = first_said(run.hints, _header_hints(line))
    elif is_elision(line):
        return at + 1 if _goes_on(run.document, at + 1) else at
    elif not run.records and not run.marked:
        return at
    else:
        return _unheaded(run, at, line)
    return at + 1


def _is_piece(run: _Run, at: int, parts: LogLine) -> bool:
    """Does a line only look like a record because the terminal cut the one before it there?"""
    weak = not parts.carried.carrier and parts.body.shape in _WEAK
    return weak and bool(run.records) and shares_width(run.document, at - 1) and at - 1 <= run.records[-1].end - 1


def _goes_on(document: Document, at: int) -> bool:
    ahead = next_filled(document, at)
    return ahead >= 0 and _begins(document.lines[ahead])


def _record(run: _Run, at: int, parts: LogLine) -> None:
    last = run.records[-1] if run.records else None
    if last is not None and _is_inside(last, parts):
        last.pieces.append(parts.carried.body)
        return
    for piece in records_of(parts):
        run.records.append(_Record(at, piece, refs=run.refs))


def _is_inside(last: _Record, parts: LogLine) -> bool:
    """Is a carried line the inside of a structured klog value (`err=<` ... ` >`) that the record before opened?"""
    if parts.body.shape or parts.carried.program != last.line.carried.program or len(last.pieces) >= _MAX_CONTINUED:
        return False
    return _in_value(last)


def _in_value(last: _Record) -> bool:
    """Is a structured klog value (`err=<`) of the record still open?"""
    return bool(_OPEN_VALUE.search(last.line.body.message)) and not any(map(_CLOSE_VALUE.match, last.pieces))


def _unheaded(run: _Run, at: int, line: str) -> int:
    """A line without any header: the rest of the record before, or a message that the program printed bare."""
    last = run.records[-1] if run.records else None
    inside = last is not None and _in_value(last)  # a program may say "please" there
    if has_cjk(line) or (not run.marked and not inside and (ends_output(line) or _is_told(run, at, line))):
        return at
    if last is not None and len(last.pieces) < _MAX_CONTINUED and _hangs_on(run.document, at, last):
        last.pieces.append(line)
    else:
        bare = log_line(line)
        carried = replace(bare.carried, at=last.line.at, program=last.line.carried.program) if last is not None else bare.carried
        run.records.append(_Record(at, replace(bare, carried=carried), refs=run.refs))
    return at + 1


def _is_told(run: _Run, at: int, line: str) -> bool:
    """Does a person tell something below the log? Pods may write sentences, and a terminal cuts where it must."""
    return run.default != "pod-log" and is_narrative(line) and not shares_width(run.document, at - 1)


def _hangs_on(document: Document, at: int, last: _Record) -> bool:
    """Is a line without a header the rest of the record before?"""
    line = document.lines[at]
    if indent_of(line) > indent_of(document.lines[last.index]) or _HANGING.match(line) or _is_open(last):
        return True
    if last.line.body.shape in ("audit", "logfmt") and _MORE_KEYS.match(line):
        return True
    return at_edge(document, at - 1) and not (is_prefixed(line) and not shares_width(document, at - 1))


def _is_open(last: _Record) -> bool:
    if _OPEN_VALUE.search(last.line.body.message):
        return _in_value(last)
    end = last.pieces[-1] if last.pieces else last.line.body.message
    return end.endswith((",", "(", "{", "=", " }", "\\")) or bool(_AWAITS.search(end)) or _in_quote(last)


def _in_quote(last: _Record) -> bool:
    """Is a quoted value of logfmt or structured klog still open?"""
    body = last.line.body
    if body.shape != "logfmt" and not (body.shape == "klog" and body.message.startswith('"')):
        return False
    return len(_QUOTE.findall("".join((last.line.carried.body, *last.pieces)))) % 2 == 1


def _block(run: _Run) -> Block:
    shared = _shared_component(run)
    hints = run.hints
    for record in run.records:
        hints = first_said(hints, ClockHints(carrier_lag=record.line.lag, zone=record.line.zone))
    events = tuple(_event(run, record, shared) for record in run.records)
    flags = tuple(_flags(run))
    components = tuple(sorted({event.component for event in events if event.component}))
    return Block("log", run.end, (*events, *flags), hints=hints, components=components, evidence=evidence_of(components))


def _flags(run: _Run) -> Iterator[State]:
    """The flags that a component of Kubernetes logs at its start (k8s.io/component-base/cli/flag, flags.go)."""
    for record in run.records:
        if match := _FLAG.match(record.line.body.message):
            attrs = {"file": "flags", "key": match["key"], "value": match["value"]}
            refs = {"node": record.line.carried.host} if record.line.carried.host else {}
            yield run.document.state(record.index, "Config", attrs, refs, record.line.at)


def evidence_of(components: Iterable[str]) -> tuple[str, ...]:
    """The kinds of evidence that a log of these programs is."""
    return tuple(sorted({_EVIDENCE[name] for name in components if name in _EVIDENCE}))


def _shared_component(run: _Run) -> str:
    """The component of lines that do not tell it themselves: the artifact's, or the one that all other lines have."""
    if run.default:
        return run.default
    known = Counter(owner for record in run.records if (owner := record.line.owner))
    return next(iter(known)) if len(known) == 1 else ""


def _event(run: _Run, record: _Record, shared: str) -> Event:
    document, line, text = run.document, record.line, run.document.shown[record.index]
    message = line.body.message
    if record.pieces:
        message = join_wrapped(document, record.index, (message, *record.pieces))
        text = whole_text(document, record.index, record.end)
        bare = record.pieces[0] == document.lines[record.index + 1]
        if bare and shares_width(document, record.index):  # the header itself may have been cut
            line = log_line(join_wrapped(document, record.index, document.lines[record.index : record.end]))
            message = line.body.message
    return log_event(line, message, document.origin(record.index), text, shared, record.refs)


def _header_hints(line: str) -> ClockHints:
    moments = [(absolute(match.group()), match[1]) for match in _MOMENT.finditer(line)]
    walls = [stamp.wall for stamp, _ in moments if stamp is not None]
    name = next((zone for _, zone in moments if zone), "")
    return ClockHints(ZONES.get(name), name, walls[0] if walls else None, walls[1] if len(walls) > 1 else None)


def _name_hints(context: Context) -> ClockHints:
    for name in (*context.command.argv, context.artifact):
        if match := _ROTATED.search(name):
            try:
                return ClockHints(rotated=date(int(match[1]), int(match[2]), int(match[3])))
            except ValueError:
                continue
    return NO_HINTS
