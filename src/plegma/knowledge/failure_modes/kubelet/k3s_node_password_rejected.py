"""A k3s/RKE2 agent's node password is not the one the server knows."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="k3s-node-password-rejected",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("k3s/RKE2: node password rejected (duplicate or re-installed node)", "k3s/RKE2: ノードパスワードの拒否(重複または再インストールされたノード)"),
    summary=Text(
        "The server remembers a password for each node name. An agent that was re-installed, or a second machine with the same host name, offers another one and is refused; it never joins.",
        "サーバーはノード名ごとにパスワードを記憶している。再インストールされたエージェントや同名の別マシンは異なるパスワードを提示するため拒否され、参加できない。",
    ),
    signatures=(
        Signature(r"Node password rejected, duplicate hostname", "any", "states", source="k3s pkg/agent/config"),
        Signature(r"Node password validation failed for", "any", "states", source="k3s pkg/server/router.go, before the passwords became secrets (v1.20)"),
        Signature(r"unable to verify (?:hash for )?(?:node )?password", "any", "shows", source="k3s pkg/nodepassword"),
        Signature(r"hash does not match", "any", "shows", source="k3s pkg/nodepassword"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("the agent cannot register", "エージェントが登録できない"), strength=0.7),
        Link("node-status-unknown", "node", Text("the former node of that name gets no more heartbeats", "同名の旧ノードのハートビートが途絶える"), strength=0.4),
    ),
    asks=(Ask("kubectl -n kube-system get secret {node}.node-password.k3s; hostname; ls -l /etc/rancher/node/password", Text("the secret exists, and the agent's password file is newer", "Secret が存在し、エージェントのパスワードファイルの方が新しい"), ("node-name-mismatch", "kubelet-bootstrap-auth-failure"), "node-list"),),
    remedies=(
        Remedy("temporary", Text("delete the node and its password secret, then restart the agent", "ノードとパスワード Secret を削除し、エージェントを再起動する"), Text("make sure that no other machine has that name", "同名の別マシンがないことを確認する"), "kubectl delete node {node}; kubectl -n kube-system delete secret {node}.node-password.k3s", "kubectl get node {node}"),
        Remedy("permanent", Text("unique host names (--with-node-id), and removal of the node before its machine is re-installed", "ホスト名を一意にし(--with-node-id)、再インストール前にノードを削除する"), Text("none", "なし"), verify="kubectl get nodes", risk_level="none"),
    ),
    examples=(
        hit("k3s", "unable to verify password for node wk-2: secret is not present"),
        hit("k3s", "Waiting to retrieve agent configuration; server is not ready: Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag"),
        hit("k3s", "unable to verify hash for node 'wk-2': hash does not match"),
        hit("k3s", "Node password validation failed for [wk-2]"),
        hit("k3s", "Node password validation failed for 'wk-2', using passwd file '/var/lib/rancher/k3s/server/cred/node-passwd'"),
        near_miss("k3s", "https://10.1.0.10:6443/v1-k3s/serving-kubelet.crt: 403 Forbidden"),
        near_miss("k3s", 'nodes "wk-2" is forbidden: node "wk-3" is not allowed to modify node "wk-2"'),
        near_miss("k3s", "Waiting to retrieve agent configuration; server is not ready: Get https://10.1.0.10:6443/v1-k3s/readyz: dial tcp 10.1.0.10:6443: connect: connection refused"),
    ),
    versions="k3s, RKE2",
    references=("https://docs.k3s.io/architecture#how-agent-node-registration-works",),
)
