"""Tables of a TOML file to the records of failure_mode.py, with every fault and the key that it stands at.

The records' own types say what a table may hold, so that a field that is added there can be written here.
"""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, field, structs

from plegma.model.texts import Text

_SCALARS: Mapping[type, str] = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}


class KeyFault(Struct, frozen=True, order=True):
    """What is wrong at a key (`signatures[2].pattern`; entries of arrays are counted from 1)."""

    key: str
    text: str


Rule = Callable[[Any], Iterator[KeyFault]]
"""What a record must hold to beyond its types; keys are relative to the record."""


class Records(Struct):
    """Makes records, each checked by the rule of its type, and collects what is wrong."""

    rules: Mapping[type, Rule]
    faults: list[KeyFault] = field(default_factory=list)

    def record(self, kind: Any, table: Mapping[str, object], at: str = "") -> Any:
        """A record of the class `kind`, or None when anything in it or below it is wrong."""
        before = len(self.faults)
        known = {f.name: f for f in structs.fields(kind)}
        for key in sorted(table.keys() - known.keys()):
            self._wrong(_below(at, key), f"no such key{_nearest(key, known)}")
        values = {name: self._value(_types(kind)[name], table[name], _below(at, name)) for name in known if name in table}
        for name in known.keys() - table.keys():
            if known[name].required:
                self._wrong(_below(at, name), "is missing")
        return self._checked(kind(**values), at) if len(self.faults) == before else None

    def _checked(self, made: Any, at: str) -> Any:
        rule = self.rules.get(type(made))
        found = [KeyFault(_below(at, fault.key), fault.text) for fault in rule(made)] if rule else []
        self.faults.extend(found)
        return None if found else made

    def _wrong(self, at: str, text: str) -> None:
        self.faults.append(KeyFault(at, text))

    def _value(self, wanted: Any, value: object, at: str) -> Any:
        """The value as the type wants it; whatever it is not is reported."""
        origin, inner = get_origin(wanted), get_args(wanted)
        if wanted is Text:
            return self._text(value, at)
        if _is_record(wanted):
            return self.record(wanted, value, at) if isinstance(value, dict) else self._wrong(at, "has to be a table")
        if origin is Literal:
            return self._choice(inner, value, at)
        if origin in {Union, UnionType}:
            return self._either(inner, value, at)
        if origin is tuple:
            return self._array(inner[0], value, at)
        return self._scalar(wanted, value, at) if origin is None else self._mapping(inner[1], value, at)

    def _text(self, value: object, at: str) -> Text | None:
        if not isinstance(value, dict):
            self._wrong(at, f"has to be written as {at}.en and {at}.ja, in both languages")
            return None
        for lang in ("en", "ja"):
            if not isinstance(value.get(lang), str) or not value[lang].strip():
                self._wrong(_below(at, lang), "is missing: a text needs both languages")
        for lang in sorted(value.keys() - {"en", "ja"}):
            self._wrong(_below(at, lang), "no such language; there are en, ja")
        return Text(str(value.get("en")), str(value.get("ja")))

    def _choice(self, allowed: tuple[Any, ...], value: object, at: str) -> object:
        if value not in allowed:
            self._wrong(at, f"{value!r} is none of {', '.join(map(str, allowed))}")
        return value

    def _either(self, kinds: tuple[Any, ...], value: object, at: str) -> Any:
        """TOML has no null: of an optional field the other type is wanted, of scalars any."""
        wanted = tuple(kind for kind in kinds if kind is not type(None))
        if len(wanted) == 1:
            return self._value(wanted[0], value, at)
        if not isinstance(value, wanted):
            self._wrong(at, "has to be a string, a number, or true or false")
        return value

    def _array(self, item: Any, value: object, at: str) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            self._wrong(at, f"has to be an array of tables: [[{at}]]" if _is_record(item) else "has to be an array")
            return None
        return tuple(self._value(item, entry, f"{at}[{number}]") for number, entry in enumerate(value, 1))

    def _mapping(self, item: Any, value: object, at: str) -> Mapping[str, Any] | None:
        if not isinstance(value, dict):
            self._wrong(at, "has to be a table")
            return None
        return {key: self._value(item, entry, _below(at, key)) for key, entry in value.items()}

    def _scalar(self, wanted: type, value: object, at: str) -> object:
        if wanted is float and type(value) is int:
            return float(value)
        if type(value) is not wanted:
            self._wrong(at, f"has to be {_SCALARS[wanted]}, not {value!r}")
        return value


@cache
def _types(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _below(at: str, name: str) -> str:
    return ".".join(piece for piece in (at, name) if piece)


def _nearest(word: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(word, known, 1)
    return f"; is {close[0]!r} meant?" if close else f"; there are {', '.join(known)}"
