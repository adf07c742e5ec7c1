"""`plegma collect`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli import live_options as live
from plegma.cli.node_options import taken
from plegma.cli.option_groups import spread
from plegma.cli.options import UNREADABLE, USAGE
from plegma.cli.output import TerminalProgress, emit, fail, warn
from plegma.cli.pseudonym_options import NAMES, keep_names, pseudonyms_in
from plegma.cli.source_options import NOWHERE, SourceOptions

if TYPE_CHECKING:
    from datetime import datetime

    from plegma.app.clusters import Target
    from plegma.app.nodes import ThisNode
    from plegma.evidence.pseudonyms import Pseudonyms
    from plegma.evidence.read.artifacts import Artifact
    from plegma.evidence.read.collection_records import Record


@spread
def collect(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.tar.zst", dir_okay=False, help="Where to write.", show_default=False)
    ] = None,
    where: SourceOptions = NOWHERE,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Pseudonyms for names, addresses and ids.")] = False,
    names: Annotated[Path, typer.Option("--map", metavar="FILE", help="Where --pseudonyms keeps what they stand for.")] = NAMES,
    image: Annotated[str, typer.Option("--image", metavar="IMAGE", help="Of --node-agent.", show_default=False)] = "",
    node_agent: Annotated[bool, typer.Option("--node-agent", help="Print a manifest that collects on the nodes instead.")] = False,
) -> None:
    """Write what `plegma diagnose --cluster` or `--this-node` would read into one file, to be diagnosed later or elsewhere.

    Without --this-node a cluster is asked, with or without --cluster. Secrets are masked. The file unpacks to a folder that is
    named as the API's paths; plegma-collection.json in it says what was collected, when, from where, and what could not be had.

    Exit codes: 0 written, 2 wrong usage, 3 nothing could be read.
    """
    if node_agent:
        from plegma.app.node_agents import IMAGE, manifest

        emit(manifest(where.node, image or IMAGE))
        return
    if out is None:
        fail("say where to write: --out FILE.tar.zst", USAGE)
    if where.this_node and where.cluster:
        fail("give one of --this-node and --cluster: a file holds what one of them shows", USAGE)
    node, target = where.this(), replace(where, cluster=not where.this_node).target()
    known = pseudonyms_in(names) if pseudonyms else None
    if node is not None:
        _told(_write_node(out, node, known, names), out)
    elif target is not None:
        _told(_write(out, target, known, names), out)


def _write(out: Path, target: "Target", pseudonyms: "Pseudonyms | None", names: Path) -> "Record":
    """Writes what the cluster shows."""
    with written_to(out), live.asked(target, progress := TerminalProgress()) as collection:
        assert collection is not None
        _pack(out, collection.artifacts(), collection.now, pseudonyms, names)
        progress.close()
        return collection.record


def _write_node(out: Path, asked: "ThisNode", pseudonyms: "Pseudonyms | None", names: Path) -> "Record":
    """Writes what this node shows."""
    from datetime import UTC, datetime

    from plegma.app.collecting import node_collection
    from plegma.app.nodes import places_of

    now = datetime.now(UTC)
    with written_to(out):
        artifacts, record = node_collection(taken(asked), places_of(asked).node, now)
        _pack(out, artifacts, now, pseudonyms, names)
    return record


def _pack(out: Path, found: "Iterable[Artifact]", now: "datetime", pseudonyms: "Pseudonyms | None", names: Path) -> None:
    from plegma.app.collecting import disguised, write

    write(out, disguised(found, pseudonyms) if pseudonyms else found, now)
    if pseudonyms:
        keep_names(names, pseudonyms)


@contextmanager
def written_to(out: Path) -> "Iterator[None]":
    """Ends with USAGE when the file's name does not say its form, before anything is read, or when it cannot be written."""
    from plegma.app.collecting import UnknownFormError, root_of

    try:
        root_of(out)
        yield
    except UnknownFormError as error:
        fail(str(error), USAGE)
    except OSError as error:
        fail(f"{error.filename or out} could not be written: {error.strerror or error}", USAGE)


def _told(record: "Record", out: Path) -> None:
    """Says what is in the file and what is not; ends with UNREADABLE when nothing is."""
    for missed in dict.fromkeys([*(gap.text.en for gap in record.gaps), *(notice.en for notice in record.notices)]):
        warn(missed)
    if not record.files:
        out.unlink(missing_ok=True)
        fail("nothing could be read, so nothing was written", UNREADABLE)
    size = out.stat().st_size
    requests = f", {record.counts['requests']} requests" if "requests" in record.counts else ""
    emit(f"{out}: {len(record.files)} files, {size / 1024:.0f} KiB{requests}\nplegma diagnose {out}\n")
