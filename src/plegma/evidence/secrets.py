"""Secrets that stand in evidence, masked before anything is shown: `***(kind)` in place of the secret.

Must never: mask what a diagnosis needs (UIDs, ids of sandboxes and containers, digests, addresses, names of Secrets).
"""

import json
import re
from functools import cache
from typing import Any

from plegma.evidence import secret_forms as forms

_NOT_SECRET = frozenset({"true", "false", "null", "nil", "none", "yes", "no", "unset", "redacted", "hidden"})
_WORD = re.compile(r"[a-z]+[.,:;]?$")


def mask(text: str) -> str:
    """The text with each secret replaced that is known by its form, by its name, or as data of a Secret.

    Masking twice changes nothing more.
    """
    lowered = text.lower()
    if "secret" in lowered and _compiled(forms.SECRET).search(text):
        text = _mask_data(text)
    for form in forms.FORMS:
        if any(hint in lowered for hint in form.hints):
            text = _compiled(form.pattern).sub(lambda found, form=form: _without(found, form.group, form.kind), text)  # type: ignore[misc]
    return _mask_named(text) if any(hint in lowered for hint in forms.KEY_HINTS) else text


def masked_within(value: Any) -> Any:
    """What JSON holds, masked field by field: by what each text says, by the name of its key, and as a Secret's data or a variable's value.

    A text of any form stays one JSON text; quotes and line breaks that JSON escapes do not hide where a secret ends.
    """
    if isinstance(value, dict):
        return {key: _field(value, key, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked_within(inner) for inner in value]
    return mask(value) if isinstance(value, str) else value


def masked_file(text: str) -> str:
    """A file's text without secrets: JSON by its fields, and still JSON; anything else as text."""
    masked = mask(text)
    if not may_hold_secrets(text, masked) or text.lstrip()[:1] not in ("{", "["):
        return masked
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return masked
    return json.dumps(masked_within(value), indent=2 if "\n" in text.strip() else None, ensure_ascii=False) + "\n"


def may_hold_secrets(text: str, masked: str) -> bool:
    """Was anything masked in a JSON text, or is there a Secret in it, whose data braces may hide from a look at the text?"""
    return masked != text or '"Secret"' in text


def _field(holder: dict[str, Any], key: str, inner: Any) -> Any:
    if key in ("data", "stringData") and holder.get("kind") == "Secret" and isinstance(inner, dict):
        return dict.fromkeys(inner, "***(Secret data)")
    if not isinstance(inner, str) or not inner:
        return masked_within(inner)
    name = holder.get("name")
    if key == "value" and isinstance(name, str) and _is_secret_name(name):
        return _hidden(inner, "environment")
    return _hidden(inner, "password") if _is_secret_name(key) else _beside(key, inner)


def _hidden(text: str, kind: str) -> str:
    return text if text.startswith("***") or text.lower() in _NOT_SECRET else f"***({kind})"


def _is_secret_name(name: str) -> bool:
    hinted = any(hint in name.lower() for hint in forms.KEY_HINTS)
    return hinted and _compiled(rf"(?i){forms.KEY}").fullmatch(name) is not None


def _beside(key: str, text: str) -> str:
    """A text masked by what it says and by what it says beside its key, as registries' `auth` and short tokens are known."""
    masked = mask(text)
    if key.lower() not in ("auth", "token"):
        return masked
    told = mask(json.dumps({key: masked}))
    try:
        return str(json.loads(told)[key])
    except (ValueError, KeyError):
        return "***(token)"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _without(found: re.Match[str], group: int | str, kind: str) -> str:
    """What was found, with the kind in place of a group."""
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    whole = found.group()
    return f"{whole[:start]}***({kind}){whole[end:]}"


def _value(found: re.Match[str], kind: str) -> str:
    groups = found.groupdict()
    return _without(found, "quoted" if groups.get("quoted") is not None else "bare", kind)


def _mask_named(text: str) -> str:
    text = _compiled(forms.ENVIRONMENT).sub(lambda found: _value(found, "environment"), text)
    text = _compiled(forms.NAMED).sub(_named, text)
    return _compiled(forms.FLAG).sub(lambda found: _without(found, "bare", "flag"), text)


def _named(found: re.Match[str]) -> str:
    """A value by its name, unless it is no secret: a switch, or a word of a sentence ("wrong password: try again")."""
    bare = found["bare"]
    if bare is None:
        return _value(found, "password") if found["quoted"].lower() not in _NOT_SECRET else found.group()
    goes_on = found.string[found.end() : found.end() + 1] == " "
    is_prose = found["between"] == ":" and goes_on and _WORD.match(bare)
    return found.group() if is_prose or bare.lower() in _NOT_SECRET else _value(found, "password")


def _mask_data(text: str) -> str:
    text = _compiled(forms.YAML_DATA).sub(lambda found: _inside(found, forms.YAML_VALUE), text)
    return _compiled(forms.JSON_DATA).sub(lambda found: _inside(found, forms.JSON_VALUE), text)


def _inside(found: re.Match[str], pattern: str) -> str:
    start, end = found.start("body") - found.start(), found.end("body") - found.start()
    whole = found.group()
    body = _compiled(pattern).sub(lambda inner: _value(inner, "Secret data"), whole[start:end])
    return whole[:start] + body + whole[end:]
