"""The whole page, from a diagnosis."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plegma import __version__
from plegma.model.diagnosis import ChainStep, Clock, Diagnosis
from plegma.model.texts import Lang, Text
from plegma.report import explanation_words, words
from plegma.report.escapes import visible
from plegma.report.html import page_words
from plegma.report.html.bilingual import both, same, with_values
from plegma.report.html.chain_pictures import Picture, narrow_picture, wide_picture
from plegma.report.html.evidence_rows import evidence_rows, in_script, rows_json
from plegma.report.html.glances import glance_of, headline, named
from plegma.report.html.policies import asset, policy
from plegma.report.lines import entity_name


def page(diagnosis: Diagnosis, language: Lang) -> str:
    """The diagnosis as one HTML document, first shown in `language`; it holds both.

    The same diagnosis always gives the same bytes.
    """
    rows = evidence_rows(diagnosis)
    return _environment().get_template("page.html.j2").render(
        d=diagnosis, lang=language, glance=glance_of(diagnosis), clocks=_clocks(diagnosis.clocks), version=__version__,
        pictures=_pictures(diagnosis), sections=_sections(diagnosis), anchor=rows.anchor,
        rows=_raw(rows_json(rows, diagnosis)), script_words=_raw(in_script({k: (t.en, t.ja) for k, t in page_words.SCRIPT.items()})),
        policy=policy(), css=_raw(asset("page.css")), js=_raw(asset("page.js")),
    )  # fmt: skip


def _raw(text: str) -> Markup:
    """What goes into the page unescaped: our own style and script, and JSON that `in_script` has made safe."""
    return Markup(text)  # noqa: S704 - see above


def _pictures(diagnosis: Diagnosis) -> dict[int, tuple[Picture, Picture]]:
    symptoms = {s.mode for s in diagnosis.symptoms}
    return {h.rank: (wide_picture(h, symptoms), narrow_picture(h, symptoms)) for h in diagnosis.hypotheses}


def _sections(diagnosis: Diagnosis) -> list[tuple[str, Text]]:
    """What the page has, in its order, for the list at its head."""
    told = bool(diagnosis.hypotheses)
    every = [
        ("glance", page_words.GLANCE, True), ("chain", page_words.CHAIN, told),
        ("others", page_words.OTHERS, len(diagnosis.hypotheses) > 1),
        ("evidence", page_words.EVIDENCE, True), ("open", page_words.OPEN, True), ("inputs", page_words.INPUTS, True),
    ]  # fmt: skip
    return [(id_, title) for id_, title, there in every if there]


def _step_id(step: ChainStep, rank: int) -> str:
    return f"step-{rank}-{step.mode}"


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("plegma.report.html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters |= {"both": both, "visible": visible, "named": named, "entity": entity_name, "headline": headline, "same": same,
                      "fill": with_values, "moment": _moment}  # fmt: skip
    found.globals |= {"w": page_words, "say": words, "layers": explanation_words.LAYER, "step_id": _step_id}
    return found


@dataclass(frozen=True, slots=True)
class ClockGroup:
    """Artifacts whose times were placed in the same way."""

    artifacts: tuple[str, ...]
    clock: Clock


def _clocks(clocks: tuple[Clock, ...]) -> list[ClockGroup]:
    groups: dict[str, list[Clock]] = {}
    for clock in clocks:
        groups.setdefault(clock.text.en, []).append(clock)
    return [ClockGroup(tuple(dict.fromkeys(c.artifact for c in found)), found[0]) for found in groups.values()]


def _moment(at: datetime | None, seconds: bool = True) -> str:
    """A time in the evidence's own zone: 2019-07-11 10:22:08 +09:00; a dash for one that is not known."""
    if at is None:
        return "–"
    zone = f"{at:%z}"
    return f"{at:%Y-%m-%d %H:%M:%S} {zone[:3]}:{zone[3:]}" if seconds else f"{at:%Y-%m-%d %H:%M} {zone[:3]}:{zone[3:]}"
