"""What could not be had, as gaps: why, and the RBAC rule or the command that would help."""

from plegma.cluster import Refusal, Silence
from plegma.cluster.rules import rule_of
from plegma.evidence.read.live.questions import Question
from plegma.evidence.read.live.wanted import Wanted
from plegma.knowledge.evidence_kinds import EVIDENCE_KINDS
from plegma.model.diagnosis import Gap
from plegma.model.texts import Text

NO_QUERY = Text(
    "this kubelet does not answer log queries and offers no such file (enableSystemLogHandler and enableSystemLogQuery in its "
    "configuration; the feature gate NodeLogQuery is on by default since v1.36)",
    "この kubelet はログクエリーに答えず、該当ファイルもありません(kubelet 設定の enableSystemLogHandler と enableSystemLogQuery。"
    "フィーチャーゲート NodeLogQuery は v1.36 から既定で有効)",
)
_ON_THE_NODE = {
    "kubelet-log": "journalctl -u kubelet --no-pager  # on {node}",
    "runtime-log": "journalctl -u containerd -u crio -u docker --no-pager  # on {node}",
}


def gap_of(wanted: Wanted, outcome: Refusal | Silence) -> Gap:
    """The gap that a refusal or a silence leaves."""
    return Gap(wanted.evidence or "cluster", _told(wanted, _why(wanted, outcome)), _command(wanted, outcome))


def unqueried(wanted: Wanted) -> Gap:
    """The gap where a kubelet shows a folder instead of a log."""
    return Gap(wanted.evidence, _told(wanted, NO_QUERY), _ON_THE_NODE[wanted.evidence].format(node=wanted.node))


def cut_off(wanted: Wanted, size: int) -> Text:
    """What is said of an answer of which only the beginning came."""
    return Text(f"{wanted.artifact}: only the first {size} bytes came", f"{wanted.artifact}: 先頭の {size} バイトだけを受け取りました")


def left_out(count: int, well: int, suspicious: int) -> Text:
    """What is said of pods that were only counted."""
    more_en = f"; and {suspicious} more that are not well, as too many are" if suspicious else ""
    more_ja = f"。さらに、多すぎるため、正常でない {suspicious} 個も数だけを数えました" if suspicious else ""
    return Text(
        f"of {count} pods, {well} that are well, on nodes with no suspicious pod and named by no warning, were only counted{more_en}",
        f"Pod {count} 個のうち、正常で、不審な Pod の無いノード上にあり、警告イベントにも現れない {well} 個は数だけを数えました{more_ja}",
    )


def not_asked(count: int, asked: list[str]) -> Text:
    """What is said where more nodes are suspicious than are asked."""
    names = ", ".join(asked)
    return Text(
        f"{count} nodes are suspicious; only the kubelets of {names} were asked (plegma diagnose --cluster --node NAME asks another)",
        f"不審なノードが {count} 台あります。kubelet への問い合わせは {names} だけに行いました(ほかは --node NAME)",
    )


def nobody(question: Question, nodes: int, pods: int) -> Gap | None:
    """The gap where nothing has the name that was asked for: nothing is well because it is not there."""
    what = f"pod {question.namespace}/{question.pod}" if question.pod else f"node {question.node}"
    if question.pod and not pods:
        return Gap("pod-list", _absent(what), f"kubectl get pods -n {question.namespace}")
    if question.node and not nodes:
        return Gap("node-list", _absent(what), "kubectl get nodes")
    if question.namespace and not pods:
        text = _absent(f"pod in the namespace {question.namespace}")
        return Gap("pod-list", text, "kubectl get namespaces")
    return None


def _absent(what: str) -> Text:
    return Text(f"there is no {what}, or none that may be seen", f"{what} は存在しないか、見る権限がありません")


def _told(wanted: Wanted, why: Text) -> Text:
    kind = EVIDENCE_KINDS.get(wanted.evidence)
    what = kind.title if kind else Text(wanted.artifact, wanted.artifact)
    target = wanted.request.target
    return Text(f"not received: {what.en} ({target}): {why.en}", f"取得できず: {what.ja}({target}): {why.ja}")


def _why(wanted: Wanted, outcome: Refusal | Silence) -> Text:
    match outcome:
        case Refusal(status=401, message=message):
            return Text(f"the credentials were not accepted ({message})", f"認証情報が受け入れられませんでした({message})")
        case Refusal(status=403, message=message):
            rule = rule_of(wanted.request)
            needs = rule.yaml if rule else "?"
            return Text(f"not allowed: {message}; the rule that allows it: {needs}", f"権限がありません: {message}。必要なルール: {needs}")
        case Refusal(status=429, message=message):
            return Text(f"the API server is too busy ({message})", f"API サーバーが混雑しています({message})")
        case Refusal(status=status, message=message):
            return Text(f"refused with HTTP {status}: {message}", f"HTTP {status} で拒否されました: {message}")
        case Silence(why="deadline", message=message):
            return Text(f"no answer in time: {message}", f"時間内に応答がありません: {message}")
        case Silence(why="credentials", message=message):
            return Text(f"the kubeconfig or its credentials cannot be used: {message}", f"kubeconfig または認証情報が使えません: {message}")
        case Silence(message=message):
            return Text(f"no connection: {message}", f"接続できません: {message}")


def _command(wanted: Wanted, outcome: Refusal | Silence) -> str:
    if isinstance(outcome, Refusal) and outcome.status == 403 and (rule := rule_of(wanted.request)):
        return rule.check
    if isinstance(outcome, Refusal) and outcome.status == 401:
        return "kubectl auth whoami"
    if isinstance(outcome, Silence) and outcome.why == "credentials":
        return "kubectl config view --minify"
    if wanted.node:
        return _ON_THE_NODE.get(wanted.evidence, wanted.command).format(node=wanted.node)
    return wanted.command
