"""`plegma modes`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.options import FOUND, Knowledge, Lang_, Plain, catalog_of, check_folders
from plegma.cli.output import emit, emit_json, language, warn

if TYPE_CHECKING:
    from plegma.knowledge.catalog import Catalog
    from plegma.knowledge.failure_mode import FailureMode


class Layer(StrEnum):
    """Layers of failure modes."""

    pod = "pod"
    image = "image"
    kubelet = "kubelet"
    cri = "cri"
    cni = "cni"
    runtime = "runtime"
    kernel = "kernel"
    storage = "storage"
    network = "network"
    control_plane = "control_plane"


class Role(StrEnum):
    """What a failure mode is in a chain."""

    cause = "cause"
    mechanism = "mechanism"
    symptom = "symptom"


def modes(
    layer: Annotated[Layer | None, typer.Option("--layer", help="Only modes of this layer.", show_default=False)] = None,
    role: Annotated[Role | None, typer.Option("--role", help="Only modes of this role.", show_default=False)] = None,
    output: Annotated[Plain, typer.Option("--output", "-o", help="text, or json with everything that is known.")] = Plain.text,
    signatures: Annotated[bool, typer.Option("--signatures", help="All patterns, one a line, for `rg -f -`.")] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="DIR", help="Validate a folder of your own failure modes instead.", show_default=False),
    ] = None,
    lang: Lang_ = None,
    knowledge: Knowledge = None,
) -> None:
    """List the failure modes, or check your own.

    Exit codes: 0 listed, or the folder is right; 1 --check found faults; 2 wrong usage.
    """
    if check is not None:
        _check([*(knowledge or ()), check])
        return
    catalog = catalog_of(knowledge, whole=True)
    if signatures:
        from plegma.report.signature_lines import signature_lines

        emit("".join(f"{pattern}\n" for pattern in signature_lines(_selected(catalog, layer, role))))
    elif output is Plain.json:
        from plegma.report.modes_v1 import to_json

        emit_json(to_json(_selected(catalog, layer, role)))
    else:
        from plegma.app.explanations import list_modes

        rows = list_modes(catalog, language(lang), layer, role)
        wide = [max((len(getattr(row, name)) for row in rows), default=0) for name in ("id", "layer", "role")]
        emit("".join(f"{row.id:<{wide[0]}}  {row.layer:<{wide[1]}}  {row.role:<{wide[2]}}  {row.title}\n" for row in rows))


def _selected(catalog: "Catalog", layer: str | None, role: str | None) -> "list[FailureMode]":
    return [mode for mode in catalog if layer in {None, mode.layer} and role in {None, mode.role}]


def _check(folders: list[Path]) -> None:
    """Says every fault of the folders, or how many modes are right; ends with FOUND when there is a fault."""
    from plegma.app.mode_checks import checked
    from plegma.app.own_knowledge import knowledge_of

    check_folders(folders)
    knowledge = knowledge_of(folders)
    faults = checked(knowledge)
    for fault in sorted(faults):
        warn(str(fault))
    if faults:
        raise typer.Exit(FOUND)
    names = ", ".join(sorted(knowledge.own.files))
    emit(f"{len(knowledge.own.files)} of your own failure modes are right: {names}\n")
