"""A state test in words: what a row must hold for a failure mode to be seen."""

import re

from plegma.knowledge.failure_mode import StateTest
from plegma.model.texts import Lang, Text
from plegma.report.explanation_words import ROWS

_COMPARE = {
    ">=": Text("at least {0}", "が {0} 以上"),
    "<=": Text("at most {0}", "が {0} 以下"),
    ">": Text("over {0}", "が {0} を超える"),
    "<": Text("under {0}", "が {0} 未満"),
}
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*(.+)")
_WORDS = r"([\w ./:-]+(?:\|[\w ./:-]+)*)"
_CHOICE = re.compile(rf"\^\(?(?:\?:)?{_WORDS}\)?\$")
_BEGINNING = re.compile(rf"\^\(?(?:\?:)?{_WORDS}\)?")
_HOLDING = re.compile(_WORDS)
_UNIMPORTANT = re.compile(r"^\(\?i\)|\((?:\?:)?\\?\.service\)\?")
"""Case, and a unit's suffix that may be left off."""


def state_words(test: StateTest, lang: Lang) -> str:
    """All of a test's conditions: "Pod: restarts at least 5; status is Running"."""
    conditions = "; ".join(f"{attr} {_condition(wanted, lang)}" for attr, wanted in test.where.items())
    rows = f" ({ROWS.in_(lang).format(test.at_least)})" if test.at_least > 1 else ""
    return f"{test.kind}: {conditions}{rows}" if conditions else f"{test.kind}{rows}"


def _condition(wanted: str, lang: Lang) -> str:
    comparison = _COMPARISON.fullmatch(wanted)
    if comparison:
        return _COMPARE[comparison[1]].in_(lang).format(comparison[2])
    if wanted.startswith("!"):
        return Text("not ({0})", "({0})でない").in_(lang).format(_plainly(wanted[1:], lang))
    return _plainly(wanted, lang)


def _plainly(pattern: str, lang: Lang) -> str:
    """A regular expression in words where it is only a choice between words, else itself."""
    simple = _UNIMPORTANT.sub("", pattern).replace(r"\.", ".")
    for shape, say in _SHAPES:
        found = shape.fullmatch(simple)
        if found:
            words = found[1].split("|")
            return say.in_(lang).format((" / " if lang == "ja" else " or ").join(words))
    return Text(f"matches /{pattern}/", f"が /{pattern}/ に一致する").in_(lang)


_SHAPES = (
    (_CHOICE, Text("is {0}", "が {0}")),
    (_BEGINNING, Text("begins with {0}", "が {0} で始まる")),
    (_HOLDING, Text("contains {0}", "に {0} を含む")),
)
