"""A quiz: an unknown fault, outputs that are asked for one by one, and the cause that the learner names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from plegma.agent.profiles import PROFILES
from plegma.app.catalogs import load_builtin
from plegma.app.mode_searches import mode_called, modes_like
from plegma.app.rehearsals import open_rehearsal, outputs_now, parts_of
from plegma.app.shortest_paths import Search, shortest_path
from plegma.app.simulating import profile_of
from plegma.knowledge.catalog import Catalog
from plegma.lab.scenarios import scenarios
from plegma.lab.sessions import advance
from plegma.lab.writing.folders import truth
from plegma.lab.writing.outputs import Output

NO_FAULT = "no-fault"
NOTHING = frozenset({"no-fault", "no fault", "nofault", "healthy", "nothing", "none", "異常なし", "正常"})
SLOW = frozenset({"memo"})
"""Scenarios that take seconds to play: asked for by name only."""


class Verdict(StrEnum):
    """What a named cause is."""

    right = "right"
    acceptable = "acceptable"
    symptom = "symptom"
    wrong = "wrong"


@dataclass(frozen=True, slots=True)
class Shortest:
    """`outputs`: the fewest that lead plegma to `causes` (empty: to no fault); none of either where even all do not."""

    outputs: tuple[Output, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """`guess` as named, and what it is; `truth`: the true causes, the first counts most."""

    guess: str
    verdict: Verdict
    truth: tuple[str, ...]


@dataclass
class Quiz:
    """`outputs`: all that there are; `asked`: indices in the order asked, each once; `truth`, `acceptable`: causes."""

    scenario: str
    outputs: tuple[Output, ...]
    truth: tuple[str, ...]
    acceptable: tuple[str, ...]
    catalog: Catalog
    asked: list[int] = field(default_factory=list)

    def ask(self, index: int) -> Output:
        """Shows an output, and counts it once."""
        if index not in self.asked:
            self.asked.append(index)
        return self.outputs[index]


def open_quiz(seed: int, name: str | None = None, profile: str | None = None) -> Quiz:
    """A quiz about a scenario, or about one that the seed chooses. KeyError for an unknown name, ValueError as in `profile_of`."""
    rng = Random(f"quiz/{seed}")  # noqa: S311 not for secrets
    name = name or rng.choice([n for n in scenarios() if n not in SLOW])
    scenario = scenarios()[name]
    possible = [p for p in PROFILES if all(p in f.profiles for f in scenario.faults)]
    rehearsal = open_rehearsal(name, seed, profile_of(scenario, profile or rng.choice(possible)))
    advance(rehearsal.session, scenario.seconds)
    told = json.loads(truth(rehearsal.session.world))
    causes = tuple(told["all_of"] or (told["root_cause_class"],))
    return Quiz(name, outputs_now(rehearsal), causes, tuple(told["also_acceptable"]), load_builtin())


def outputs_called(quiz: Quiz, words: str) -> list[int]:
    """Outputs that a number or the words of a command mean; several where the words fit several."""
    words = words.strip()
    if words.isdecimal():
        return [int(words) - 1] if 1 <= int(words) <= len(quiz.outputs) else []
    exact = [i for i, o in enumerate(quiz.outputs) if o.command == words]
    wanted = [w for w in words.lower().replace("ssh", " ").split() if w not in {"-n", "on"}]
    return exact or [i for i, o in enumerate(quiz.outputs) if wanted and all(w in o.command.lower() for w in wanted)]


def judge(quiz: Quiz, guess: str) -> Judged | tuple[str, ...]:
    """What a guess is worth; for words that name no cause, the ids that come nearest."""
    if guess.strip().lower() in NOTHING:
        return Judged(NO_FAULT, _worth(quiz, NO_FAULT), quiz.truth)
    mode = mode_called(guess, quiz.catalog)
    if mode is None:
        return modes_like(guess, quiz.catalog)
    return Judged(mode, _worth(quiz, mode), quiz.truth)


def _worth(quiz: Quiz, cause: str) -> Verdict:
    if cause in quiz.truth:
        return Verdict.right
    if cause in quiz.acceptable:
        return Verdict.acceptable
    return Verdict.symptom if cause in quiz.catalog and quiz.catalog[cause].role != "cause" else Verdict.wrong


def shortest(quiz: Quiz) -> Shortest:
    """The fewest outputs from which plegma names the true cause, else an acceptable one, first and not just as possible."""
    parts = list(parts_of({output.path: output.text for output in quiz.outputs}).values())
    for causes in _sets(quiz):
        path = shortest_path(Search(parts, causes, quiz.catalog))
        if path is not None:
            return Shortest(tuple(quiz.outputs[i] for i in path), causes)
    return Shortest((), ())


def _sets(quiz: Quiz) -> Sequence[tuple[str, ...]]:
    if quiz.truth == (NO_FAULT,):
        return [()]
    return [quiz.truth, quiz.acceptable] if quiz.acceptable else [quiz.truth]
