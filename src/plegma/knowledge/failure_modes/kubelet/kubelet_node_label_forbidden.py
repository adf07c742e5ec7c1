"""The kubelet tries to give itself labels that it may not set."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-node-label-forbidden",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("the kubelet may not set this node label on itself", "kubelet が自身に設定できないノードラベルを指定している"),
    summary=Text(
        "--node-labels holds a label of the kubernetes.io or k8s.io name space outside the allowed set (typically node-role.kubernetes.io/...). The kubelet refuses to start, or NodeRestriction refuses the registration.",
        "--node-labels に許可外の kubernetes.io / k8s.io 系ラベル(典型は node-role.kubernetes.io/...)がある。kubelet が起動を拒否するか、NodeRestriction が登録を拒否する。",
    ),
    signatures=(
        Signature(r"labels specified with --node-labels", "kubelet", "states", source="cmd/kubelet/app/options"),
        Signature(r"is not allowed to (?:modify|set the following) labels", "kubelet", "states", source="plugin/pkg/admission/noderestriction"),
    ),
    leads_to=(
        Link("kubelet-crash-loop", "node", Text("flag validation fails, the process exits", "フラグ検証に失敗しプロセスが終了する"), strength=0.8),
        Link("node-not-ready", "node", Text("registration is refused", "登録が拒否される"), strength=0.4),
    ),
    asks=(Ask("ps -ef | grep -o 'node-labels=[^ ]*'; systemctl cat kubelet | grep -i labels", Text("a kubernetes.io label outside kubelet.kubernetes.io/, node.kubernetes.io/ and the fixed set", "kubelet.kubernetes.io/、node.kubernetes.io/ と固定集合以外の kubernetes.io ラベル"), ("node-name-mismatch", "kubelet-removed-flag"), "kubelet-config"),),
    remedies=(
        Remedy("temporary", Text("drop the label from --node-labels, restart the kubelet and set the label with kubectl", "--node-labels から外して kubelet を再起動し、kubectl でラベルを付ける"), Text("restarts the kubelet only", "再起動するのは kubelet のみ"), "kubectl label node {node} node-role.kubernetes.io/worker=", "kubectl get node {node} --show-labels"),
        Remedy("permanent", Text("use your own label prefix for node groups; set roles from a controller with its own rights", "ノードグループには独自プレフィックスを使い、role は権限を持つコントローラーから付与する"), Text("none", "なし"), verify="kubectl get nodes --show-labels", risk_level="none"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to validate kubelet flags: unknown \'kubernetes.io\' or \'k8s.io\' labels specified with --node-labels: [node-role.kubernetes.io/worker]"'),
        hit("kubelet", 'Unable to register node with API server: nodes "wk-4" is forbidden: is not allowed to modify labels: node-role.kubernetes.io/gpu'),
        near_miss("kubelet", 'nodes "ip-10-9-0-4" is forbidden: node "wk-4" is not allowed to modify node "ip-10-9-0-4"'),
        near_miss("k8s-event", "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.", "FailedScheduling"),
    ),
    versions="v1.16 and later",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction",),
)
