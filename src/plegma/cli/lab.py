"""`plegma lab`: faults rehearsed in virtual time."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plegma.cli.options import USAGE
from plegma.cli.output import emit, fail
from plegma.cli.real import real

lab = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="A cluster in virtual time: rehearse a fault and get its evidence.")


lab.command("real")(real)


class Version(StrEnum):
    """Kubelet versions that the lab knows."""

    old = "v1.12"
    middle = "v1.28"
    new = "v1.36"


class Locale(StrEnum):
    """The journal's language."""

    en = "en"
    ja = "ja"


class Carrier(StrEnum):
    """What the kubelet's log is carried in."""

    journal = "journal"
    syslog = "syslog"


@lab.command("list")
def list_scenarios() -> None:
    """List the scenarios with their true causes."""
    from plegma.lab.scenarios import scenarios

    found = scenarios()
    width = max(len(n) for n in found)
    causes = {n: ", ".join(dict.fromkeys(f.truth for f in s.faults)) or "no-fault" for n, s in found.items()}
    emit("".join(f"{n:{width}}  {causes[n]}: {s.title}\n" for n, s in found.items()))


@lab.command("show")
def show(scenario: str) -> None:
    """Say what a scenario does, and which remedies end it."""
    from plegma.lab.remedies import remedies_of
    from plegma.lab.scenarios import scenarios

    found = scenarios().get(scenario)
    if found is None:
        fail(f"no scenario {scenario}; `plegma lab list` lists them", USAGE)
    lines = [f"{found.name}: {found.title}", f"  {found.nodes} nodes, {found.seconds:g} virtual seconds"]
    for fault in found.faults:
        lines.append(f"  {fault.truth} ({fault.layer}): {fault.title}")
        lasts = f", for {fault.lasts:g} s" if fault.lasts else ""
        lines.append(f"    from second {fault.begins:g}{lasts}: {', '.join(type(e).__name__ for e in fault.effects)}")
        lines += [f"    {kind}: {text}" for kind, text in (("for now", fault.temporary_fix), ("for good", fault.permanent_fix)) if text]
        lines += [f"    {kind} in `plegma lab play`: {', '.join(names)}" for kind, names in remedies_of(fault.name) if names]
    emit("\n".join(lines) + "\n")


@lab.command("run")
def run(
    scenario: str,
    out: Annotated[Path, typer.Option("--out", help="Folder for the evidence; made if missing.", file_okay=False)],
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 1,
    profile: Annotated[Version | None, typer.Option("--profile", help="Kubelet version.", show_default=False)] = None,
    locale: Annotated[Locale, typer.Option("--locale", help="The journal's language.")] = Locale.en,
    zone: Annotated[str, typer.Option("--zone", help="UTC, JST, CET, EST or IST.")] = "UTC",
    skew: Annotated[float, typer.Option("--skew", help="Seconds by which the nodes' clocks are ahead.")] = 0.0,
    carrier: Annotated[Carrier, typer.Option("--carrier", help="The kubelet's log as journal or syslog.")] = Carrier.journal,
) -> None:
    """Play a scenario and write its evidence, with truth.json beside it.

    Exit codes: 0 written, 2 wrong usage.
    """
    from plegma.app.simulating import Options, write_evidence
    from plegma.lab.scenarios import scenarios
    from plegma.lab.writing.clocks import ZONES

    if scenario not in scenarios():
        fail(f"no scenario {scenario}; `plegma lab list` lists them", USAGE)
    if zone not in ZONES:
        fail(f"no zone {zone}; known are {', '.join(ZONES)}", USAGE)
    options = Options(seed, profile.value if profile else None, locale.value, zone, skew, carrier.value)
    try:
        names = write_evidence(scenario, options, out)
    except (OSError, ValueError) as error:
        fail(str(error), USAGE)
    emit("".join(f"{out / name}\n" for name in names))


@lab.command("cases")
def cases(
    out: Annotated[Path, typer.Option("--out", help="Folder for the cases; made if missing.", file_okay=False)],
    share: Annotated[float, typer.Option("--share", min=0, max=1, help="Chance of each output to be handed in; one is at least.")] = 1.0,
    count: Annotated[int, typer.Option("--count", min=1, max=100_000, help="How many cases.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 1,
) -> None:
    """Play many scenarios, each with its own version, carrier, locale, zone and skew, for `plegma eval`.

    Every fault comes up once before any comes up again; about one case in ten is a healthy cluster.

    Exit codes: 0 written, 2 wrong usage.
    """
    from plegma.app.lab_cases import lab_cases, write_cases

    try:
        written = sum(1 for _ in write_cases(lab_cases(count, seed, share), out))
    except OSError as error:
        fail(str(error), USAGE)
    emit(f"{written} cases below {out}; `plegma eval {out}` holds plegma's answers against them\n")
