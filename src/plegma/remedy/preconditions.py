"""Is it safe to act? One row for each question, over facts that were asked right before the action."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.texts import Text
from plegma.remedy.actions import Action, DrainNode, EvictPod, worse_of
from plegma.remedy.facts import (
    AddressFacts,
    CheckpointFacts,
    Facts,
    NodeFacts,
    PodFacts,
    ProcessFacts,
    SandboxFacts,
    UnitFacts,
    WorkloadFacts,
)

Outcome = Literal["ok", "riskier", "stop"]


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question; `risk` is what the action's risk becomes at least when it is "riskier"."""

    outcome: Outcome
    text: Text
    risk: RiskLevel = "none"


def checks_of(action: Action, facts: Facts) -> tuple[Check, ...]:
    """All answers; the action may go on only when none says stop."""
    match facts:
        case PodFacts():
            return tuple(_pod(action, facts))
        case WorkloadFacts():
            return tuple(_workload(action, facts))
        case NodeFacts():
            return tuple(_node(action, facts))
        case UnitFacts():
            return tuple(_unit(facts))
        case ProcessFacts():
            return tuple(_process(facts))
        case SandboxFacts():
            return tuple(_sandbox(facts))
        case AddressFacts():
            return tuple(_addresses(facts))
        case CheckpointFacts():
            return tuple(_checkpoint(facts))


def stopped(checks: tuple[Check, ...]) -> bool:
    """Does any answer forbid the action?"""
    return any(c.outcome == "stop" for c in checks)


def risk_with(risk: RiskLevel, checks: tuple[Check, ...]) -> RiskLevel:
    """The action's risk with what the answers add."""
    return worse_of(risk, *(c.risk for c in checks))


def _ok(en: str, ja: str) -> Check:
    return Check("ok", Text(en, ja))


def _stop(en: str, ja: str) -> Check:
    return Check("stop", Text(en, ja))


def _riskier(risk: RiskLevel, en: str, ja: str) -> Check:
    return Check("riskier", Text(en, ja), risk)


def _paused(by: str) -> Iterator[Check]:
    if by:
        yield _stop(f"hands off: plegma.dev/paused is set on {by}", f"{by} に plegma.dev/paused が設定されているため操作しません")


def _pod(action: Action, pod: PodFacts) -> Iterator[Check]:
    if not pod.exists:
        yield _stop("the pod of the diagnosis is gone; diagnose again", "診断時の Pod はもうありません。診断し直してください")
        return
    yield from _paused(pod.paused_by)
    if pod.mirror:
        yield _stop("a static pod: the API has its mirror only, the kubelet starts it from a file",
                    "static Pod であり、API にあるのは写しだけです。kubelet がファイルから起動します")  # fmt: skip
    elif not pod.owner:
        yield _stop("no owner would make the pod again", "所有者がなく、削除すると作り直されません")
    elif pod.owner_ending:
        yield _stop(f"its owner {pod.owner} is being deleted", f"所有者 {pod.owner} は削除中です")
    else:
        yield _ok(f"{pod.owner} makes it again", f"{pod.owner} が作り直します")
    yield from _disruption(action, pod)
    if pod.local_data:
        names = ", ".join(pod.local_data)
        yield _riskier("data-loss", f"local data is lost with it: {names}", f"ローカルデータが失われます: {names}")
    if pod.ending:
        yield _stop("the pod is being deleted already", "Pod は既に削除中です")


def _disruption(action: Action, pod: PodFacts) -> Iterator[Check]:
    if pod.disruptions_allowed is not None and pod.disruptions_allowed < 1:
        if isinstance(action, EvictPod):
            yield _stop("a PodDisruptionBudget allows no disruption now", "PodDisruptionBudget により今は中断できません")
        else:
            yield _riskier("disruptive", "a PodDisruptionBudget allows no disruption now, and a deletion does not ask it",
                           "PodDisruptionBudget は今の中断を許していません(削除はそれを無視します)")  # fmt: skip
    if pod.ready and pod.peers_ready == 0:
        yield _riskier("disruptive", "it is the last ready pod of its owner", "所有者の最後の Ready な Pod です")
    elif not pod.ready:
        yield _ok("it is not ready: nobody is served by it", "Ready ではなく、要求を処理していません")
    else:
        yield _ok(f"{pod.peers_ready} other ready pods serve meanwhile", f"他に Ready な Pod が {pod.peers_ready} 個あります")


def _workload(action: Action, facts: WorkloadFacts) -> Iterator[Check]:
    if not facts.exists:
        yield _stop("the workload was not found", "ワークロードが見つかりません")
        return
    yield from _paused(facts.paused_by)
    if facts.paused:
        yield _stop("its rollout is paused", "ロールアウトが一時停止されています")
    if type(action).__name__ == "UndoRollout" and not facts.previous:
        yield _stop("there is no earlier revision to go back to", "戻るべき前のリビジョンがありません")
    yield _ok(f"{facts.ready} of {facts.wanted} pods are ready", f"{facts.wanted} 個中 {facts.ready} 個の Pod が Ready です")


def _node(action: Action, node: NodeFacts) -> Iterator[Check]:
    if not node.exists:
        yield _stop("the API has no such node", "そのようなノードは API にありません")
        return
    yield from _paused(node.paused_by)
    if not isinstance(action, DrainNode):
        yield _ok("running pods stay", "稼働中の Pod はそのままです")
        return
    if node.bare_pods:
        names = ", ".join(node.bare_pods[:5])
        yield _stop(f"pods that nobody would make again: {names}", f"作り直されない Pod があります: {names}")
    if node.local_data and not action.local_data:
        names = ", ".join(node.local_data[:5])
        yield _stop(f"pods with local data: {names}", f"ローカルデータを持つ Pod があります: {names}")
    elif node.local_data:
        names = ", ".join(node.local_data[:5])
        yield _riskier("data-loss", f"the local data of these pods is lost: {names}", f"次の Pod のローカルデータが失われます: {names}")
    if node.blocked:
        names = ", ".join(node.blocked[:5])
        yield _stop(f"PodDisruptionBudgets allow no disruption of: {names}", f"PodDisruptionBudget が中断を許していません: {names}")
    yield _riskier("disruptive", f"{node.pods} pods move to other nodes", f"{node.pods} 個の Pod が他のノードへ移ります")


def _unit(unit: UnitFacts) -> Iterator[Check]:
    if unit.containers_survive is False:
        yield _riskier("disruptive", "docker runs without live-restore: all containers of the node end with it",
                       "Docker は live-restore なしで動いており、ノードの全コンテナが終了します")  # fmt: skip
    elif unit.containers_survive is None:
        yield _riskier("disruptive", "it could not be asked whether containers outlive the restart",
                       "再起動後もコンテナが残るかどうか確認できませんでした")  # fmt: skip
    else:
        yield _ok("containers outlive it", "コンテナは残ります")


def _process(process: ProcessFacts) -> Iterator[Check]:
    if not process.pid:
        yield _stop("the process was not found", "プロセスが見つかりません")
    elif process.state not in {"T", "t"}:
        yield _stop(f"process {process.pid} is not stopped (state {process.state})",
                    f"プロセス {process.pid} は停止していません(状態 {process.state})")  # fmt: skip
    else:
        yield _ok(f"process {process.pid} is stopped", f"プロセス {process.pid} は停止しています")


def _sandbox(sandbox: SandboxFacts) -> Iterator[Check]:
    if sandbox.unknown:
        yield _stop(f"the runtime could not be asked: {sandbox.unknown}", f"ランタイムに確認できませんでした: {sandbox.unknown}")
    elif not sandbox.exists:
        yield _stop("the runtime has no such sandbox any more", "そのような sandbox はもうありません")
    elif sandbox.ready:
        yield _stop("the sandbox is READY: it is alive", "sandbox は READY であり、生きています")
    elif sandbox.running:
        names = ", ".join(sandbox.running)
        yield _riskier("disruptive", f"containers still run in it: {names}", f"まだ動いているコンテナがあります: {names}")
    else:
        yield _ok("it is not READY and nothing runs in it", "READY ではなく、中で動いているものもありません")


def _addresses(addresses: AddressFacts) -> Iterator[Check]:
    if addresses.unknown:
        yield _stop(f"the runtime could not be asked for its sandboxes: {addresses.unknown}",
                    f"ランタイムに sandbox の一覧を確認できませんでした: {addresses.unknown}")  # fmt: skip
    elif not addresses.leaked:
        yield _stop("every reservation that is old enough belongs to a sandbox: the range is really used up",
                    "十分に古い予約はすべて sandbox のものであり、アドレス範囲を本当に使い切っています")  # fmt: skip
    else:
        yield _ok(f"{len(addresses.leaked)} of {addresses.reserved} reservations have no sandbox",
                  f"{addresses.reserved} 件の予約のうち {len(addresses.leaked)} 件に sandbox がありません")  # fmt: skip


def _checkpoint(checkpoint: CheckpointFacts) -> Iterator[Check]:
    if not checkpoint.exists:
        yield _stop("there is no such checkpoint", "そのようなチェックポイントはありません")
    elif checkpoint.container is None:
        yield _stop("docker could not be asked for the container", "Docker にコンテナの有無を確認できませんでした")
    elif checkpoint.container:
        yield _stop("its container exists", "そのコンテナは存在します")
    else:
        yield _ok("docker has no such container", "Docker にそのコンテナはありません")
