"""Many bundles at once: each is read to a small summary by itself, all summaries are diagnosed together.

A summary holds what a long log is kept for: lines that a signature may match, folded into series, rows of objects, and
of pods that are well only their row. So one bundle's summary does not grow with it, and reading is what takes the time.
The same summaries in the same order give the same diagnosis, whoever made them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from plegma.app.catalogs import load_builtin
from plegma.app.diagnosing import Answer, Rewrite, answer_of, diagnosis_of
from plegma.evidence.read import Evidence, Limits, read_evidence
from plegma.evidence.read.layouts import is_wanted
from plegma.evidence.read.remotes import RemoteError, is_remote, listed
from plegma.evidence.read.sources import Progress
from plegma.evidence.unreadable import Unreadable
from plegma.knowledge.catalog import Catalog
from plegma.model.texts import Text

_SHORT = 128 * 1024
"""Bytes beyond which a bundle's text is read as a long one."""


@dataclass(frozen=True, slots=True)
class Order:
    """One bundle to be read. `catalog` is None for plegma's own, which every worker has."""

    bundle: str
    limits: Limits
    catalog: Catalog | None = None


class Workers(Protocol):
    """Whoever reads bundles: this process, or a cluster of them."""

    def summaries(self, orders: Sequence[Order]) -> Iterator[tuple[int, Evidence]]:
        """Each order's number and its summary, in any order. Raises FleetError when they cannot be had."""


class FleetError(Exception):
    """The workers could not be reached, or gave up on a bundle."""


class Here:
    """Reads one bundle after the other in this process."""

    def summaries(self, orders: Sequence[Order]) -> Iterator[tuple[int, Evidence]]:
        """Each order's number and its summary."""
        for number, order in enumerate(orders):
            yield number, summary(order)


def bundles_in(paths: Iterable[str]) -> tuple[list[str], list[Unreadable]]:
    """The bundles: of a folder or a prefix of an object store each entry, else the path itself; and what could not be listed."""
    found: list[str] = []
    unlisted: list[Unreadable] = []
    for path in paths:
        try:
            found += listed(path) if is_remote(path) else _below(Path(path))
        except RemoteError as error:
            unlisted.append(Unreadable(path, error.why))
        except OSError as error:
            unlisted.append(Unreadable(path, Text(f"it could not be listed: {error.strerror}", f"一覧できませんでした: {error.strerror}")))
    return list(dict.fromkeys(found)), unlisted


def _below(path: Path) -> list[str]:
    return sorted(str(p) for p in path.iterdir() if is_wanted(p.name)) if path.is_dir() else [str(path)]


def summary(order: Order) -> Evidence:
    """Reads one bundle in one process. Never raises for what it finds there."""
    limits = replace(order.limits, whole=min(order.limits.whole, _SHORT), workers=1)
    return read_evidence([order.bundle], limits, None, order.catalog or load_builtin())


def diagnose_fleet(
    paths: Sequence[str],
    workers: Workers,
    catalog: Catalog | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    rewrite: Rewrite | None = None,
    whole: bool = False,
) -> Answer:
    """Diagnoses all bundles at the paths as one cluster; `whole` adds the timeline and all lines that show something.

    Raises FleetError when the workers cannot be reached or gave up on a bundle.
    """
    bundles, unlisted = bundles_in(paths)
    orders = [Order(bundle, limits or Limits(), catalog) for bundle in bundles]
    done: list[Evidence | None] = [None] * len(orders)
    for count, (number, one) in enumerate(workers.summaries(orders), 1):
        done[number] = one
        if progress is not None:
            progress(f"{bundles[number]} ({count}/{len(orders)})", 0)
    return merged([one for one in done if one is not None], unlisted, catalog or load_builtin(), rewrite, whole)


def merged(
    summaries: Sequence[Evidence], unlisted: Sequence[Unreadable], catalog: Catalog, rewrite: Rewrite | None = None, whole: bool = False
) -> Answer:
    """One diagnosis of all summaries."""
    evidence = Evidence(
        tuple(part for one in summaries for part in one.parts),
        tuple(item for one in summaries for item in one.inputs),
        (*unlisted, *(item for one in summaries for item in one.unreadable)),
        tuple(gap for one in summaries for gap in one.gaps),
        tuple(note for one in summaries for note in one.notices),
    )
    return answer_of(diagnosis_of(evidence, catalog, whole), evidence, rewrite)
