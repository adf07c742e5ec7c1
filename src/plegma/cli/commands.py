"""The commands: arguments in, app called, result printed."""

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.output import TerminalProgress, colours, emit, fail, language, width

if TYPE_CHECKING:
    from plegma.knowledge.catalog import Catalog
    from plegma.model.diagnosis import Diagnosis
    from plegma.model.texts import Lang

app = typer.Typer(
    name="plegma",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Root-cause diagnosis for Kubernetes pods and nodes, from whatever evidence you have.",
)

USAGE, UNREADABLE, INSUFFICIENT, FOUND = 2, 3, 4, 1


class Format(str, Enum):
    """Output formats of a diagnosis."""

    text = "text"
    json = "json"
    md = "md"


class Language(str, Enum):
    """Languages of the report."""

    en = "en"
    ja = "ja"


class Level(str, Enum):
    """Confidence words, for --fail-on."""

    confirmed = "confirmed"
    likely = "likely"
    possible = "possible"


Lang_ = Annotated[Language | None, typer.Option("--lang", help="Language of the report; default: the locale's.")]
Output = Annotated[Format, typer.Option("--output", "-o", help="text, json or md.")]
Knowledge = Annotated[list[Path] | None, typer.Option("--knowledge", help="Folder of your own failure modes (TOML); may be repeated.")]


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.", is_eager=True)] = False) -> None:
    """Options that stand before a command."""
    if version:
        from plegma import __version__

        emit(f"plegma {__version__}\n")
        raise typer.Exit


@app.command()
def diagnose(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, archives, or - for standard input; any mix.")],
    output: Output = Format.text,
    lang: Lang_ = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="All lines, all hypotheses, clocks and inputs.")] = False,
    fail_on: Annotated[Level | None, typer.Option("--fail-on", help="Exit 1 when a problem of at least this confidence is found.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Say what is wrong, why, and what to do.

    Exit codes: 0 answered (problem or healthy), 1 a problem as sure as --fail-on, 2 wrong usage, 3 nothing readable,
    4 not enough evidence.
    """
    from plegma.app.diagnosing import SEVERITY, diagnose_paths, worst

    _check_paths(paths)
    catalog = _catalog(knowledge)
    progress = TerminalProgress()
    answer = diagnose_paths(paths, catalog, progress=progress)
    progress.close()
    emit(_rendered(answer.diagnosis, output, language(lang.value if lang else None), verbose))
    if not answer.readable:
        fail("nothing readable was handed in; `plegma inspect` shows what each input was taken for", UNREADABLE)
    if answer.diagnosis.verdict == "insufficient":
        raise typer.Exit(INSUFFICIENT)
    if fail_on is not None and worst(answer.diagnosis) >= SEVERITY[fail_on.value]:
        raise typer.Exit(FOUND)


def _check_paths(paths: list[str]) -> None:
    missing = [p for p in paths if p != "-" and not Path(p).exists()]
    if missing:
        fail(f"no such file or folder: {', '.join(missing)}", USAGE)


def _catalog(folders: list[Path] | None) -> "Catalog":
    from plegma.knowledge.catalog import builtin

    if folders:
        fail("--knowledge is not there yet", USAGE)
    return builtin()


def _rendered(diagnosis: "Diagnosis", output: Format, lang: "Lang", verbose: bool) -> str:
    if output is Format.json:
        from plegma.report.diagnosis_v1 import to_json

        return to_json(diagnosis, lang) + "\n"
    from plegma.report.outlines import outline

    if output is Format.md:
        from plegma.report.markdown import to_markdown

        return to_markdown(outline(diagnosis, lang, verbose=True))
    from plegma.report.terminal import to_text

    return to_text(outline(diagnosis, lang, verbose), width(), colours())


@app.command()
def schema() -> None:
    """Print the JSON Schema of `plegma diagnose -o json`."""
    from plegma.report.diagnosis_v1 import schema as diagnosis_schema

    emit(json.dumps(diagnosis_schema(), indent=2, ensure_ascii=False) + "\n")


@app.command(name="eval")
def evaluate(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Every folder below it with a truth.json is a case.")],
    output: Output = Format.text,
    compare: Annotated[Path | None, typer.Option("--compare", exists=True, help="An earlier `-o json` result to compare with.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Diagnose every case below a folder and hold the answers against the truth."""
    from plegma.app import evaluations
    from plegma.report.evaluation_text import evaluation_lines

    result = evaluations.as_json(evaluations.evaluate(folder, _catalog(knowledge)))
    if output is Format.json:
        emit(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
        return
    old = json.loads(compare.read_text(encoding="utf-8")) if compare else None
    emit("\n".join(evaluation_lines(result, old)) + "\n")
