"""dockershim keeps a checkpoint of a sandbox whose container is gone."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="stale-sandbox-checkpoint",
    layer="cri",
    role="cause",
    subject="Pod",
    title=Text("a stale dockershim checkpoint keeps a dead PodSandbox alive on record", "dockershim の古いチェックポイントが、消えた PodSandbox の記録を残している"),
    summary=Text(
        "A file under /var/lib/dockershim/sandbox outlived its container. ListPodSandbox still returns it, PodSandboxStatus answers 'No such container' with code Unknown, and the pod's status fails for ever although a newer sandbox may be up.",
        "/var/lib/dockershim/sandbox のファイルがコンテナより長く残っている。ListPodSandbox はそれを返し続け、PodSandboxStatus は code = Unknown の「No such container」を返すため、新しい sandbox が動いていても Pod の状態取得が永久に失敗する。",
    ),
    signatures=(
        Signature(r"error determining status: rpc error: code = (?:Unknown|2) desc = Error: No such container: (?P<sandbox_id>[0-9a-f]{12,64})", component="kubelet", reason="FailedSync", at_least=10, proof="suggests", source="pkg/kubelet/kubelet.go; dockershim gives the code Unknown where others say NotFound"),
        Signature(r"Failed to stop sandbox \\*\"(?P<sandbox_id>[0-9a-f]{12,64})\\*\" before removing: .{0,300}No such container", component="kubelet", at_least=2, proof="suggests", source="pkg/kubelet/kuberuntime/kuberuntime_gc.go, kubernetes/kubernetes#55070"),
    ),
    states=(StateTest("SandboxRecord", {"listed": r"^false$", "other_up": r"^true$"}, proof="suggests"), StateTest("SandboxRecord", {"checkpoint": r"^true$", "listed": r"^false$"})),
    leads_to=(
        Link("sandbox-container-missing", "pod", Text(
            "the sandbox is listed from its checkpoint, but inspecting its container finds nothing",
            "チェックポイントから sandbox が一覧に載るが、コンテナを調べても存在しない"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("runtime calls also hang for this pod; a checkpoint alone gives an error at once, not a hang", "この Pod ではランタイム呼び出しがハングもしている。チェックポイントだけなら直ちにエラーが返り、ハングはしない"), mode="cri-call-timeout", weight=0.4),
        Refutation(Text("the node runs containerd or CRI-O: there is no dockershim", "ノードは containerd または CRI-O で動いており、dockershim は存在しない"), state=StateTest("Node", {"runtime": r"^(containerd|cri-o)"}), weight=1.0),
    ),
    asks=(
        Ask("ls -l --time-style=full-iso /var/lib/dockershim/sandbox | grep {sandbox_id}; docker inspect {sandbox_id}  # on {node}",
            Text("the checkpoint exists and docker says 'No such object'", "チェックポイントが存在し、docker は No such object と答える"), ("cni-plugin-hang-or-lock", "pause-container-dead"), evidence="dockershim-checkpoints"),
    ),
    remedies=(
        Remedy("temporary", Text("move the checkpoint of the dead sandbox aside and restart the kubelet", "消えた sandbox のチェックポイントを退避し、kubelet を再起動する"),
               Text("the wrong file would make the kubelet forget a live sandbox: compare the id with the error first", "別のファイルを動かすと生きている sandbox が忘れられるため、必ずエラーの ID と照合する"),
               "mv /var/lib/dockershim/sandbox/{sandbox_id} /root/ && systemctl restart kubelet  # on {node}", "journalctl -u kubelet --since -2min --no-pager | grep {sandbox_id}", "restart"),
        Remedy("temporary", Text("delete the pod so that its controller makes a new one with a new UID and sandbox", "Pod を削除し、コントローラーに新しい UID と sandbox で作り直させる"),
               Text("the pod is interrupted; a bare pod without an owner would be lost", "Pod が中断する。所有者のない単独 Pod は失われる"),
               "kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("move to a Kubernetes version whose kubelet has no such checkpoints (dockershim was removed in v1.24) with containerd or CRI-O", "このチェックポイントを持たない Kubernetes(dockershim は v1.24 で削除)と containerd / CRI-O へ移行する"),
               Text("a change of the runtime: drain and rebuild node by node", "ランタイムの変更になるため、drain して 1 台ずつ作り直す"), "", "kubectl get nodes -o wide", "disruptive"),
    ),
    versions="Kubernetes to v1.23 with dockershim",
    references=("https://github.com/kubernetes/kubernetes/blob/v1.12.0/pkg/kubelet/dockershim/docker_sandbox.go",),
    examples=(
        hit("k8s-event", "error determining status: rpc error: code = Unknown desc = Error: No such container: ae81d0d5b1c2a3f4", reason="FailedSync", count=4000),
        hit("kubelet", 'Failed to stop sandbox "f71750559281" before removing: rpc error: code = Unknown desc = Error response from daemon: {"message":"No such container: f71750559281"}', count=30),
        near_miss("k8s-event", "error determining status: rpc error: code = Unknown desc = Error: No such container: ae81d0d5b1c2a3f4", reason="FailedSync"),
        near_miss("kubelet", 'Failed to stop sandbox "f71750559281" before removing: rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod', count=30),
    ),
    state_examples=(
        StateExample("SandboxRecord", {"listed": False, "other_up": True}, True),
        StateExample("SandboxRecord", {"listed": True, "other_up": True}, False),
        StateExample("SandboxRecord", {"listed": False, "checkpoint": True}, True),
    ),
    abductive=True,
    concepts=("pod-sandbox",),
)
