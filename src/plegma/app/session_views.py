"""What the play view shows of a session, as rows of words: no colour carries a meaning of its own."""

from collections.abc import Sequence
from itertools import islice

from plegma.app.demos import VERDICTS, day
from plegma.app.rehearsals import Rehearsal
from plegma.lab.healths import NodeHealth, node_health, unwell
from plegma.lab.nodes import Node
from plegma.lab.remedies import REMEDIES
from plegma.lab.sessions import faults_of, standing, verdict
from plegma.lab.trials import Trial, Verdict
from plegma.lab.writing.clocks import human
from plegma.lab.writing.kubectl_lists import ordered
from plegma.lab.writing.node_logs import klog_lines
from plegma.lab.writing.pod_views import pod_views
from plegma.model.texts import Lang, Text

Row = tuple[str, ...]
Keyed = tuple[str, Row]
"""A row with its key: a node's name, a pod's UID."""

NODES: Row = ("NODE", "READY", "PLEG AGE (LIMIT)", "FLAPS", "KUBELET", "RUNTIME", "NETWORK")
PODS: Row = ("POD", "READY", "STATUS", "RESTARTS", "WORKER", "NODE")
RUNTIME: Row = ("KIND", "ID", "STATE", "TRY", "POD")
EVENTS: Row = ("LAST", "TYPE", "REASON", "COUNT", "OBJECT", "MESSAGE")
READY = {"True": "ok Ready", "False": "!! NotReady", "Unknown": "?? Unknown"}
MARK = {Verdict.holds: "ok", Verdict.nothing_wrong: "ok", Verdict.waiting: "..", Verdict.for_now: "~~"}
NO_TRIAL = Text("no remedy yet: r picks one, i injects a fault", "対処はまだない: r で対処、i で障害の注入")


def node_rows(rehearsal: Rehearsal) -> list[Keyed]:
    """One row for each node."""
    world = rehearsal.session.world
    return [(node.name, _node(node_health(world, node))) for node in world.nodes.values()]


def _node(node: NodeHealth) -> Row:
    return (
        node.name, READY[node.ready], pleg_age(node), str(node.flaps), "runs" if node.kubelet_runs else "!! stopped",
        f"!! {node.runtime}" if node.runtime else "ok", f"!! {node.network}" if node.network else "ok",
    )  # fmt: skip


def pleg_age(node: NodeHealth) -> str:
    """The last relist's age against its limit."""
    limit = human(node.pleg_limit)
    if node.pleg_age is None:
        return f".. none yet ({limit})"
    return f"{'ok' if node.pleg_well else '!!'} {human(node.pleg_age)} ({limit})"


def pod_rows(rehearsal: Rehearsal) -> list[Keyed]:
    """One row for each pod; those that are not well come first."""
    world = rehearsal.session.world
    rows: list[Keyed] = []
    for view in pod_views(world):
        state = view.node.kubelet.pods.get(view.pod.spec.uid) if view.node else None
        worker = "-" if state is None else "!! no status" if state.status_error else str(state.phase)
        mark = "ok" if view.ready and not (state and state.status_error) else "!!"
        name = f"{view.pod.spec.namespace}/{view.pod.spec.name}"
        row = (name, f"{mark} {int(view.ready)}/1", view.status, str(view.restarts), worker, view.pod.node or "-")
        rows.append((view.pod.spec.uid, row))
    return sorted(rows, key=lambda keyed: (keyed[1][1].startswith("ok"), keyed[1][0]))


def runtime_rows(rehearsal: Rehearsal, name: str) -> list[Keyed]:
    """Sandboxes and containers of a node as its runtime has them; a sandbox that only a checkpoint knows is marked."""
    world = rehearsal.session.world
    node = world.nodes[name]
    rows: list[Keyed] = []
    for uid in sorted({**node.runtime.sandboxes, **node.runtime.containers}):
        pod = world.api.pods[uid].spec.name if uid in world.api.pods else uid
        for box in node.runtime.sandboxes.get(uid, ()):
            state = "!! checkpoint only" if box.checkpoint_only else "ok Ready" if box.ready else "!! NotReady"
            rows.append((box.id, ("sandbox", box.id[:12], state, str(box.attempt), pod)))
        for row in node.runtime.containers.get(uid, ()):
            ended = f"!! Exited ({row.exit.code})" if row.exit else f"ok {row.state}"
            rows.append((row.id, ("container", row.id[:12], ended, str(row.attempt), pod)))
    return rows


def event_rows(rehearsal: Rehearsal, most: int = 60) -> list[Keyed]:
    """Events of the last hour, the latest first."""
    world = rehearsal.session.world
    rows: list[Keyed] = []
    for event in islice(reversed(ordered(world)), most):
        series, what = event.series, event.series.happening
        kind = "!! Warning" if what.warning else "Normal"
        row = (human(world.now - series.last), kind, what.reason, f"x{series.count}", event.object, what.message)
        rows.append((f"{event.uid} {what.reason} {what.message} {series.first}", row))
    return rows


def log_rows(rehearsal: Rehearsal, name: str, most: int = 60) -> list[str]:
    """The end of a node's kubelet log, the latest line last."""
    world = rehearsal.session.world
    node: Node = world.nodes[name]
    return [text for _, _, text in klog_lines(world, node, rehearsal.clock, node.logs["kubelet"][-most:])][-most:]


def title_line(rehearsal: Rehearsal, speed: int, paused: bool, lang: Lang) -> str:
    """Scenario, version, virtual time, speed, and the faults that are there."""
    session = rehearsal.session
    state = {True: Text("paused", "停止中"), False: Text("running", "実行中")}[paused].in_(lang)
    faults = ", ".join(standing(session)) or Text("none", "なし").in_(lang)
    word = Text("faults", "障害").in_(lang)
    return f"{rehearsal.name} {session.world.profile.name} {day(session.world.now, lang)} x{speed} {state} | {word}: {faults}"


def trial_lines(rehearsal: Rehearsal, lang: Lang) -> list[str]:
    """The remedies so far, the last one first: does it hold?"""
    trials = rehearsal.session.trials
    return [_trial(rehearsal, trial, lang) for trial in reversed(trials)] or [NO_TRIAL.in_(lang)]


def _trial(rehearsal: Rehearsal, trial: Trial, lang: Lang) -> str:
    session = rehearsal.session
    word = verdict(session, trial)
    end = session.world.now if trial.returned is None else trial.returned
    well = (
        ""
        if trial.well_from is None
        else Text(f"; well for {human(end - trial.well_from)}", f"。正常だった時間 {human(end - trial.well_from)}").in_(lang)
    )
    return f"{MARK.get(word, '!!')} {trial.remedy} -> {trial.target} {day(trial.at, lang)}: {VERDICTS[word].in_(lang)}{well}"


def comparison(rehearsal: Rehearsal, lang: Lang) -> list[str]:
    """The last remedy, with what was unwell before it and what is now."""
    trials = rehearsal.session.trials
    if not trials:
        return [NO_TRIAL.in_(lang)]
    now = unwell(rehearsal.session.world, trials[-1].nodes)
    before, after, none = Text("before", "対処前"), Text("now", "現在"), Text("nothing", "なし")
    return [
        _trial(rehearsal, trials[-1], lang),
        f"{before.in_(lang)}: {', '.join(trials[-1].before) or none.in_(lang)}",
        f"{after.in_(lang)}: {', '.join(now) or none.in_(lang)}",
    ]


def fault_choices(rehearsal: Rehearsal) -> list[tuple[str, str]]:
    """Faults that can be injected now: name and what is said of it."""
    there = standing(rehearsal.session)
    return [(n, f"{n}: {f.title}") for n, f in faults_of(rehearsal.session.world.profile.name).items() if n not in there]


def standing_choices(rehearsal: Rehearsal) -> list[tuple[str, str]]:
    """Faults that are there and can be lifted."""
    titles = {fault.name: fault.title for fault, _ in rehearsal.session.world.active}
    return [(name, f"{name}: {titles[name]}") for name in standing(rehearsal.session) if name in titles]


def remedy_choices(lang: Lang) -> list[tuple[str, str]]:
    """All remedies, and for those of a node or pod also everywhere at once ("*" after the name)."""
    everywhere = Text("everywhere", "すべてに").in_(lang)
    choices: list[tuple[str, str]] = []
    for remedy in REMEDIES.values():
        choices.append((remedy.name, f"{remedy.name}: {remedy.title.in_(lang)}"))
        if remedy.target != "cluster":
            choices.append((f"{remedy.name}*", f"{remedy.name} ({everywhere}): {remedy.title.in_(lang)}"))
    return choices


def topics_of(panel: str, row: Sequence[str]) -> tuple[str, ...]:
    """What a panel is about, for `plegma explain`: what its row says first, then the thing itself."""
    about = {"nodes": ("pleg", "node-conditions"), "pods": ("pod-worker", "pod-lifecycle"), "runtime": ("pod-sandbox", "container-states"),
             "events": ("events",), "log": ("kubelet", "klog")}[panel]  # fmt: skip
    said = {"pods": row[2:3], "events": row[2:3]}.get(panel, ())
    return (*said, *about)
