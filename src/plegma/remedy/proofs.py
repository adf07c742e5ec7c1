"""Did it help? Pictures of before and after, held against one another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from plegma.model.diagnosis import Diagnosis, Entity
from plegma.model.texts import Text

Verdict = Literal["cured", "changed", "relapsed", "unchanged", "worse", "unseen"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What one look showed: who has the cause, how many show each symptom, which other causes are at least likely.

    `at` is in seconds on a monotonic clock. `looked` is false when the look itself failed: then it says nothing.
    """

    at: float
    affected: frozenset[tuple[str, str, str]]
    symptoms: frozenset[tuple[str, str, str, str]]
    others: frozenset[tuple[str, tuple[str, str, str]]]
    looked: bool = True

    @property
    def clear(self) -> bool:
        """Nobody has the cause, as far as was looked."""
        return self.looked and not self.affected


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict with its numbers: entities that have the cause and that show symptoms, before and at the end."""

    verdict: Verdict
    before: tuple[int, int]
    after: tuple[int, int]
    seconds: float
    looks: int
    new: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """In one line."""
        words = _WORDS[self.verdict]
        new = f"; new: {', '.join(self.new)}" if self.new else ""
        return Text(
            f"{words.en}: has the cause {self.before[0]} -> {self.after[0]}, symptoms {self.before[1]} -> {self.after[1]}, "
            f"{self.looks} looks in {self.seconds:.0f} s{new}",
            f"{words.ja}: 原因を持つもの {self.before[0]} -> {self.after[0]}、症状 {self.before[1]} -> {self.after[1]}、"
            f"{self.seconds:.0f} 秒間に {self.looks} 回確認{new}",
        )


_WORDS: dict[Verdict, Text] = {
    "cured": Text("cured", "回復しました"),
    "changed": Text("the cause is gone, and another shows in its place", "原因は消えましたが、同じ対象に別の原因が見えています"),
    "relapsed": Text("relapsed: it was gone, and came back", "再発しました"),
    "unchanged": Text("unchanged", "変化がありません"),
    "worse": Text("worse", "悪化しました"),
    "unseen": Text(
        "not proven: what can be looked at did not show the cause before, either",
        "確認できませんでした。見られる範囲では、操作前にも原因が見えていません",
    ),
}


def picture_of(diagnosis: Diagnosis, cause: str, at: float) -> Picture:
    """The diagnosis seen from one cause. An answer without enough evidence is no look."""
    own = [h for h in diagnosis.hypotheses if h.cause == cause]
    affected = {_named(e) for h in own for e in (h.affected or (h.entity,))}
    symptoms = {(s.mode, *_named(e)) for s in diagnosis.symptoms for e in s.entities}
    others = {(h.cause, _named(h.entity)) for h in diagnosis.hypotheses if h.cause != cause and h.confidence != "possible"}
    looked = bool(diagnosis.inputs)
    return Picture(at, frozenset(affected), frozenset(symptoms), frozenset(others), looked)


def _named(entity: Entity) -> tuple[str, str, str]:
    return entity.kind, entity.namespace, entity.name


def over(before: Picture, looks: Sequence[Picture], steady: float) -> bool:
    """May one stop looking: has it been clear, or worse, for `steady` seconds? A pod that is made anew is not ready at first.

    A look before that did not show the cause proves nothing either way: then only harm is waited for.
    """
    seen = [p for p in looks if p.looked]

    def well(picture: Picture) -> bool:
        return picture.clear and not _is_worse(before, picture) and not _in_its_place(before, picture)

    def ill(picture: Picture) -> bool:
        return _is_worse(before, picture)

    return any(seen and holds(seen[-1]) and seen[-1].at - _since(seen, holds) >= steady for holds in (well, ill))


def judge(before: Picture, looks: Sequence[Picture]) -> Proof:
    """The verdict over all looks, in order of time."""
    seen = [p for p in looks if p.looked]
    if not seen:
        return Proof("unseen", _numbers(before), _numbers(before), 0.0, len(looks))
    last = seen[-1]
    new = tuple(sorted(f"{cause} on {'/'.join(filter(None, entity))}" for cause, entity in last.others - before.others))
    return Proof(_verdict(before, seen), _numbers(before), _numbers(last), last.at - before.at, len(seen), new)


def _verdict(before: Picture, seen: Sequence[Picture]) -> Verdict:
    if _is_worse(before, seen[-1]):
        return "worse"
    if not before.affected:
        return "unseen" if seen[-1].clear else "unchanged"
    if seen[-1].clear:
        return "changed" if _in_its_place(before, seen[-1]) else "cured"
    return "relapsed" if any(p.clear for p in seen) else "unchanged"


def _is_worse(before: Picture, now: Picture) -> bool:
    """More have the cause or show symptoms than before, or another cause has joined it.

    Another cause that shows when this one is gone may have stood behind it (a hung runtime hides everything): it is told.
    """
    more = len(now.affected) > len(before.affected) > 0 or len(now.symptoms) > len(before.symptoms)
    return more or (bool(now.affected) and bool(before.affected) and bool(now.others - before.others))


def _in_its_place(before: Picture, now: Picture) -> bool:
    """Does another cause show on what had the first? One on other things may have stood behind it (a hung runtime hides much)."""
    return any(entity in before.affected for _, entity in now.others - before.others)


def _since(seen: Sequence[Picture], holds: Callable[[Picture], bool]) -> float:
    since = seen[-1].at
    for picture in reversed(seen):
        if not holds(picture):
            break
        since = picture.at
    return since


def _numbers(picture: Picture) -> tuple[int, int]:
    return len(picture.affected), len(picture.symptoms)
