"""`plegma collect`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli import live_options as live
from plegma.cli.options import UNREADABLE, USAGE
from plegma.cli.output import TerminalProgress, emit, fail, warn

if TYPE_CHECKING:
    from plegma.app.clusters import Target
    from plegma.evidence.pseudonyms import Pseudonyms
    from plegma.evidence.read.collection_records import Record

NAMES = Path("plegma-names.json")


def collect(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.tar.zst", dir_okay=False, help="Where to write.", show_default=False)
    ] = None,
    context: live.Context = "",
    kubeconfig: live.Kubeconfig = None,
    namespace: live.Namespace = "",
    all_namespaces: live.AllNamespaces = False,
    pod: live.Pod = "",
    node: live.Node = "",
    since: live.Since = "",
    timeout: live.Timeout = None,
    client: live.Client = live.ClientChoice.auto,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Pseudonyms for names, addresses and ids.")] = False,
    names: Annotated[Path, typer.Option("--map", metavar="FILE", help="Where --pseudonyms keeps what they stand for.")] = NAMES,
    image: Annotated[str, typer.Option("--image", metavar="IMAGE", help="Of --node-agent.", show_default=False)] = "",
    node_agent: Annotated[bool, typer.Option("--node-agent", help="Print a manifest that collects on the nodes instead.")] = False,
) -> None:
    """Write what `plegma diagnose --cluster` would read into one file, to be diagnosed later or elsewhere.

    Secrets are masked. The file unpacks to a folder that is named as the API's paths; plegma-collection.json in it says
    what was collected, when, from where, and what could not be had.

    Exit codes: 0 written, 2 wrong usage, 3 nothing could be read.
    """
    if node_agent:
        from plegma.app.node_agents import IMAGE, manifest

        emit(manifest(node, image or IMAGE))
        return
    if out is None:
        fail("say where to write: --out FILE.tar.zst", USAGE)
    target = live.target_of(live.question_of(namespace, all_namespaces, pod, node, since), context, kubeconfig, timeout, client)
    _told(_write(out, target, _pseudonyms(names) if pseudonyms else None, names), out)


def _pseudonyms(names: Path) -> "Pseudonyms":
    from plegma.app.anonymising import NotAMapError, read_map

    try:
        return read_map(names)
    except (NotAMapError, OSError) as error:
        fail(f"{error}; name another file with --map", USAGE)


def _write(out: Path, target: "Target", pseudonyms: "Pseudonyms | None", names: Path) -> "Record":
    from plegma.app.anonymising import write_map
    from plegma.app.clusters import collection_from
    from plegma.app.collecting import UnknownFormError, disguised, root_of, write
    from plegma.cluster.clients import NoClientError

    progress = TerminalProgress()
    try:
        root_of(out)
        with collection_from(target, progress) as collection:
            found = collection.artifacts()
            write(out, disguised(found, pseudonyms) if pseudonyms else found, collection.now)
            record = collection.record
        if pseudonyms:
            write_map(names, pseudonyms)
    except (UnknownFormError, NoClientError) as error:
        fail(str(error), USAGE)
    except OSError as error:
        fail(f"{error.filename or out} could not be written: {error.strerror or error}", USAGE)
    finally:
        progress.close()
    return record


def _told(record: "Record", out: Path) -> None:
    """Says what is in the file and what is not; ends with UNREADABLE when nothing is."""
    for gap in dict.fromkeys(gap.text.en for gap in record.gaps):
        warn(gap)
    if not record.files:
        out.unlink(missing_ok=True)
        fail("nothing could be read, so nothing was written", UNREADABLE)
    size = out.stat().st_size
    emit(f"{out}: {len(record.files)} files, {size / 1024:.0f} KiB, {record.counts['requests']} requests\nplegma diagnose {out}\n")
