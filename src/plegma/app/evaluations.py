"""How right plegma is: every case folder with a truth.json below a directory, diagnosed and compared."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

from plegma.app.catalogs import load_builtin
from plegma.app.diagnosing import diagnose_paths
from plegma.knowledge.catalog import Catalog
from plegma.model.diagnosis import Diagnosis

NO_FAULT = frozenset({"no-fault", "healthy"})
_ASSERTED = frozenset({"confirmed", "likely"})


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what is true, what was said (causes in order of rank), how sure the first is, seconds it took."""

    case: str
    truth: str
    acceptable: tuple[str, ...]
    wanted: tuple[str, ...]
    causes: tuple[str, ...]
    confidences: tuple[str, ...]
    verdict: str
    layer: str
    seconds: float

    @property
    def top1(self) -> bool:
        """Is the first answer right (for no fault: is nothing named as sure)?"""
        if not self.causes:
            return bool(NO_FAULT & set(self.acceptable))
        return self.causes[0] in self.acceptable

    @property
    def top3(self) -> bool:
        """Is a right answer among the first three?"""
        return self.top1 or bool(set(self.causes[:3]) & set(self.acceptable))

    @property
    def abstained(self) -> bool:
        """No cause was named."""
        return not self.causes

    @property
    def confidently_wrong(self) -> bool:
        """Is the first answer asserted and not acceptable?"""
        return bool(self.confidences) and self.confidences[0] in _ASSERTED and not self.top1

    @property
    def missing(self) -> tuple[str, ...]:
        """Of several faults at once, those that are no hypothesis."""
        return tuple(w for w in self.wanted if w not in self.causes)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All cases, and the cases whose truth.json could not be read."""

    cases: tuple[CaseResult, ...]
    unreadable: tuple[str, ...] = field(default=())

    def share(self, kind: str) -> float:
        """The share (0..1) of cases for which a property of CaseResult holds."""
        return sum(bool(getattr(c, kind)) for c in self.cases) / len(self.cases) if self.cases else 0.0


def evaluate(folder: Path, catalog: Catalog | None = None, jobs: int = 1) -> Evaluation:
    """Diagnoses every folder below `folder` that holds a truth.json; with `jobs` over 1 in so many processes."""
    truths = sorted(folder.rglob("truth.json"))
    jobs = min(jobs, len(truths))
    if jobs <= 1:
        return _evaluated(folder, catalog or load_builtin(), truths)
    parts = [truths[start::jobs] for start in range(jobs)]
    with ProcessPoolExecutor(jobs) as pool:
        found = list(pool.map(partial(_evaluated, folder, catalog), parts))
    cases = sorted(chain.from_iterable(e.cases for e in found), key=lambda c: Path(c.case))
    return Evaluation(tuple(cases), tuple(sorted(chain.from_iterable(e.unreadable for e in found))))


def _evaluated(folder: Path, catalog: Catalog | None, truths: Sequence[Path]) -> Evaluation:
    catalog = catalog or load_builtin()
    cases: list[CaseResult] = []
    unreadable: list[str] = []
    for truth in truths:
        try:
            known = json.loads(truth.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            unreadable.append(f"{truth}: {error}")
            continue
        cases.append(_case(truth.parent, str(truth.parent.relative_to(folder)), known, catalog))
    return Evaluation(tuple(cases), tuple(unreadable))


def _case(folder: Path, name: str, truth: dict[str, Any], catalog: Catalog) -> CaseResult:
    started = perf_counter()
    diagnosis = diagnose_paths([str(folder)], catalog).diagnosis
    seconds = perf_counter() - started
    cause = str(truth.get("root_cause_class", "no-fault"))
    acceptable = (cause, *(str(c) for c in truth.get("also_acceptable") or ()))
    layer = catalog[cause].layer if cause in catalog else str(truth.get("where", ""))
    return result_of(name, cause, acceptable, tuple(truth.get("all_of") or ()), diagnosis, layer, seconds)


def result_of(
    name: str, cause: str, acceptable: tuple[str, ...], wanted: tuple[str, ...], diagnosis: Diagnosis, layer: str, seconds: float
) -> CaseResult:
    """A diagnosis held against the truth."""
    return CaseResult(
        name, cause, acceptable, wanted, tuple(h.cause for h in diagnosis.hypotheses),
        tuple(h.confidence for h in diagnosis.hypotheses), diagnosis.verdict, layer, round(seconds, 4),
    )  # fmt: skip


def calibration(cases: Sequence[CaseResult]) -> Iterator[tuple[str, int, float]]:
    """For each confidence word of a first answer: how often it was used, and in what share it was right."""
    for word in ("confirmed", "likely", "possible"):
        used = [c for c in cases if c.confidences and c.confidences[0] == word]
        yield word, len(used), sum(c.top1 for c in used) / len(used) if used else 0.0


def by(cases: Sequence[CaseResult], key: str) -> Iterator[tuple[str, int, float, float]]:
    """For each layer or class ("layer", "truth"): cases, top-1 share, top-3 share."""
    for group in sorted({getattr(c, key) for c in cases}):
        own = [c for c in cases if getattr(c, key) == group]
        yield group, len(own), sum(c.top1 for c in own) / len(own), sum(c.top3 for c in own) / len(own)


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data, for `-o json` and `--compare`."""
    return {
        "cases": [{**asdict(c), "top1": c.top1, "top3": c.top3, "confidently_wrong": c.confidently_wrong} for c in evaluation.cases],
        "top1": evaluation.share("top1"),
        "top3": evaluation.share("top3"),
        "abstained": evaluation.share("abstained"),
        "confidently_wrong": evaluation.share("confidently_wrong"),
        "calibration": [{"confidence": w, "used": n, "right": share} for w, n, share in calibration(evaluation.cases)],
        "by_layer": [{"layer": g, "cases": n, "top1": a, "top3": b} for g, n, a, b in by(evaluation.cases, "layer")],
        "by_class": [{"class": g, "cases": n, "top1": a, "top3": b} for g, n, a, b in by(evaluation.cases, "truth")],
        "unreadable": list(evaluation.unreadable),
    }
