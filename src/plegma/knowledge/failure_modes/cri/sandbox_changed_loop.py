"""The pod's sandbox is made anew again and again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sandbox-changed-loop",
    layer="cri",
    role="mechanism",
    subject="Pod",
    title=Text("the pod's sandbox is re-created again and again", "Pod の sandbox が何度も作り直されている"),
    summary=Text(
        "SandboxChanged is sent when an old sandbox stood and is no longer usable (dead, two of them ready, no IP). Once is normal after a reboot; a growing count is a fault.",
        "古い sandbox が使えなくなった(停止・二重・IP なし)ときに SandboxChanged が出る。再起動直後の 1 回は正常だが、回数が増え続けるなら異常である。",
    ),
    signatures=(Signature(r"^Pod sandbox changed, it will be killed and re-created", component="kubelet", reason="SandboxChanged", proof="suggests", at_least=3, source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),),
    leads_to=(
        Link("container-restarting", "pod", Text("with each new sandbox all containers of the pod are started anew", "sandbox のたびにすべてのコンテナが起動し直される"), strength=0.7),
        Link("crash-loop-back-off", "pod", Text("containers that end with their sandbox go into back-off", "sandbox とともに終了したコンテナがバックオフに入る"), strength=0.6),
        Link("pod-stuck-creating", "pod", Text("no sandbox lives long enough for the containers", "コンテナを作れるほど長く sandbox が生きていない"), strength=0.6),
    ),
    asks=(Ask("kubectl -n {namespace} describe pod {pod}", Text("an error next to SandboxChanged, or none at all", "SandboxChanged の近くにエラーがあるか、まったく無いか"), evidence="pod-describe"),),
    examples=(
        hit("k8s-event", "Pod sandbox changed, it will be killed and re-created.", reason="SandboxChanged", count=90),
        near_miss("k8s-event", "Pod sandbox changed, it will be killed and re-created.", reason="SandboxChanged", count=1),
        near_miss("k8s-event", "Stopping container web", reason="Killing", count=90),
    ),
    generic=True,
    concepts=("pod-sandbox",),
)
