"""The whole page, from a diagnosis."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, zip_longest

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from plegma import __version__
from plegma.engine.naming import filled
from plegma.engine.series import length
from plegma.model.diagnosis import ChainStep, Clock, Diagnosis
from plegma.model.texts import Lang, Text
from plegma.report import explanation_words, words
from plegma.report.escapes import visible
from plegma.report.html import page_words
from plegma.report.html.bilingual import both, with_values
from plegma.report.html.chain_pictures import Picture, narrow_picture, wide_picture
from plegma.report.html.evidence_rows import evidence_rows, in_script, rows_packed
from plegma.report.html.glances import glance_of, named
from plegma.report.html.pod_paths import path_of
from plegma.report.html.policies import asset, policy, template
from plegma.report.html.timeline_rows import Bar, timeline_view
from plegma.report.lines import entity_name


def page(diagnosis: Diagnosis, language: Lang) -> str:
    """The diagnosis as one HTML document, first shown in `language`; it holds both.

    The same diagnosis always gives the same bytes.
    """
    rows = evidence_rows(diagnosis)
    return _environment().get_template("page.html.j2").render(
        d=diagnosis, lang=language, told=_is_told(diagnosis), glance=glance_of(diagnosis), pictures=_pictures(diagnosis),
        timeline=timeline_view(diagnosis.timeline) if diagnosis.timeline else None, clocks=_clocks(diagnosis.clocks),
        path=path_of(diagnosis.hypotheses[0]) if _is_told(diagnosis) else (), anchor=rows.anchor, number=rows.number,
        rows=rows_packed(rows, diagnosis), has_lines=bool(rows.lines), sections=_sections(diagnosis, bool(rows.lines)),
        script_words=_raw(_script_words()), version=__version__,
        policy=policy(), css=_raw(asset("page.css")), js=_raw(asset("page.js")),
    )  # fmt: skip


def _is_told(diagnosis: Diagnosis) -> bool:
    """Whether there is a chain to draw: known noise on a healthy case has none."""
    return bool(diagnosis.hypotheses) and diagnosis.verdict != "healthy"


def _script_words() -> str:
    return in_script({key: (text.en, text.ja) for key, text in page_words.SCRIPT.items()})


def _raw(text: str) -> Markup:
    """What goes into the page unescaped: our own style and script, and JSON that `in_script` has made safe."""
    return Markup(text)  # noqa: S704 - see above


def _pictures(diagnosis: Diagnosis) -> dict[int, tuple[Picture, Picture]]:
    symptoms = {s.mode for s in diagnosis.symptoms}
    return {h.rank: (wide_picture(h, symptoms), narrow_picture(h, symptoms)) for h in diagnosis.hypotheses}


def _sections(diagnosis: Diagnosis, has_lines: bool) -> list[tuple[str, Text]]:
    """What the page has, in its order, for the list at its head."""
    every = [
        ("glance", page_words.GLANCE, True), ("chain", page_words.CHAIN, _is_told(diagnosis)),
        ("others", page_words.OTHERS, _is_told(diagnosis) and len(diagnosis.hypotheses) > 1),
        ("timeline", page_words.TIMELINE, diagnosis.timeline is not None),
        ("path", page_words.PATH, _is_told(diagnosis)), ("evidence", page_words.EVIDENCE, has_lines),
        ("open", page_words.OPEN, True), ("inputs", page_words.INPUTS, True),
    ]  # fmt: skip
    return [(id_, title) for id_, title, there in every if there]


def _step_id(step: ChainStep, rank: int) -> str:
    return f"step-{rank}-{step.mode}"


def _template_text(name: str) -> str:
    """A template without its indentation, which would be a tenth of the page."""
    return re.sub(r"^ +", "", template(name), flags=re.MULTILINE)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FunctionLoader(_template_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {
        "both": both, "visible": visible, "named": named, "entity": entity_name, "fill": with_values, "moment": _moment,
        "span": _span, "short": _number, "paragraphs": _paragraphs, "template": _filled_in, "groups": _by_mood,
    }  # fmt: skip
    found.globals |= {"w": page_words, "say": words, "layers": explanation_words.LAYER, "step_id": _step_id, "text": Text}
    return found


class ClockGroup(Struct, frozen=True):
    """Artifacts whose times were placed in the same way."""

    artifacts: tuple[str, ...]
    clock: Clock


def _clocks(clocks: tuple[Clock, ...]) -> list[ClockGroup]:
    groups: dict[str, list[Clock]] = {}
    for clock in clocks:
        groups.setdefault(clock.text.en, []).append(clock)
    return [ClockGroup(tuple(dict.fromkeys(c.artifact for c in found)), found[0]) for found in groups.values()]


def _paragraphs(text: Text) -> list[tuple[str, str]]:
    return list(zip_longest(text.en.split("\n"), text.ja.split("\n"), fillvalue=""))


def _filled_in(command: str) -> str:
    """A command of a concept, which knows no case: what to fill in stands in capitals."""
    return filled(command, {})


def _by_mood(bars: Sequence[Bar]) -> list[tuple[str, list[Bar]]]:
    """Neighbours of one colour together; their order stays, since later ones lie over earlier ones."""
    return [(mood, list(found)) for mood, found in groupby(bars, key=lambda bar: bar.mood)]


def _number(value: float) -> str:
    """A length as SVG takes it, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def _span(seconds: float) -> Text:
    return Text(*length(seconds))


def _moment(at: datetime | None, seconds: bool = True) -> str:
    """A time in the evidence's own zone: 2019-07-11 10:22:08 +09:00; a dash for one that is not known."""
    if at is None:
        return "–"
    zone = f"{at:%z}"
    return f"{at:%Y-%m-%d %H:%M:%S} {zone[:3]}:{zone[3:]}" if seconds else f"{at:%Y-%m-%d %H:%M} {zone[:3]}:{zone[3:]}"
