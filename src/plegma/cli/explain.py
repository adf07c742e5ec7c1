"""`plegma explain`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plegma.cli.options import USAGE, Knowledge, Lang_, Page, catalog_of
from plegma.cli.output import emit, emit_lines, fail, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plegma.knowledge.catalog import Catalog
    from plegma.model.texts import Lang
    from plegma.report.lines import Line


def _topics(incomplete: str) -> list[str]:
    """Ids that a shell can complete, from the names of the files alone."""
    from plegma.knowledge import catalog, glossary

    ids = sorted({name.rpartition(".")[2].replace("_", "-") for name in (*catalog.modules(), *glossary.modules())})
    return [found for found in ids if found.startswith(incomplete)]


def explain(
    topic: Annotated[
        list[str] | None,
        typer.Argument(autocompletion=_topics, show_default=False),
    ] = None,
    diagnosis: Annotated[
        Path | None,
        typer.Option(
            "--for", metavar="DIAGNOSIS.json", help="Just what this case needs (`plegma diagnose -o json`, or -).", show_default=False
        ),
    ] = None,
    output: Annotated[Page, typer.Option("--output", "-o", help="text or md.")] = Page.text,
    lang: Lang_ = None,
    knowledge: Knowledge = None,
) -> None:
    """Explain a failure mode or a concept; without a topic, list the concepts.

    TOPIC is the id of a failure mode or a concept, or a status or reason as kubectl prints it.

    Exit codes: 0 explained, 2 wrong usage or no such topic.
    """
    catalog, spoken = catalog_of(knowledge, whole=True), language(lang)
    lines = _for(diagnosis, catalog, spoken) if diagnosis else _about(" ".join(topic or ()), catalog, spoken)
    if output is Page.md:
        from plegma.report.markdown import to_markdown

        emit(to_markdown(lines))
    else:
        emit_lines(lines)


def _about(topic: str, catalog: "Catalog", lang: "Lang") -> "Iterable[Line]":
    from plegma.app.explanations import UnknownTopicError, explain, list_concepts
    from plegma.report.lines import Line

    if not topic:
        return [Line(0, "item", f"{concept}: {title}") for concept, title in list_concepts(lang)]
    try:
        return explain(topic, catalog, lang)
    except UnknownTopicError as error:
        fail(str(error), USAGE)


def _for(file: Path, catalog: "Catalog", lang: "Lang") -> "Iterable[Line]":
    from plegma.app.anonymising import showable
    from plegma.app.explanations import NotADiagnosisError, explain_for
    from plegma.app.rewriting import rewritten

    try:
        return rewritten(explain_for(_decoded(file), lang, catalog), showable)
    except (NotADiagnosisError, OSError, ValueError) as error:
        fail(f"{file}: {error}; --for wants what `plegma diagnose -o json` printed", USAGE)


def _decoded(file: Path) -> Any:
    """Raises OSError, and ValueError when it is no JSON."""
    import json

    return json.loads(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
