"""`plegma diagnose` and `plegma deanonymise`."""

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli import diagnose_options as given
from plegma.cli import fleet_options as fleet
from plegma.cli import live_options as live
from plegma.cli.limit_options import UNBOUND, LimitOptions
from plegma.cli.node_options import MaybePaths, check_sources, taken
from plegma.cli.option_groups import spread
from plegma.cli.options import (
    FOUND,
    INSUFFICIENT,
    UNREADABLE,
    USAGE,
    Format,
    Knowledge,
    Lang_,
    catalog_of,
)
from plegma.cli.output import TerminalProgress, emit, emit_json, emit_lines, emit_page, fail, language
from plegma.cli.pseudonym_options import NAMES, keep_names, pseudonyms_in
from plegma.cli.source_options import NOWHERE, SourceOptions

if TYPE_CHECKING:
    from plegma.app.diagnosing import Answer
    from plegma.model.diagnosis import Diagnosis
    from plegma.model.texts import Lang


@spread
def diagnose(
    paths: MaybePaths = None,
    where: SourceOptions = NOWHERE,
    engine: fleet.Engine = None,
    scheduler: fleet.Scheduler = "",
    output: given.Output = Format.text,
    html: given.Html = None,
    postmortem: given.Postmortem = False,
    lang: Lang_ = None,
    verbose: given.Verbose = False,
    fail_on: given.FailOn = None,
    knowledge: Knowledge = None,
    anonymise: given.Anonymise = False,
    names: given.Names = NAMES,
    bounds: LimitOptions = UNBOUND,
) -> None:
    """Say what is wrong, why, and what to do.

    PATHS are files, folders, archives, or - for standard input, in any mix and of several nodes at once. --cluster asks the
    Kubernetes API, and of containers and nodes only those that are suspicious. --this-node reads the node that plegma runs
    on (its runtime's socket, /proc, journal, CNI state, kernel log). Neither changes anything.

    Exit codes: 0 answered (a problem or health), 1 a problem at least as sure as --fail-on, 2 wrong usage, 3 nothing
    readable, 4 not enough evidence.
    """
    from plegma.app.anonymising import Disguise, masked
    from plegma.app.diagnosing import diagnose_paths

    paths = paths or []
    is_live = where.this_node or where.cluster
    check_sources(paths, is_live)
    fleet.check_fleet(engine, scheduler, paths, is_live)
    if postmortem and output is not Format.md:
        fail("--postmortem is Markdown: add -o md", USAGE)
    if html is not None or output is Format.html:
        _need_jinja()
    disguise = Disguise(pseudonyms_in(names)) if anonymise else None
    whole = html is not None or output is Format.html or postmortem or (verbose and output is Format.json)
    progress = TerminalProgress()
    with live.asked(where.target(), progress) as collection:
        if engine is not None:
            own = catalog_of(knowledge) if knowledge else None
            answer = fleet.diagnosed(engine, scheduler, paths, own, bounds.limits(), progress, disguise or masked, whole)
        else:
            more = chain(taken(where.this()), collection.artifacts() if collection else ())
            answer = diagnose_paths(paths, catalog_of(knowledge), bounds.limits(), progress, disguise or masked, more, whole)
    progress.close()
    if collection and not answer.readable:
        fail(live.whole_failure(collection), UNREADABLE)
    if disguise is not None:
        keep_names(names, disguise.pseudonyms)
    if html is not None:
        _write(html, answer.diagnosis, language(lang))
    if postmortem:
        _print_postmortem(answer.diagnosis, language(lang))
    else:
        _print(answer.diagnosis, output, language(lang), verbose)
    _end(answer, fail_on)


def _end(answer: "Answer", fail_on: given.Level | None) -> None:
    """Ends with the exit code that the answer deserves."""
    from plegma.app.diagnosing import SEVERITY, worst

    if not answer.readable:
        fail("nothing readable was handed in; `plegma inspect` shows what each input was taken for", UNREADABLE)
    if answer.diagnosis.verdict == "insufficient":
        raise typer.Exit(INSUFFICIENT)
    if fail_on is not None and worst(answer.diagnosis) >= SEVERITY[fail_on.value]:
        raise typer.Exit(FOUND)


def _print(diagnosis: "Diagnosis", output: Format, lang: "Lang", verbose: bool) -> None:
    if output is Format.json:
        from plegma.report.diagnosis_v1 import to_json

        emit_json(to_json(diagnosis, lang))
        return
    if output is Format.html:
        from plegma.report.html import page

        emit_page(page(diagnosis, lang))
        return
    from plegma.report.outlines import outline

    if output is Format.md:
        from plegma.report.markdown import to_markdown

        emit(to_markdown(outline(diagnosis, lang, verbose=True)))
    else:
        emit_lines(outline(diagnosis, lang, verbose))


def _print_postmortem(diagnosis: "Diagnosis", lang: "Lang") -> None:
    from plegma.report.markdown import to_markdown
    from plegma.report.postmortems import postmortem

    emit(to_markdown(postmortem(diagnosis, lang)))


def _need_jinja() -> None:
    """Ends before anything is read when the page could not be made."""
    from importlib.util import find_spec

    if find_spec("jinja2") is None:
        fail("the web page needs Jinja2: pip install 'plegma[html]'", USAGE)


def _write(file: Path, diagnosis: "Diagnosis", lang: "Lang") -> None:
    from plegma.report.html import page

    try:
        file.write_text(page(diagnosis, lang), encoding="utf-8")
    except OSError as error:
        fail(f"the page could not be written: {error}; name another file with --html", USAGE)


def deanonymise(
    file: Annotated[typer.FileText, typer.Argument()],
    names: Annotated[
        Path, typer.Option("--map", metavar="FILE", exists=True, dir_okay=False, help="The map that --anonymise wrote.")
    ] = NAMES,
) -> None:
    """Put the names back in the place of pseudonyms. Secrets that were masked do not come back.

    FILE is what `diagnose --anonymise` printed, or an answer to it; - for standard input.

    Exit codes: 0 done, 2 wrong usage or no map.
    """
    from plegma.app.anonymising import NotAMapError, read_map

    try:
        emit(read_map(names).reveal(file.read()))
    except (NotAMapError, OSError, UnicodeDecodeError) as error:
        fail(f"{error}; --map wants the file that `plegma diagnose --anonymise` wrote", USAGE)
