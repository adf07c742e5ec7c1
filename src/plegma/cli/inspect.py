"""`plegma inspect`."""

from typing import Annotated

import typer

from plegma.cli.limit_options import UNBOUND, LimitOptions
from plegma.cli.option_groups import spread
from plegma.cli.options import (
    UNREADABLE,
    Lang_,
    Paths,
    Plain,
    check_paths,
)
from plegma.cli.output import TerminalProgress, emit_json, emit_lines, fail, language


@spread
def inspect(
    paths: Paths,
    output: Annotated[Plain, typer.Option("--output", "-o", help="text or json.")] = Plain.text,
    lang: Lang_ = None,
    bounds: LimitOptions = UNBOUND,
) -> None:
    """Show what each input was taken for: formats, times, clocks, entities, and lines that nothing understood.

    PATHS are files, folders, archives, or - for standard input, in any mix and of several nodes at once.

    Exit codes: 0 something was read, 2 wrong usage, 3 nothing readable.
    """
    from plegma.app.anonymising import showable
    from plegma.app.inspecting import inspect_paths
    from plegma.app.rewriting import rewritten

    check_paths(paths)
    progress = TerminalProgress()
    inspection = inspect_paths(paths, bounds.limits(), progress)
    progress.close()
    inspection = rewritten(inspection, showable)
    if output is Plain.json:
        from plegma.report.inspection_v1 import to_json

        emit_json(to_json(inspection, language(lang)))
    else:
        from plegma.report.inspections import inspection_outline

        emit_lines(inspection_outline(inspection, language(lang)))
    if not inspection.reading.lines:
        fail("nothing readable was handed in; give logs, command outputs, or an archive of them", UNREADABLE)
