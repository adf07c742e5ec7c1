"""The control plane's own pods restart again and again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, StateExample, StateTest
from plegma.model.texts import Text

MODE = FailureMode(
    id="control-plane-crash-loop",
    layer="control_plane",
    role="mechanism",
    subject="Cluster",
    title=Text("control-plane pods restart again and again", "コントロールプレーンの Pod が再起動を繰り返している"),
    summary=Text("kube-apiserver, etcd, kube-controller-manager and kube-scheduler do not stay up.", "kube-apiserver・etcd・kube-controller-manager・kube-scheduler が起動し続けられない。"),
    states=(StateTest("Pod", {"pod": r"^(etcd|kube-apiserver|kube-controller-manager|kube-scheduler)-", "restarts": ">=4"}, at_least=2),),
    leads_to=(
        Link("apiserver-unavailable", "cluster", Text("while the API server or etcd is down nobody is served", "API サーバーや etcd が停止している間は誰も応答を得られない"), strength=0.8),
        Link("container-restarting", "cluster", Text("each end is a restart of a static pod", "終了のたびに static Pod が再起動する"), strength=0.8),
    ),
    asks=(Ask("crictl ps -a; crictl logs --tail=50 $(crictl ps -a --name kube-apiserver -q | head -1)  # on a control-plane node", Text("who ends first, and with which code", "どれが最初に、どの終了コードで終わるか"), evidence="pod-log"),),
    state_examples=(
        StateExample("Pod", {"pod": "kube-apiserver-cp1", "restarts": 14, "status": "Running"}, True),
        StateExample("Pod", {"pod": "kube-proxy-x7k2p", "restarts": 14, "status": "Running"}, False),
    ),
    generic=True,
)
