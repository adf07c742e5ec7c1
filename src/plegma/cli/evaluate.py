"""`plegma eval`."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from plegma.cli.options import USAGE, Knowledge, Plain, catalog_of
from plegma.cli.output import emit, emit_json, fail


def evaluate(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    output: Annotated[Plain, typer.Option("--output", "-o", help="text or json.")] = Plain.text,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", exists=True, dir_okay=False, help="An earlier `-o json` result to compare with.", show_default=False),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Diagnose in so many processes.")] = 1,
    knowledge: Knowledge = None,
) -> None:
    """Diagnose every case below a folder and hold the answers against the truth.

    Every folder below FOLDER that holds a truth.json is a case.

    Exit codes: 0 evaluated, 2 wrong usage.
    """
    from plegma.app import evaluations
    from plegma.app.anonymising import showable
    from plegma.app.rewriting import rewritten
    from plegma.report.evaluation_text import evaluation_lines

    old = _earlier(compare) if compare else None
    result = rewritten(evaluations.as_json(evaluations.evaluate(folder, catalog_of(knowledge), jobs)), showable)
    if not result["cases"] and not result["unreadable"]:
        fail(f"no truth.json below {folder}; a case is a folder of evidence with a truth.json that names root_cause_class", USAGE)
    if output is Plain.json:
        emit_json(json.dumps(result, indent=2, ensure_ascii=False))
    else:
        emit("\n".join(evaluation_lines(result, old)) + "\n")


def _earlier(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        fail(f"{file}: {error}; --compare wants what `plegma eval -o json` printed", USAGE)
    if not isinstance(found, dict) or "cases" not in found:
        fail(f"{file} is no evaluation; --compare wants what `plegma eval -o json` printed", USAGE)
    return found
