"""The kubelet's state machine as Mermaid diagrams and tables, drawn from the agent's own tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import product

from plegma.agent import evictions, garbage, pleg, probing, sandbox_changes
from plegma.agent.back_offs import BACK_OFFS, BackOff, next_back_off
from plegma.agent.call_results import TRANSITIONS
from plegma.agent.changes import changed
from plegma.agent.constants import CONSTANTS, seconds
from plegma.agent.decisions import Call
from plegma.agent.inputs import TICKS, ListBlocked, SyncPod
from plegma.agent.kubelets import Kubelet
from plegma.agent.machine import step
from plegma.agent.pod_workers import CHECKS
from plegma.agent.pods import Container, Phase, PodSpec, PodState, RuntimeStatus, Sandbox
from plegma.agent.profiles import PROFILES

INTRODUCTION = """# The kubelet's state machine, in diagrams and tables

Every diagram and table here is drawn from a table of `plegma.agent`, the one that the machine itself goes by;
[what it is and why](../explanation/kubelet-state-machine.md). Paths are those of kubernetes/kubernetes.
"""


def kubelet_page() -> str:
    """The page as Markdown."""
    sections = (
        ("A pod's turn", "`pod_workers.CHECKS`, asked in this order: the first that answers yes decides.", _turn(), _turn_sources()),
        ("A pod worker's phases", "`call_results.TRANSITIONS`: a call begins a phase, its end leads on.", _phases(), _phase_sources()),
        ("Is a new sandbox needed?", "`sandbox_changes.CHECKS`, in this order.", _sandbox(), ()),
        ("Is PLEG healthy?", "`pleg.HEALTH`, in this order.", _health(), ()),
        ("Back-off", "`back_offs.BACK_OFFS`, and the waits that `next_back_off` gives one after the other.", (), _back_offs()),
        ("Probes", "`probing.RESULTS`.", (), table(("result", "what follows", "where"), probing.RESULTS)),
        ("Garbage", "`garbage.RULES`.", (), table(("what", "goes when", "where"), garbage.RULES)),
        ("Eviction", "`evictions.THRESHOLDS`, in the order in which they are dealt with.", (), _thresholds()),
        ("Turns of the clock", "`inputs.TICKS`.", (), table(("input", "every", "what is looked at for it"), _ticks())),
        ("Constants", "`constants.CONSTANTS`.", (), table(("name", "value", "where"), _constants())),
        ("Versions", "`profiles.PROFILES`: what differs, as data.", (), _profiles()),
    )
    return INTRODUCTION + "".join(f"\n## {title}\n\n{text}\n{_diagram(lines)}{_block(rows)}" for title, text, lines, rows in sections)


def _diagram(lines: Iterable[str]) -> str:
    drawn = list(lines)
    return "\n```mermaid\n" + "\n".join(drawn) + "\n```\n" if drawn else ""


def _block(rows: Iterable[str]) -> str:
    found = list(rows)
    return "\n" + "\n".join(found) + "\n" if found else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _label(text: str) -> str:
    return text.replace('"', "&quot;")


def questions(asked: Sequence[tuple[str, str]], start: str, end: str) -> Iterator[str]:
    """A flowchart of questions asked in order, each with what follows a yes; a no leads to the next, the last one to `end`."""
    yield "flowchart TD"
    yield f'  start(["{_label(start)}"]) --> q1'
    for number, (question, answer) in enumerate(asked, 1):
        after = f"q{number + 1}" if number < len(asked) else "end_"
        yield f'  q{number}{{"{_label(question)}"}} -- yes --> a{number}["{_label(answer)}"]'
        yield f"  q{number} -- no --> {after}"
    yield f'  end_(["{_label(end)}"])'


def _turn() -> Iterator[str]:
    return questions([(check.asks, check.does) for check in CHECKS], "SyncPod", "nothing to do until the next turn")


def _turn_sources() -> list[str]:
    return table(("asked", "decided", "where"), [(check.asks, check.does, check.source) for check in CHECKS])


def _phases() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"  [*] --> {Phase.idle}"
    begun = begun_by_sync()
    yield from (f"  {Phase.idle} --> {row.phase}: {op}" for op, row in TRANSITIONS.items() if op in begun)
    for op, row in TRANSITIONS.items():
        yield f"  {row.phase} --> {phase_after(op)}: done, {row.then}"
        yield f"  {row.phase} --> {Phase.idle}: failed, {row.after_failure.replace(':', ',')}"
    yield f"  {Phase.idle} --> [*]: deleted and killed"


def begun_by_sync() -> frozenset[str]:
    """The calls that a pod's turn can begin with: what the machine decides for every kind of pod, one after the other."""
    spec = PodSpec("uid", "namespace", "pod", "container", "image")
    sandboxes = ((), (Sandbox("id", True, 0, "10.0.0.2"),), (Sandbox("id", False, 0),))
    containers = (None, Container("id", 0, 0.0, True))
    ready, _ = step(Kubelet("node", PROFILES["v1.36"]), ListBlocked(False), 0.0)
    begun: set[str] = set()
    for found, container, *flags in product(sandboxes, containers, *((False, True),) * 4):
        names = ("mounted", "pulled", "deleted", "unhealthy")
        pod = changed(PodState(spec), status=RuntimeStatus(found, container), **dict(zip(names, flags, strict=True)))
        _, decided = step(changed(ready, pods={spec.uid: pod}), SyncPod(spec.uid), 1.0)
        begun.update(d.op for d in decided if isinstance(d, Call))
    return frozenset(begun)


def phase_after(op: str) -> Phase:
    """Where the worker stands when a call has gone well: in the phase of the call that follows at once, else idle."""
    following = TRANSITIONS.get(TRANSITIONS[op].then)
    return following.phase if following else Phase.idle


def _phase_sources() -> list[str]:
    rows = [(op, row.phase, row.then, row.after_failure, row.source) for op, row in TRANSITIONS.items()]
    return table(("call", "phase", "done", "failed", "where"), rows)


def _sandbox() -> Iterator[str]:
    asked = [(text, f"new sandbox ({name})") for name, text in sandbox_changes.CHECKS]
    return questions(asked, "PodSandboxChanged", "the sandbox stays")


def _health() -> Iterator[str]:
    *asked, (_, otherwise) = pleg.HEALTH
    return questions(asked, "Healthy", otherwise)


def _back_offs() -> list[str]:
    rows = [(what, _waits(seconds(first), seconds(most)), when) for what, first, most, when in BACK_OFFS]
    return table(("what waits", "waits", "counted"), rows)


def _waits(first: float, most: float) -> str:
    waits: list[float] = []
    back_off = BackOff()
    while not waits or waits[-1] < most:
        back_off = next_back_off(back_off, 1.0, first, most)
        waits.append(back_off.wait)
    return ", ".join(f"{wait:g} s" for wait in waits)


def _thresholds() -> list[str]:
    rows = [
        (t.signal, f"{t.least:.0%}" if t.fraction else f"{int(t.least) >> 20} MiB", t.resource, "yes" if t.reclaim else "no", t.source)
        for t in evictions.THRESHOLDS
    ]
    return table(("signal", "least", "condition of", "garbage first", "where"), rows)


def _ticks() -> list[tuple[str, str, str]]:
    return [(tick.input.__name__, f"{seconds(tick.period):g} s", tick.looks_at) for tick in TICKS]


def _constants() -> list[tuple[str, str, str]]:
    unit = {True: "", False: " s"}
    return [(name, f"{c.value:g}{unit[name.endswith(('percent', 'count'))]}", c.source) for name, c in CONSTANTS.items()]


def _profiles() -> list[str]:
    names = [f.name for f in fields(next(iter(PROFILES.values()))) if f.name not in {"name", "events", "constants"}]
    return table(("", *PROFILES), [(name, *(str(getattr(p, name)) for p in PROFILES.values())) for name in names])
