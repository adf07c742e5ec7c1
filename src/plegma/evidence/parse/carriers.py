"""Carriers around a log line: journalctl in any locale, syslog old and new, docker's and the CRI's files, log shippers.

`peel` takes them off from the outside in and keeps what they say: when, on which host, by which program.
"""

import re
from collections.abc import Callable

from msgspec.structs import replace

from plegma.evidence.parse.carried import Carried
from plegma.evidence.parse.carriers_json import json_carrier
from plegma.evidence.parse.stamps import absolute, month_of, yearless

_PROGRAM = r"(?P<program>[A-Za-z(][\w.@/()+-]*?)(?:\[(?P<pid>\d+)\])?:(?:\s|$)(?P<body>.*)$"
_SHORT = re.compile(
    r"\s*(?P<month>\d{1,2}月|\d{1,2}월|[^\W\d_]{3,9}\.?)\s+(?P<day>\d{1,2})[日일]?\s+(?P<clock>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d{3,9}))?\s+"
    rf"(?P<host>[\w.-]+)\s+{_PROGRAM}"
)
_ISO_STAMP = r"(?P<at>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d|[A-Z]{3,5})?)"
_ISO = re.compile(rf"\s*(?:[^\W\d_]{{1,10}}\.? )?{_ISO_STAMP}\s+(?P<host>[\w.-]+)\s+{_PROGRAM}")
_RSYSLOG = re.compile(
    rf"\s*{_ISO_STAMP}\s+(?P<host>[\w.-]+)\s+(?P<program>[\w.@/-]+)\s+(?P<pid>\d+|-)\s+\S+\s+(?:-|\[[^\]]*\])\s+(?P<body>.*)$"
)
_RFC5424 = re.compile(
    rf"<\d{{1,3}}>\d?\s*{_ISO_STAMP}\s+(?P<host>\S+)\s+(?P<program>\S+)\s+(?P<pid>\S+)\s+\S+\s+(?:-|\[[^\]]*\])\s?(?P<body>.*)$"
)
_PRIORITY = re.compile(r"<\d{1,3}>(?=\w{3}\s)")
_CRI = re.compile(rf"\s*{_ISO_STAMP}\s(?:stdout|stderr)\s[FP]\s?(?P<body>.*)$")
_BARE_PROGRAM = re.compile(r"\s*(?P<program>[a-z][\w.@-]{2,40})\[(?P<pid>\d+)\]:\s(?P<body>.*)$")
_PREFIXED = re.compile(r"\[pod/(?P<pod>[^/\]]+)/(?P<container>[^\]]+)\] (?P<body>.*)$")
_NAMED = re.compile(
    r"(?P<pod>[a-z0-9][a-z0-9.-]{1,120}) (?P<container>[a-z0-9][a-z0-9-]{0,62}) "
    r"(?P<body>(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.|time=\"?\d{4}-|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:|\{\"(?:level|ts|time|log)\":).*)$"
)
_ADDRESSED = re.compile(r"(?P<host>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[\w.-]{2,60}): (?P<body>\{\".*)$")
_AMERICAN = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d\d:\d\d(?:\.\d+)? ?[AP]M\s*(?P<body>[IWEF]\d{4} .*|time=.*|\{.*)$")
_ON_PROMPT = re.compile(r"\[?[\w.-]{1,64}@(?P<host>[\w.-]{1,64})[\s:]?[^\]#$%>]{0,120}\]?\s?[#$] (?P<body>\[\s*\d+\.\d{6}\] .*)$")
_MONOTONIC = re.compile(
    r"\s*\[\s*\d+\.\d{6}\]\s+(?P<host>[\w.-]+)\s+(?P<program>kernel|[A-Za-z(][\w.@/()+-]*?(?=\[\d+\]:))(?:\[(?P<pid>\d+)\])?:(?:\s|$)(?P<body>.*)$"
)
"""journalctl -o short-monotonic. dmesg looks the same but for the process id: `[12.345678] NMI watchdog: ...` is the kernel's."""


def _short(line: str) -> Carried | None:
    match = _SHORT.match(line)
    if match is None:
        return None
    at = yearless(month_of(match["month"]), match["day"], match["clock"], match["fraction"] or "")
    if at is None and month_of(match["month"]) is not None:
        return None
    return Carried(match["body"], at, match["host"], match["program"], "syslog")


def _with_iso(pattern: re.Pattern[str]) -> Callable[[str], Carried | None]:
    def read(line: str) -> Carried | None:
        match = pattern.match(line)
        if match is None:
            return None
        groups = match.groupdict()
        return Carried(groups["body"], absolute(groups["at"]), groups.get("host") or "", groups.get("program") or "", "syslog")

    return read


def _bare_program(line: str) -> Carried | None:
    match = _BARE_PROGRAM.match(line) or _MONOTONIC.match(line)
    return None if match is None else Carried(match["body"], program=match["program"], carrier="syslog")


def _cri(line: str) -> Carried | None:
    match = _CRI.match(line)
    return None if match is None else Carried(match["body"], absolute(match["at"]), carrier="cri")


def _addressed(line: str) -> Carried | None:
    """`talosctl logs` puts the node before each line."""
    match = _ADDRESSED.match(line)
    return None if match is None else Carried(match["body"], host=match["host"], carrier="address")


def _american(line: str) -> Carried | None:
    """The date that a web console puts before each line; in the browser's zone, so not used."""
    match = _AMERICAN.match(line)
    return None if match is None else Carried(match["body"], carrier="console")


def _prefixed(line: str) -> Carried | None:
    """`kubectl logs --prefix`."""
    match = _PREFIXED.match(line)
    return None if match is None else Carried(match["body"], carrier="prefix", pod=match["pod"], container=match["container"])


def _on_prompt(line: str) -> Carried | None:
    """What the kernel prints to the console while a shell waits there: it stands behind the prompt."""
    match = _ON_PROMPT.match(line)
    return None if match is None else Carried(match["body"], host=match["host"], carrier="console")


def _named(line: str) -> Carried | None:
    """`stern` puts the pod's and the container's name before each line; only before a log's own header, else it may be prose."""
    match = _NAMED.match(line)
    return None if match is None else Carried(match["body"], carrier="prefix", pod=match["pod"], container=match["container"])


_LAYERS: tuple[Callable[[str], Carried | None], ...] = (
    json_carrier, _cri, _short, _with_iso(_ISO), _with_iso(_RFC5424), _with_iso(_RSYSLOG), _bare_program, _prefixed, _addressed,
    _american, _on_prompt, _named,
)  # fmt: skip
_MAX_LAYERS = 4
_KLOG = re.compile(r"[IWEF][01]\d[0-3]\d \d\d:\d\d:\d\d\.\d{6} ")
"""Most lines of a node's log: the record itself, on which twelve carriers need not be tried."""


def peel(line: str) -> Carried:
    """The line without its carriers; a line that has none comes back as it is, with an empty `carrier`."""
    carried = Carried(line)
    for _ in range(_MAX_LAYERS):
        if _KLOG.match(carried.body) or (inner := _peel_once(carried.body)) is None:
            break
        carried = replace(
            inner,
            at=inner.at or carried.at,
            host=inner.host or carried.host,
            program=_program(inner.program or carried.program),
            pod=inner.pod or carried.pod,
            namespace=inner.namespace or carried.namespace,
            container=inner.container or carried.container,
        )
    return carried


_HEADER_INSIDE = re.compile(r"(?:\d{1,2}月|[A-Z][a-z]{2})\s+\d{1,2} \d\d:\d\d:\d\d [\w.-]+ [\w.@-]+\[\d+\]: ")


def next_header(text: str) -> int:
    """Where inside a body another journal record begins (a line end was lost); 0 when none does."""
    if text.count("]: ") < 1:
        return 0
    match = _HEADER_INSIDE.search(text, 1)
    return match.start() if match else 0


def _peel_once(line: str) -> Carried | None:
    line = _PRIORITY.sub("", line) if line.startswith("<") else line
    return next((found for layer in _LAYERS if (found := layer(line)) is not None), None)


def _program(name: str) -> str:
    name = name.strip("()").rsplit("/", 1)[-1]
    return name.removesuffix(".service").removesuffix(".scope").partition("@")[0]
