"""Virtual seconds as wall-clock texts: zone, skew, locale, and kubectl's ages."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from plegma.lab.nodes import Node

ZONES = {"UTC": 0, "JST": 9, "CET": 1, "EST": -5, "IST": 5.5}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True, slots=True)
class Clock:
    """`start`: UTC of virtual second 0; `zone`: a key of ZONES; `skew`: seconds by which the clocks of `skewed` nodes are ahead.

    What a kubelet writes to the API (its events, its node's status and lease, container times) is told by its own clock.
    """

    start: datetime
    end: float
    zone: str = "UTC"
    skew: float = 0.0
    japanese: bool = False
    skewed: tuple[str, ...] = ()

    def _told(self, at: float, host: str) -> float:
        return at + self.skew if host in self.skewed else at

    def local(self, at: float, node: Node | None = None) -> datetime:
        """The wall clock, a node's own with its skew."""
        ahead = self.skew if node else 0.0
        return (self.start + timedelta(seconds=at + ahead)).astimezone(timezone(timedelta(hours=ZONES[self.zone])))

    def iso(self, at: float, host: str = "") -> str:
        """As the API writes times; `host`: the node whose kubelet told it."""
        return (self.start + timedelta(seconds=self._told(at, host))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def rfc1123(self, at: float, host: str = "") -> str:
        """As `kubectl describe` writes times."""
        return self.local(self._told(at, host)).strftime("%a, %d %b %Y %H:%M:%S %z")

    def age(self, at: float, host: str = "") -> str:
        """The time from `at` to the end of the run, as kubectl shows it."""
        return human(self.end - self._told(at, host))


def human(value: float) -> str:
    """apimachinery util/duration HumanDuration: what lies in the future is no duration."""
    s = int(value)
    if s < -1:
        return "<invalid>"
    s = max(0, s)
    if s < 120:
        return f"{s}s"
    m = s // 60
    if m < 10:
        return f"{m}m{s % 60}s" if s % 60 else f"{m}m"
    if m < 180:
        return f"{m}m"
    h = m // 60
    if h < 8:
        return f"{h}h{m % 60}m" if m % 60 else f"{h}h"
    if h < 48:
        return f"{h}h"
    return f"{h // 24}d{h % 24}h" if h < 192 and h % 24 else f"{h // 24}d"


def syslog_stamp(moment: datetime, japanese: bool = False) -> str:
    """The head of a syslog line, as journalctl writes it in an English or a Japanese locale."""
    month = f"{moment.month:>2}月" if japanese else MONTHS[moment.month - 1]
    return f"{month} {moment.day:>2} {moment:%H:%M:%S}" if not japanese else f"{month} {moment.day:02d} {moment:%H:%M:%S}"
