"""What stands inside the carriers: klog, structured klog, logfmt, JSON, kernel lines, and the rest."""

import json
import re
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from plegma.evidence.parse.numbers import count_or
from plegma.evidence.parse.stamps import absolute, epoch, yearless
from plegma.model.observations import Stamp


class Body(Struct, frozen=True):
    """A message with the header taken off; `program` only where the content itself tells, `shape` names the format."""

    message: str
    at: Stamp | None = None
    program: str = ""
    shape: str = ""
    source: str = ""
    count: int = 1


_KLOG = re.compile(
    r"\s*(?:\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d\d:\d\d [AP]M)?"
    r"[IWEF](?P<month>\d\d)(?P<day>\d\d) (?P<clock>\d\d:\d\d:\d\d)\.(?P<fraction>\d{6})\s+\d+ "
    r"(?P<source>[\w.?/-]+:\d+)\] ?(?P<message>.*)$"
)
"""A web page's log view may set the browser's time before the head, with nothing between them (Rancher 1.x)."""
_KLOG_CUT = re.compile(r"\s*(?:(?:\d\d:)?\d\d:\d\d\.\d+\s+\d+ )?(?P<source>[\w.-]+\.go:\d+)\] (?P<message>.*)$")
_LOGFMT = re.compile(r"\s*(?:time=(?:\"(?P<time>[^\"]*)\"|(?P<bare>\S+))\s+)?level=(?P<level>\w+)\s")
_LOGFMT_CUT = re.compile(r"\s*(?P<iso>\d{4}-\d\d-\d\dT\S+)\s+level=(?P<level>\w+)\s")
_END = r"(?!\s+[\w.@/-]+=|\s*$)"
_PAIR = re.compile(rf"([\w.@/-]+)=(\"(?:[^\"\\]|\\.|\"{_END})*\"?|'(?:[^'\\]|\\.|'{_END})*'?|\S*)")
"""A key and its value; quotes inside a value may have lost their escapes on the way: a value ends where a key follows."""
_KERNEL = re.compile(r"\s*(?:kern\s*:\w+\s*:\s*)?\[(?:\s*\+?\d+\.\d{2,9}|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d)\]\s?(?P<message>.*)$")
_WALL = re.compile(r"\s*kernel:\s?(?P<message>\S.*)$")
_KERNEL_DATED = re.compile(r"\s*\[(?P<date>\w{3} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4})\]\s?(?P<message>.*)$")
_DATED = re.compile(
    r"\s*[\[(]?(?P<at>\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\s?(?:Z|[+-]\d\d:?\d\d)?)[\])]?[\s|:,-]+(?P<message>\S.*)$"
)
_BRACKETED = re.compile(r"\s*(?P<message>\[(?:FATAL|ERROR|WARNING|WARN|INFO|DEBUG|NOTICE)\] \S.*)$")
_REPEATED = re.compile(r"\s*message repeated (?P<count>\d+) times: \[ ?(?P<message>.*?)\]?$")
_LEVELLED = re.compile(r"\s*(?:DEBU|INFO|WARN|ERRO|FATA|PANI)\[(?P<clock>\d{4}|[\dT:+Z -]+)\]\s*(?P<message>.*)$")
_AUDIT = re.compile(r"\s*(?:node=\S+ )?type=\w+ msg=audit\((?P<epoch>\d+\.\d+):\d+\)")


def klog(text: str) -> Body | None:
    """A klog line, structured or not; its message is all that follows the header."""
    match = _KLOG.match(text)
    if match is None:
        return _cut_klog(text)
    at = yearless(int(match["month"]), match["day"], match["clock"], match["fraction"])
    return Body(match["message"], at, shape="klog", source=match["source"].partition(":")[0])


def _cut_klog(text: str) -> Body | None:
    match = _KLOG_CUT.match(text)
    return None if match is None else Body(match["message"].strip(), shape="klog-cut", source=match["source"].partition(":")[0])


def logfmt(text: str) -> Body | None:
    """A logfmt line of containerd, dockerd or CRI-O: msg, then error and the other text keys, unquoted once."""
    match = _LOGFMT.match(text) or _LOGFMT_CUT.match(text)
    if match is None or "msg=" not in text:
        return None
    groups = match.groupdict()
    pairs = {key: _unquoted(value) for key, value in _PAIR.findall(text[match.start("level") - len("level=") :])}
    pairs.pop("level", None)
    at = absolute(groups.get("time") or groups.get("bare") or groups.get("iso") or "")
    return Body(message_of(pairs.pop("msg", ""), pairs), at, shape="logfmt")


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] in "\"'":
        value = value[1:-1] if value[-1] == value[0] and not value.endswith("\\" + value[0]) else value[1:]
        return re.sub(r"\\(.)", _escape, value)
    return value


def _escape(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": " "}.get(match[1], match[1])


def message_of(message: str, others: Mapping[str, object]) -> str:
    """A message with its error and its other text keys behind it: `msg error="..." key="value"`."""
    ordered = sorted(others.items(), key=lambda pair: pair[0] not in ("error", "err"))
    return " ".join([message, *(f'{key}="{value}"' for key, value in ordered if value not in ("", None))])


_JSON_MESSAGE = ("msg", "message", "M", "Message")
_JSON_TIME = ("ts", "time", "timestamp", "@timestamp", "T", "t")
_JSON_LEVEL = ("level", "severity", "L", "logger", "caller", "v", "s", "stacktrace", "stream")


def json_line(text: str) -> Body | None:
    """A JSON line of zap (etcd, ipamd, CNI agents), klog's JSON or the like."""
    start = text.lstrip()
    if not start.startswith("{"):
        return None
    record = _decoded(start)
    message = next((record[key] for key in _JSON_MESSAGE if isinstance(record.get(key), str)), None)
    if message is None:
        return None
    at = next((_epoch(record[key]) for key in _JSON_TIME if key in record), None)
    used = {*_JSON_MESSAGE, *_JSON_TIME, *_JSON_LEVEL}
    others = {key: _plain(value) for key, value in record.items() if key not in used}
    return Body(message_of(str(message), others), at, shape="json", source=str(record.get("caller", "")).partition(":")[0])


def _plain(value: object) -> object:
    """A value as klog's text form has it: an object by its namespace and name; nothing for other structures."""
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return f"{value['namespace']}/{value['name']}" if value.get("namespace") else value["name"]
    return value if isinstance(value, str | int | float) else None


def _decoded(text: str) -> dict[str, object]:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return _cut_json(text)
    return value if isinstance(value, dict) else {}


def _cut_json(text: str) -> dict[str, object]:
    return {key: value.replace('\\"', '"') for key, value in re.findall(r'"([\w@]+)":\s?"((?:[^"\\]|\\.)*)', text)}


def _epoch(value: object) -> Stamp | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return epoch(float(value))
    return absolute(str(value)) if isinstance(value, str) else None


def kernel(text: str) -> Body | None:
    """A line of dmesg: `[123.4] text`, with -T `[Tue Nov 24 00:07:18 2026] text`; or what syslogd writes to all terminals."""
    if match := _KERNEL_DATED.match(text):
        return Body(match["message"], absolute(match["date"]), "kernel", "dmesg")
    if match := _KERNEL.match(text) or _WALL.match(text):
        return Body(match["message"], None, "kernel", "dmesg")
    return None


def audit(text: str) -> Body | None:
    """A record of auditd."""
    match = _AUDIT.match(text)
    return None if match is None else Body(text.strip(), epoch(float(match["epoch"])), "audit", "audit")


def dated(text: str) -> Body | None:
    """Any line that begins with a date, such as those of calico, coredns and old etcd."""
    match = _DATED.match(text)
    return None if match is None else Body(match["message"], absolute(match["at"].replace("/", "-")), shape="dated")


def levelled(text: str) -> Body | None:
    """logrus on a terminal: `FATA[0003] text`."""
    match = _LEVELLED.match(text)
    return None if match is None else Body(match["message"].strip(), absolute(match["clock"]), "shell", "logrus")


def bracketed(text: str) -> Body | None:
    """coredns and others: `[ERROR] plugin/errors: ...`."""
    match = _BRACKETED.match(text)
    return None if match is None else Body(match["message"], shape="bracketed")


def repeated(text: str) -> Body | None:
    """rsyslog's `message repeated 3 times: [ ...]`: the message itself, with its count; no repeat of a repeat is looked into."""
    match = _REPEATED.match(text)
    if match is None:
        return None
    inner = match["message"]
    body = Body(inner.strip()) if _REPEATED.match(inner) else body_of(inner)
    return replace(body, count=max(count_or(match["count"], 1), 1))


_SHAPES: tuple[Callable[[str], Body | None], ...] = (klog, logfmt, json_line, kernel, audit, levelled, bracketed, dated, repeated)


def body_of(text: str) -> Body:
    """The body of a log line; an empty `shape` when it is no known format."""
    return next((found for shape in _SHAPES if (found := shape(text)) is not None), Body(text.strip()))
