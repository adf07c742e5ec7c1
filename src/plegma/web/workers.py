"""One diagnosis in a process of its own: `python -m plegma.web.workers ORDER.json`.

What it reads may be made to do harm: the process has bounds on memory, files and processor time, and its end, however
it comes, is not the server's. It says on standard output, one JSON line each, which artifact it reads, and writes the
report's documents into a folder.
"""

import json
import os
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from plegma.model.texts import Lang

EVERY: tuple[Lang, ...] = get_args(Lang)
SUMMARY = "summary.json"
_LARGEST_FILE = 2 * 1024**3
"""Bytes: a report, or what a packed member of an archive takes on its way."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to diagnose: `paths` as seen from `folder`. Documents go to `out`. `limits` are those of `evidence.read`."""

    folder: str
    paths: tuple[str, ...]
    out: str
    limits: dict[str, Any]
    memory: int
    seconds: int

    def written(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))


def order_of(text: str) -> Order:
    """From JSON."""
    told = json.loads(text)
    return Order(**{**told, "paths": tuple(told["paths"])})


def main(file: str) -> None:
    """Diagnoses and writes the documents."""
    order = order_of(Path(file).read_text(encoding="utf-8"))
    _bind(order)
    os.chdir(order.folder)
    for name, body in _documents(order).items():
        Path(order.out, name).write_text(body, encoding="utf-8")


def _bind(order: Order) -> None:
    for bound, most in (
        (resource.RLIMIT_AS, order.memory),
        (resource.RLIMIT_CPU, order.seconds),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(bound)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(bound, (most, most))


def _documents(order: Order) -> dict[str, str]:
    """The same bytes as `plegma diagnose` prints, in both languages."""
    from plegma.app.anonymising import masked
    from plegma.app.diagnosing import diagnose_paths
    from plegma.engine.records import without_record
    from plegma.evidence.read import Limits
    from plegma.report.diagnosis_v1 import to_json
    from plegma.report.html import page
    from plegma.report.markdown import to_markdown
    from plegma.report.outlines import outline
    from plegma.report.postmortems import postmortem

    answer = diagnose_paths(order.paths, None, Limits(**order.limits), _tell, masked, whole=True)
    diagnosis, documents = answer.diagnosis, {}
    short = without_record(diagnosis)
    for lang in EVERY:
        documents[f"diagnosis.{lang}.json"] = to_json(short, lang) + "\n"
        documents[f"report.{lang}.html"] = page(diagnosis, lang)
        documents[f"report.{lang}.md"] = to_markdown(outline(short, lang, verbose=True))
        documents[f"postmortem.{lang}.md"] = to_markdown(postmortem(diagnosis, lang))
    summary = {"verdict": diagnosis.verdict, "en": diagnosis.summary.en, "ja": diagnosis.summary.ja, "readable": answer.readable}
    return {**documents, SUMMARY: json.dumps(summary)}


def _tell(name: str, read: int) -> None:
    from plegma.app.anonymising import showable

    sys.stdout.write(json.dumps({"artifact": showable(name), "read": read}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
