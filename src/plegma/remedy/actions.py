"""What can be done, as values: each with its object, what it does, and how to undo it."""

from dataclasses import dataclass
from typing import Literal

from plegma.knowledge.failure_mode import RiskLevel
from plegma.model.texts import Text

Where = Literal["cluster", "node"]
RISKS: tuple[RiskLevel, ...] = ("none", "restart", "disruptive", "data-loss")
"""From harmless to grave."""
NO_UNDO = Text("there is no way back", "元に戻す方法はありません")
MADE_ANEW = Text("nothing to undo: its owner makes a new one", "元に戻す必要はありません。所有者が新しく作ります")


def worse_of(*risks: RiskLevel) -> RiskLevel:
    """The gravest of these."""
    return max(risks, key=RISKS.index)


@dataclass(frozen=True, slots=True)
class DeletePod:
    """Deletes a pod through the API."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class EvictPod:
    """Deletes a pod unless a PodDisruptionBudget forbids it."""

    namespace: str
    name: str


@dataclass(frozen=True, slots=True)
class RestartRollout:
    """Replaces a workload's pods one by one; `name` is "" when it is the owner of the diagnosis' pod."""

    namespace: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class UndoRollout:
    """Goes back to a Deployment's previous template; `name` as in RestartRollout."""

    namespace: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class CordonNode:
    """No new pods on the node, or (`off`) new ones again."""

    node: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class DrainNode:
    """Cordons a node and evicts its pods; `local_data` also those with emptyDir volumes."""

    node: str
    local_data: bool = False


@dataclass(frozen=True, slots=True)
class RunUnit:
    """`systemctl start|restart UNIT` on this node.

    `dump` is the daemon whose goroutines are written into its own log first (SIGUSR1): a restart ends what they would tell.
    """

    verb: Literal["start", "restart"]
    unit: str
    dump: str = ""


@dataclass(frozen=True, slots=True)
class ContinueProcess:
    """SIGCONT to a daemon of this node that is stopped."""

    program: str


@dataclass(frozen=True, slots=True)
class RemoveSandbox:
    """Stops and removes a dead PodSandbox over CRI."""

    sandbox: str


@dataclass(frozen=True, slots=True)
class ReleaseAddresses:
    """Moves host-local's reservations aside whose sandbox the runtime does not know."""


@dataclass(frozen=True, slots=True)
class MoveCheckpoint:
    """Moves dockershim's checkpoint of a sandbox that is gone aside."""

    sandbox: str


ClusterAction = DeletePod | EvictPod | RestartRollout | UndoRollout | CordonNode | DrainNode
NodeAction = RunUnit | ContinueProcess | RemoveSandbox | ReleaseAddresses | MoveCheckpoint
Action = ClusterAction | NodeAction


def where_of(action: Action) -> Where:
    """Who has to act: the API, or plegma on the node itself."""
    return "node" if isinstance(action, NodeAction) else "cluster"


def object_of(action: Action, node: str = "") -> str:
    """What is acted on, for the audit and the cooldown: "pod/shop/web-0", "node/n1/unit/kubelet"."""
    match action:
        case DeletePod() | EvictPod():
            return f"pod/{action.namespace}/{action.name}"
        case RestartRollout() | UndoRollout():
            return f"{action.kind}/{action.namespace}/{action.name}"
        case CordonNode() | DrainNode():
            return f"node/{action.node}"
        case RunUnit():
            return f"node/{node}/unit/{action.unit}"
        case ContinueProcess():
            return f"node/{node}/process/{action.program}"
        case RemoveSandbox():
            return f"node/{node}/sandbox/{action.sandbox}"
        case ReleaseAddresses():
            return f"node/{node}/addresses"
        case MoveCheckpoint():
            return f"node/{node}/checkpoint/{action.sandbox}"


def does(action: Action) -> Text:
    """What it does, in one line."""
    match action:
        case DeletePod():
            return Text(f"delete the pod {action.namespace}/{action.name}", f"Pod {action.namespace}/{action.name} を削除する")
        case EvictPod():
            return Text(f"evict the pod {action.namespace}/{action.name}", f"Pod {action.namespace}/{action.name} を退避させる")
        case RestartRollout():
            return Text(f"restart {_workload(action)} pod by pod", f"{_workload(action)} の Pod を順に再起動する")
        case UndoRollout():
            return Text(f"take {_workload(action)} back to its previous template", f"{_workload(action)} を前のテンプレートへ戻す")
        case CordonNode(off=True):
            return Text(f"let new pods on the node {action.node} again", f"ノード {action.node} への新しい Pod の配置を再開する")
        case CordonNode():
            return Text(f"let no new pods on the node {action.node}", f"ノード {action.node} への新しい Pod の配置を止める")
        case DrainNode():
            return Text(f"cordon the node {action.node} and evict its pods", f"ノード {action.node} を cordon し、Pod を退避させる")
        case RunUnit():
            verb = "起動" if action.verb == "start" else "再起動"
            return Text(f"{action.verb} {action.unit} on this node", f"このノードの {action.unit} を{verb}する")
        case ContinueProcess():
            return Text(f"let the stopped {action.program} go on (SIGCONT)", f"停止している {action.program} を再開する(SIGCONT)")
        case RemoveSandbox():
            return Text(
                f"stop and remove the dead sandbox {action.sandbox[:13]}", f"死んだ sandbox {action.sandbox[:13]} を停止して削除する"
            )
        case ReleaseAddresses():
            return Text("move reservations aside whose sandbox is gone", "sandbox がもうないアドレス予約を退避する")
        case MoveCheckpoint():
            return Text(f"move the checkpoint of {action.sandbox[:13]} aside", f"{action.sandbox[:13]} のチェックポイントを退避する")


def undo_of(action: Action) -> Text:
    """How to take it back."""
    match action:
        case DeletePod() | EvictPod() | RemoveSandbox():
            return MADE_ANEW
        case RestartRollout() | UndoRollout():
            command = f"kubectl -n {action.namespace} rollout undo {action.kind}/{action.name or 'NAME'}"
            return Text(command, command)
        case CordonNode():
            command = f"kubectl {'cordon' if action.off else 'uncordon'} {action.node}"
            return Text(command, command)
        case DrainNode():
            return Text(f"kubectl uncordon {action.node}", f"kubectl uncordon {action.node}")
        case RunUnit() | ContinueProcess():
            return NO_UNDO
        case ReleaseAddresses() | MoveCheckpoint():
            return Text("the files are moved, not deleted: move them back", "ファイルは削除せず移動するだけなので、元の場所へ戻せます")


def _workload(action: RestartRollout | UndoRollout) -> str:
    return f"{action.kind} {action.namespace}/{action.name or '(the owner of the pod)'}"
