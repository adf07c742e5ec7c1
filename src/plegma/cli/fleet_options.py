"""Options for many bundles at once."""

from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.options import UNREADABLE, USAGE
from plegma.cli.output import TerminalProgress, fail

if TYPE_CHECKING:
    from plegma.app.diagnosing import Answer, Rewrite
    from plegma.app.fleets import Workers
    from plegma.evidence.read import Limits
    from plegma.knowledge.catalog import Catalog


class EngineChoice(StrEnum):
    """Who reads the bundles."""

    local = "local"
    dask = "dask"


Engine = Annotated[
    EngineChoice | None,
    typer.Option("--engine", help="Read each entry of the PATHS as a bundle of its own, here or by dask.", show_default=False),
]
Scheduler = Annotated[
    str, typer.Option("--scheduler", metavar="ADDRESS", help="A running dask scheduler, tcp://HOST:8786.", show_default=False)
]


def check_fleet(engine: EngineChoice | None, scheduler: str, paths: list[str], is_live: bool) -> None:
    """Ends with USAGE for options that make no sense together, or when dask is not installed."""
    if scheduler and engine is not EngineChoice.dask:
        fail("--scheduler goes with --engine dask", USAGE)
    if engine is not None and (is_live or "-" in paths):
        fail("--engine reads bundles from folders, files and object stores, not --cluster, --this-node or standard input", USAGE)
    if engine is EngineChoice.dask and find_spec("distributed") is None:
        fail("--engine dask needs dask's scheduler: pip install 'plegma[fleet]'", USAGE)


def diagnosed(
    engine: EngineChoice,
    scheduler: str,
    paths: list[str],
    catalog: "Catalog | None",
    limits: "Limits",
    progress: TerminalProgress,
    rewrite: "Rewrite",
    whole: bool,
) -> "Answer":
    """The answer for all bundles. Ends with UNREADABLE when the workers are lost."""
    from plegma.app.fleets import FleetError, diagnose_fleet

    try:
        return diagnose_fleet(paths, _workers(engine, scheduler), catalog, limits, progress, rewrite, whole)
    except FleetError as error:
        fail(str(error), UNREADABLE)


def _workers(engine: EngineChoice, scheduler: str) -> "Workers":
    if engine is EngineChoice.dask:
        from plegma.app.dask_workers import DaskWorkers

        return DaskWorkers(scheduler)
    from plegma.app.fleets import Here

    return Here()
