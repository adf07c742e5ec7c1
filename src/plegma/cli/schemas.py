"""`plegma schema`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from plegma.cli.output import emit_json


class Published(StrEnum):
    """JSON outputs with a published schema."""

    diagnosis = "diagnosis"
    inspection = "inspection"
    modes = "modes"


def schema(
    of: Annotated[Published, typer.Argument()] = Published.diagnosis,
) -> None:
    """Print the JSON Schema of `diagnose -o json`, `inspect -o json` or `modes -o json`."""
    from importlib import import_module

    form = import_module(f"plegma.report.{of.value}_v1")
    emit_json(json.dumps(form.schema(), indent=2, ensure_ascii=False))
