"""`plegma fix` and `plegma verify`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plegma.cli.fix_options import (
    AllowRisk,
    Apply,
    Aside,
    AuditLog,
    Cooldown,
    Deadline,
    Evict,
    MaxNodes,
    MaxShare,
    MinHealthy,
    Risk,
    StateFile,
    Steady,
    UnitCommand,
    Yes,
    sources_of,
)
from plegma.cli.node_options import MaybePaths
from plegma.cli.option_groups import spread
from plegma.cli.options import FOUND, INSUFFICIENT, REFUSED, UNREADABLE, USAGE, WORSE, Knowledge, Lang_, catalog_of
from plegma.cli.output import emit_lines, fail, language, warn
from plegma.cli.source_options import NOWHERE, SourceOptions

if TYPE_CHECKING:
    from plegma.app.fixing import Consent, Sources, Ways
    from plegma.knowledge.catalog import Catalog
    from plegma.model.diagnosis import Diagnosis
    from plegma.model.texts import Lang
    from plegma.remedy.plans import Plan
    from plegma.remedy.runs import Result, Terms

_BEFORE = 300.0
"""Seconds of logs that `verify` looks back on: what is older may have been before the cause was mended."""
_EXITS = {"cured": 0, "unchanged": FOUND, "broken": FOUND, "refused": REFUSED, "worse": WORSE}


@spread
def fix(
    paths: MaybePaths = None,
    where: SourceOptions = NOWHERE,
    apply: Apply = False,
    yes: Yes = False,
    evict: Evict = False,
    allow_risk: AllowRisk = Risk.restart,
    audit_log: AuditLog = None,
    state: StateFile = None,
    deadline: Deadline = 120.0,
    steady: Steady = 10.0,
    max_nodes: MaxNodes = 1,
    max_share: MaxShare = 0.1,
    cooldown: Cooldown = 600.0,
    min_healthy: MinHealthy = 0.6,
    unit_command: UnitCommand = "systemctl {verb} {unit}",
    aside: Aside = Path("/var/lib/plegma/aside"),
    knowledge: Knowledge = None,
    lang: Lang_ = None,
) -> None:
    """Plan the first cause's temporary remedies; with --apply carry them out step by step, and prove that they worked.

    PATHS are a DIAGNOSIS.json (`plegma diagnose -o json`) or evidence; --this-node and --cluster read as diagnose does.

    Exit codes: 0 planned, cured or nothing wrong, 1 done and not cured, 2 wrong usage, 3 nothing readable, 4 not sure enough
    to act, 5 refused (a guard, a precondition, the risk, or you), 6 it made things worse.
    """
    from plegma.app.fix_texts import plan_lines
    from plegma.app.fixing import Ways
    from plegma.remedy.actions import RISKS
    from plegma.remedy.guards import Limits
    from plegma.remedy.plans import NoPlan, Plan, evicting, plan_of
    from plegma.remedy.runs import Terms

    sources = sources_of(paths or [], where.this(), where.target())
    catalog, spoken = catalog_of(knowledge), language(lang)
    diagnosis = _diagnosis(sources, catalog)
    plan = plan_of(diagnosis, where.this_node)
    if evict and isinstance(plan, Plan):
        plan = evicting(plan)
    emit_lines(plan_lines(plan, spoken, apply))
    if isinstance(plan, NoPlan):
        raise typer.Exit(0 if diagnosis.verdict == "healthy" else INSUFFICIENT)
    if not apply:
        return
    if sources.cluster is None:
        warn("without --cluster the guards know only what was done from here: neither how many nodes are unwell, nor budgets or owners")
    terms = Terms(RISKS[list(Risk).index(allow_risk)], Limits(max_nodes, max_share, cooldown, min_healthy), deadline, steady)
    results = _run(plan, sources, catalog, Ways(unit_command, aside), terms, _consent(yes, spoken), audit_log, state, spoken)
    from plegma.remedy.runs import worst

    raise typer.Exit(_EXITS[worst(results)])


def _diagnosis(sources: "Sources", catalog: "Catalog") -> "Diagnosis":
    from plegma.app.diagnosis_files import NotADiagnosisError, held_against, is_diagnosis, read_diagnosis
    from plegma.app.fixing import diagnose_sources
    from plegma.app.nodes import NoSuchLogError
    from plegma.cluster.clients import NoClientError

    try:
        files = [Path(p) for p in sources.paths if p != "-"]
        if len(files) == 1 and is_diagnosis(files[0]):
            return held_against(read_diagnosis(files[0]), catalog)
        answer = diagnose_sources(sources, catalog)
    except (NotADiagnosisError, NoSuchLogError, NoClientError, OSError) as error:
        fail(str(error), USAGE)
    if not answer.readable:
        fail("nothing readable was handed in; `plegma inspect` shows what each input was taken for", UNREADABLE)
    return answer.diagnosis


def _run(
    plan: "Plan", sources: "Sources", catalog: "Catalog", ways: "Ways", terms: "Terms", consent: "Consent",
    audit_log: Path | None, state: Path | None, lang: "Lang",
) -> "list[Result]":  # fmt: skip
    from datetime import UTC, datetime

    from plegma.app.fix_texts import result_lines
    from plegma.app.fixing import history_file, world_of
    from plegma.remedy.audits import Audit
    from plegma.remedy.histories import BusyError, History
    from plegma.remedy.runs import run

    results: list[Result] = []
    try:
        with History(state or history_file()) as history:
            world = world_of(sources, plan, catalog, ways, consent)
            audit = Audit(audit_log, lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
            for result in run(plan, terms, world, history, audit):
                results.append(result)
                emit_lines(result_lines(result, lang))
    except BusyError as error:
        fail(str(error), REFUSED)
    except (OSError, ValueError) as error:
        fail(f"{error}; --state and --audit-log name the files that are written", USAGE)
    return results


def _consent(yes: bool, lang: "Lang") -> "Consent":
    """Asks the person, step by step; --yes stands for them."""
    from plegma.app.fix_texts import check_lines

    if not yes and not sys.stdin.isatty():
        fail("there is nobody to ask: standard input is no terminal; --yes agrees to every step within --allow-risk", USAGE)

    def asked(step, risk, checks) -> bool:  # type: ignore[no-untyped-def]  # Consent
        emit_lines(check_lines(step, checks, risk, lang))
        return yes or typer.confirm("do it?" if lang == "en" else "実行しますか?", default=False)

    return asked


@spread
def verify(
    diagnosis: Annotated[Path, typer.Argument(exists=True, dir_okay=False, show_default=False)],
    where: SourceOptions = NOWHERE,
    deadline: Deadline = 0.0,
    steady: Steady = 0.0,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="PATH", help="Newer evidence in files; may be repeated.", show_default=False)
    ] = None,
    knowledge: Knowledge = None,
    lang: Lang_ = None,
) -> None:
    """Look again: is the first cause of DIAGNOSIS.json (`plegma diagnose -o json`) still there?

    Exit codes: 0 it is gone, 1 it is there, 2 wrong usage, 3 nothing could be looked at, 6 it is worse.
    """
    from plegma.app.diagnosis_files import NotADiagnosisError, read_diagnosis
    from plegma.app.fix_texts import proof_lines
    from plegma.app.fixing import verify as verified
    from plegma.app.nodes import NoSuchLogError
    from plegma.cluster.clients import NoClientError
    from plegma.remedy.runs import Terms

    sources = sources_of(list(evidence or ()), where.this(since=_BEFORE), where.target())
    try:
        before = read_diagnosis(diagnosis)
        if not before.hypotheses:
            fail(f"{diagnosis} names no cause: there is nothing to verify", USAGE)
        proof = verified(before, sources, catalog_of(knowledge), Terms(deadline=deadline, steady=steady))
    except (NotADiagnosisError, NoSuchLogError, NoClientError, OSError) as error:
        fail(str(error), USAGE)
    emit_lines(proof_lines(proof, language(lang)))
    raise typer.Exit({"cured": 0, "unseen": UNREADABLE, "worse": WORSE}.get(proof.verdict, FOUND))
