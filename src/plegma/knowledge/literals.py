"""The plain text that a pattern cannot match without: most patterns are ruled out by it without a regex."""

from functools import cache

_CLASS_ESCAPES = frozenset("dDwWsSbBAZ0123456789")
_OPTIONAL = frozenset("?*{")
_QUANTIFIERS = frozenset("?*+{")


@cache
def required_literal(pattern: str) -> str:
    """The longest run of characters that every match of the pattern holds, or "" when none is sure.

    Only top-level text counts: groups, classes and alternatives are passed over, so the answer may be shorter than
    the truth but is never wrong.
    """
    if "(?i" in pattern or "(?x" in pattern:
        return ""
    runs, run, at = [""], "", 0
    while at < len(pattern):
        char, width = _literal_at(pattern, at)
        if pattern[at] == "|":
            return ""
        after = pattern[at + width : at + width + 1]
        if char and after not in _OPTIONAL:
            run += char
        if not char or after in _OPTIONAL or after == "+":
            runs.append(run)
            run = ""
        at += width
        at = _past_quantifier(pattern, at)
    return max([*runs, run], key=len)


def _past_quantifier(pattern: str, at: int) -> int:
    """The place after `?`, `*`, `+`, `{m,n}` and their lazy or possessive marks, if one stands here."""
    end = pattern.find("}", at) + 1 if pattern[at : at + 1] == "{" else at + 1
    if pattern[at : at + 1] not in _QUANTIFIERS or end <= at:
        return at
    return end + 1 if pattern[end : end + 1] in {"?", "+"} else end


def _literal_at(pattern: str, at: int) -> tuple[str, int]:
    """The literal character at a place ("" if it is not one) and how many characters of the pattern it takes."""
    char = pattern[at]
    if char == "\\":
        escaped = pattern[at + 1 : at + 2]
        return ("", 2) if not escaped or escaped in _CLASS_ESCAPES or escaped.isalnum() else (escaped, 2)
    if char == "(":
        return "", _group_width(pattern, at)
    if char == "[":
        return "", _class_width(pattern, at)
    return ("", 1) if char in ".^$|)?*+{}" else (char, 1)


def _class_width(pattern: str, at: int) -> int:
    end = at + 1
    if pattern[end : end + 1] == "^":
        end += 1
    if pattern[end : end + 1] == "]":
        end += 1
    while end < len(pattern) and pattern[end] != "]":
        end += 2 if pattern[end] == "\\" else 1
    return end + 1 - at


def _group_width(pattern: str, at: int) -> int:
    depth, end = 0, at
    while end < len(pattern):
        char = pattern[end]
        if char == "\\":
            end += 2
            continue
        if char == "[":
            end += _class_width(pattern, end)
            continue
        depth += (char == "(") - (char == ")")
        end += 1
        if depth == 0:
            break
    return end - at
