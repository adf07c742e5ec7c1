"""The kubelet counts the container runtime as down."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="container-runtime-down",
    layer="cri",
    role="mechanism",
    subject="Node",
    title=Text("the kubelet sees the container runtime as down", "kubelet がコンテナランタイムを停止とみなしている"),
    summary=Text(
        "The runtime's status was not seen for 30 s (polled every 5 s), so the kubelet stops syncing pods and reports the node as not ready.",
        "ランタイムの状態(5 秒ごとに確認)が 30 秒以上得られず、kubelet は Pod の同期を止めてノードを NotReady と報告する。",
    ),
    signatures=(
        Signature(r"container runtime is down", component="kubelet", source="pkg/kubelet/runtime.go"),
        Signature(r"Container runtime sanity check failed", component="kubelet", proof="suggests", source="pkg/kubelet/kubelet.go updateRuntimeUp: one Status call failed"),
    ),
    leads_to=(
        Link("node-not-ready", "node", Text("the runtime's state is part of the Ready condition", "ランタイムの状態は Ready 条件の一部である"), strength=0.95),
        Link("node-readiness-flapping", "node", Text("each spell of more than 30 s makes the node NotReady once", "30 秒を超えるたびにノードが NotReady になる"), strength=0.5),
        Link("pod-stuck-creating", "node", Text("no pod is synced meanwhile", "その間 Pod は同期されない"), strength=0.6),
        Link("pod-stuck-terminating", "node", Text("no pod is synced meanwhile", "その間 Pod は同期されない"), strength=0.5),
    ),
    asks=(Ask("systemctl status containerd docker crio; time crictl info", Text("does the runtime run, and does it answer", "ランタイムが動いているか、応答するか"), evidence="runtime-log"),),
    examples=(
        hit("status", "container runtime is down", reason="KubeletNotReady"),
        hit("kubelet", '"Skipping pod synchronization" err="container runtime is down"'),
        hit("kubelet", '"Container runtime sanity check failed" err="rpc error: code = Unavailable desc = error reading from server: EOF"'),
        near_miss("kubelet", '"Skipping pod synchronization" err="[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]"'),
    ),
    generic=True,
    concepts=("cri",),
)
