"""`plegma lab demo`: the memo in virtual time, broken, mended for now, broken again, mended for good; before and after."""

from collections import Counter
from collections.abc import Iterator

from plegma.app.catalogs import load_builtin
from plegma.app.rehearsals import Rehearsal, diagnosis_now, open_rehearsal
from plegma.knowledge.catalog import Catalog
from plegma.lab.healths import Health, NodeHealth, health
from plegma.lab.remedies import REMEDIES
from plegma.lab.scenarios import DAY
from plegma.lab.sessions import Session, advance, advance_until_trouble, apply, apply_everywhere, verdict
from plegma.lab.trials import Trial, Verdict
from plegma.lab.writing.clocks import human
from plegma.model.diagnosis import Diagnosis
from plegma.model.texts import Lang, Text
from plegma.report.lines import Line, Style
from plegma.report.words import CONFIDENCE, VERDICT

AFTER = 1200.0
"""Seconds after a remedy at which the cluster is looked at: long enough for all that retries."""
AGAIN = 12 * DAY
"""Seconds within which a fault that was mended for now has struck all nodes again."""
FOR_GOOD = 60 * DAY

_BEFORE = Text("before: the cluster is well", "その前: クラスターは正常")
_BROKEN = Text(
    "broken: pods crash-loop, then a lock makes the nodes flap", "故障: Pod がクラッシュを繰り返し、やがてロックでノードがフラップする"
)
_RELAPSE = Text("it comes back: the fault was still there", "再発: 障害は残っていた")
_DAY = Text("[day {day} {time}]", "[{day} 日目 {time}]")
_NODE = Text(
    "{name}: {ready}; {flaps} changes to NotReady; last relist {age} ago (limit 3m)",
    "{name}: {ready}。NotReady への変化 {flaps} 回。最後の relist は {age} 前(限度 3m)",
)
_PODS = Text("{bad} of {all} pods are not well", "{all} 個中 {bad} 個の Pod が正常でない")
_SAID = Text("plegma: {verdict}", "plegma の診断: {verdict}")
_REMEDY = Text("remedy: {title} ({name}, on {count} nodes)", "対処: {title}({name}、{count} ノード)")
_HELD = Text("does {name} hold? {word} ({count} nodes)", "{name} の効果は続くか: {word}({count} ノード)")
_ENDED = Text(
    "the plugin hung {count} times since, and libcni ended each call; NotReady {flaps} times since",
    "その後プラグインは {count} 回ハングしたが、毎回 libcni が呼び出しを打ち切った。NotReady は {flaps} 回",
)
VERDICTS = {
    Verdict.waiting: Text("too early to say", "まだ分からない"),
    Verdict.no_help: Text("it did not help", "効かなかった"),
    Verdict.nothing_wrong: Text("nothing was wrong there", "そこには異常がなかった"),
    Verdict.for_now: Text("well for now; the fault is still there and can strike again", "今は正常。障害は残っており、再発しうる"),
    Verdict.came_back: Text("no: it came back", "続かない: 再発した"),
    Verdict.holds: Text("it holds: the fault can do no more harm", "続く: 障害はもう害を及ぼさない"),
}  # fmt: skip


def demo(seed: int, lang: Lang) -> Iterator[Line]:
    """The demonstration as an outline, stage by stage as it is played."""
    catalog = load_builtin()
    rehearsal = open_rehearsal("memo", seed)
    session = rehearsal.session
    advance(session, 10 * DAY)
    yield from _stage(rehearsal, catalog, _BEFORE, lang)
    advance(session, 35 * DAY)
    yield from _stage(rehearsal, catalog, _BROKEN, lang)
    trials = _for_now(session)
    advance(session, AFTER)
    yield from _mended(rehearsal, catalog, trials, lang)
    advance_until_trouble(session, AGAIN)
    advance(session, AGAIN)
    yield from _stage(rehearsal, catalog, _RELAPSE, lang)
    yield from _held(rehearsal, trials, lang)
    trials = apply_everywhere(session, "upgrade-libcni")
    advance(session, AFTER)
    yield from _mended(rehearsal, catalog, trials, lang)
    flaps = health(session.world).flaps
    advance(session, FOR_GOOD)
    yield from _stage(rehearsal, catalog, Text(f"{FOR_GOOD / DAY:.0f} days later", f"{FOR_GOOD / DAY:.0f} 日後"), lang)
    ended = sum(node.plugins_ended for node in session.world.nodes.values())
    yield Line(1, "plain", _ENDED.in_(lang).format(count=ended, flaps=health(session.world).flaps - flaps))
    yield from _held(rehearsal, trials, lang)


def _for_now(session: Session) -> list[Trial]:
    """Both remedies for now: on every other node the pod is deleted, on the rest the kubelet is restarted."""
    world = session.world
    trials = []
    for number, node in enumerate(world.faulty):
        pod = next(p for p in world.api.pods.values() if world.is_victim(p) and p.node == node)
        trials.append(apply(session, "restart-kubelet", node=node) if number % 2 else apply(session, "delete-pod", pod=pod.spec.uid))
    return trials


def _mended(rehearsal: Rehearsal, catalog: Catalog, trials: list[Trial], lang: Lang) -> Iterator[Line]:
    counts = Counter(trial.remedy for trial in trials)
    said = [_REMEDY.in_(lang).format(title=REMEDIES[name].title.in_(lang), name=name, count=count) for name, count in counts.items()]
    yield from _stage(rehearsal, catalog, Text(*["; ".join(said)] * 2), lang)
    yield from _held(rehearsal, trials, lang)


def _stage(rehearsal: Rehearsal, catalog: Catalog, title: Text, lang: Lang) -> Iterator[Line]:
    now = health(rehearsal.session.world)
    yield Line(0, "heading", f"{day(now.at, lang)} {title.in_(lang)}")
    for node in now.nodes:
        yield Line(1, "plain", _node(node, lang))
    yield Line(1, "plain", _pods(now, lang))
    yield from said(diagnosis_now(rehearsal, catalog), lang)


def day(at: float, lang: Lang) -> str:
    """Virtual seconds as a day and a time of day."""
    rest = int(at % DAY)
    return _DAY.in_(lang).format(day=int(at // DAY), time=f"{rest // 3600:02d}:{rest % 3600 // 60:02d}")


def _node(node: NodeHealth, lang: Lang) -> str:
    ready = {"True": "Ready", "False": "NotReady", "Unknown": "Unknown"}[node.ready]
    age = "-" if node.pleg_age is None else human(node.pleg_age)
    return _NODE.in_(lang).format(name=node.name, ready=ready, flaps=node.flaps, age=age)


def _pods(now: Health, lang: Lang) -> str:
    names = {node.name for node in now.nodes}
    return _PODS.in_(lang).format(bad=len([name for name in now.unwell if name not in names]), all=now.pods)


def said(diagnosis: Diagnosis, lang: Lang) -> Iterator[Line]:
    """A diagnosis in a line or two: the verdict, and each cause with how sure it is."""
    yield Line(1, "plain", _SAID.in_(lang).format(verdict=VERDICT[diagnosis.verdict].in_(lang)))
    for found in diagnosis.hypotheses:
        yield Line(2, "item", f"{found.cause}: {found.title.in_(lang)} [{CONFIDENCE[found.confidence].in_(lang)}]")


def _held(rehearsal: Rehearsal, trials: list[Trial], lang: Lang) -> Iterator[Line]:
    """One line for each remedy and what can be said of it."""
    found = Counter((trial.remedy, verdict(rehearsal.session, trial)) for trial in trials)
    for (name, word), count in found.items():
        style: Style = "warn" if word in {Verdict.came_back, Verdict.no_help} else "good"
        yield Line(1, style, _HELD.in_(lang).format(name=name, word=VERDICTS[word].in_(lang), count=count))
