"""The server's pages as HTML, in the look of the report: the same style sheet with some rules of its own."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plegma import __version__
from plegma.model.texts import Lang, Text
from plegma.report.escapes import visible
from plegma.report.html.policies import asset
from plegma.web import ui_words
from plegma.web.cases import Done, Failed, Running, State

_MIB = 1024 * 1024


def page(template: str, lang: Lang, values: Mapping[str, object]) -> str:
    """One page in one language; `values` are what its template names. Everything in them is escaped."""
    environment = _environment(lang)
    return environment.get_template(f"{template}.html.j2").render(lang=lang, **values)


@cache
def policy() -> str:
    """The pages' Content-Security-Policy: one style and one script by hash, requests and forms to ourselves only."""
    return (
        f"default-src 'none'; style-src '{_hash(_style())}'; script-src '{_hash(_script())}'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def size_in(size: float) -> str:
    """Bytes in words: 12 KiB, 3.4 MiB."""
    for unit, bytes_ in (("GiB", 1024 * _MIB), ("MiB", _MIB), ("KiB", 1024)):
        if size >= bytes_:
            return f"{size / bytes_:.3g} {unit}"
    return f"{size:.0f} B"


def progress(state: State, lang: Lang) -> str:
    """How far a case is, in words."""
    match state:
        case Running(artifact, read) if artifact:
            shown = f"…{artifact[-80:]}" if len(artifact) > 80 else artifact
            return f"{ui_words.READS.in_(lang).format(visible(shown))} · {ui_words.READ.in_(lang).format(size_in(read))}"
        case Running():
            return ui_words.STARTS.in_(lang)
        case Failed(why):
            return why.in_(lang)
        case Done(_, summary):
            return visible(summary.in_(lang))
        case _:
            return ui_words.WAITS.in_(lang)


def state_word(state: State, lang: Lang) -> str:
    """The badge of a state."""
    return (ui_words.VERDICT[state.verdict] if isinstance(state, Done) else ui_words.STATE[type(state).__name__]).in_(lang)


def tone(state: State) -> str:
    """How a state is coloured."""
    if isinstance(state, Done):
        return {"problem": "bad", "healthy": "good", "insufficient": "warn"}[state.verdict]
    return "bad" if isinstance(state, Failed) else "calm"


@cache
def _environment(lang: Lang) -> Environment:
    found = Environment(
        loader=PackageLoader("plegma.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {
        "say": lambda text, *values: text.in_(lang).format(*values) if isinstance(text, Text) else text,
        "visible": visible, "size": size_in, "moment": _moment, "word": lambda state: state_word(state, lang), "tone": tone,
        "progress": lambda state: progress(state, lang),
    }  # fmt: skip
    found.globals |= {
        "w": ui_words, "version": __version__, "style": _raw(_style()), "script": _raw(_script()), "script_words": _raw(_words(lang)),
    }  # fmt: skip
    return found


def _style() -> str:
    return asset("page.css") + "\n" + _own("web.css")


def _script() -> str:
    return _own("web.js")


@cache
def _own(name: str) -> str:
    return files("plegma.web").joinpath("static", name).read_text(encoding="utf-8").strip()


def _words(lang: Lang) -> str:
    """What the script says, as JSON that no closing tag can end."""
    names = ("SENDING", "TOO_LARGE", "NOTHING", "NO_SERVER", "COPIED", "CHOSEN", "LIMITS", "REALLY")
    words: Mapping[str, str] = {name: getattr(ui_words, name).in_(lang) for name in names}
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _raw(text: str) -> Markup:
    """Our own style, script and words, which go into the page unescaped."""
    return Markup(text)  # noqa: S704 - see above


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _moment(made: float) -> str:
    """A time of this machine, with its zone."""
    at = datetime.fromtimestamp(made, UTC).astimezone()
    return f"{at:%Y-%m-%d %H:%M} {at:%z}"
