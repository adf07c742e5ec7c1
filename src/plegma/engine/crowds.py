"""Matches of one mode that a walk along links takes as one: all pods of a node that show it are one step, not hundreds."""

from collections.abc import Iterable

from plegma.engine.matches import Match
from plegma.knowledge.failure_mode import FailureMode, Link

_SLACK = 600.0
"""Seconds by which clocks and cut logs may disagree before a time order counts as wrong."""
_EVER = float("inf")


class Crowd:
    """Matches of one mode in order of their keys, with the range of their times. Equal crowds are one object: see `Crowds`."""

    __slots__ = ("_ids", "biggest", "first_end", "last_begin", "matches", "mode", "sure")

    def __init__(self, matches: tuple[Match, ...]) -> None:
        self.matches = matches
        self.mode: FailureMode = matches[0].mode
        self._ids: frozenset[int] | None = None
        if len(matches) == 1:
            (match,) = matches
            self.biggest, self.sure = match, match.proof != "suggests"
            self.last_begin, self.first_end = _begin(match), _end(match)
            return
        self.biggest = max(matches, key=lambda m: (m.count, m.key))
        self.sure = any(m.proof != "suggests" for m in matches)
        self.last_begin, self.first_end = max(map(_begin, matches)), min(map(_end, matches))

    @property
    def ids(self) -> frozenset[int]:
        """The identities of the matches."""
        if self._ids is None:
            self._ids = frozenset(map(id, self.matches))
        return self._ids

    def may_bring(self, effects: "Crowd", link: Link) -> bool:
        """As far as times tell, could each of these have brought all of the effects? They do not end before it, nor begin too late."""
        if self.last_begin > effects.first_end + _SLACK:
            return False
        return link.within is None or effects.last_begin <= self.first_end + link.within + _SLACK

    def within(self, other: "Crowd") -> bool:
        """Does the other hold all of these?"""
        return self is other or (len(self.matches) < len(other.matches) and self.ids <= other.ids)


class Crowds:
    """Makes crowds, each only once, so that what is worked out for one is found again."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Crowd] = {}

    def of(self, matches: Iterable[Match]) -> Crowd:
        """The crowd of these matches, given in order and each once."""
        matches = tuple(matches)
        key = tuple(map(id, matches))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Crowd(matches)
        return found

    def together(self, crowds: list[Crowd]) -> Crowd:
        """One crowd of all matches of some."""
        if len(crowds) == 1:
            return crowds[0]
        return self.of(sorted({id(m): m for crowd in crowds for m in crowd.matches}.values(), key=lambda m: m.key))

    def timely(self, causes: Iterable[Match], effects: Crowd, link: Link) -> Crowd | None:
        """Of the effects those that any of the causes may have brought, as far as times tell."""
        causes = tuple(causes)
        if any(_brings_all(cause, effects, link) for cause in _extremes(causes)):
            return effects
        left = [effect for effect in effects.matches if any(timely(cause, effect, link) for cause in causes)]
        return self.of(left) if left else None


def _extremes(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Those that begin first and end last: if any could bring something, mostly these could."""
    return matches if len(matches) == 1 else (min(matches, key=_begin), max(matches, key=_end))


def _brings_all(cause: Match, effects: Crowd, link: Link) -> bool:
    in_time = link.within is None or effects.last_begin <= _end(cause) + link.within + _SLACK
    return in_time and _begin(cause) <= effects.first_end + _SLACK


def timely(cause: Match | None, effect: Match, link: Link) -> bool:
    """Not so: the effect was over before the cause began, or began too long after the cause's end.

    A log shows a cause no earlier than the log begins, so a cause that is seen later than its effect's onset is no
    contradiction as long as the effect still goes on.
    """
    if cause is None:
        return True
    if _begin(cause) > _end(effect) + _SLACK:
        return False
    return link.within is None or _begin(effect) <= _end(cause) + link.within + _SLACK


def _begin(match: Match) -> float:
    return match.first.seconds - match.first.grain if match.first else -_EVER


def _end(match: Match) -> float:
    return match.last.seconds if match.last else _EVER
