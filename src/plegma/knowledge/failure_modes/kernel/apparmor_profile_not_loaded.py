"""The pod asks for an AppArmor profile that the node does not have."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="apparmor-profile-not-loaded",
    layer="kernel",
    role="cause",
    subject="Pod",
    title=Text("the pod's AppArmor profile is not loaded on the node", "Pod が指定する AppArmor プロファイルがノードに読み込まれていない"),
    summary=Text(
        "The pod (annotation or securityContext.appArmorProfile) names a Localhost profile that the node's kernel does not know, or AppArmor is off on that node. The kubelet rejects the pod, or the runtime refuses to make the container.",
        "Pod(アノテーションまたは securityContext.appArmorProfile)が Localhost のプロファイルを指定しているが、ノードのカーネルに読み込まれていない、または AppArmor 自体が無効。kubelet が Pod を拒否するか、ランタイムがコンテナ作成を拒否する。",
    ),
    signatures=(
        Signature(r"Cannot enforce AppArmor: ", component="kubelet", proof="states", source="pkg/kubelet/lifecycle/handlers.go, pkg/security/apparmor/validate.go"),
        Signature(r"apparmor profile not found ", component="runtime", proof="states", source="containerd pkg/cri"),
        Signature(r"[Aa]pp[Aa]rmor profile \S+ (specified but|is) not loaded", component="runtime", proof="states", source="cri-o internal/config/apparmor"),
        Signature(r"apparmor failed to apply profile: write /proc/\S+: no such file or directory", component="runtime", proof="states", source="runc libcontainer/apparmor"),
        Signature(r"unable to apply apparmor profile: ", component="runtime", source="runc libcontainer/standard_init_linux.go"),
        Signature(r"write /proc/(self|thread-self|\d+)/attr/(apparmor/)?exec: no such file or directory", component="runtime", proof="states", source="runc libcontainer/apparmor"),
        Signature(r"AppArmor is not (enabled|supported) on the host", component="runtime", source="pkg/security/apparmor/validate.go"),
        Signature(r"apparmor is not supported", component="runtime", source="containerd pkg/cri"),
        Signature(r"apparmor_parser.{0,40}executable file not found", component="runtime", source="containerd, moby: the default profile cannot be loaded without apparmor_parser"),
    ),
    states=(StateTest("Pod", {"reason": r"^AppArmor$"}), StateTest("Pod", {"status": r"^(AppArmor|Blocked)$"})),
    leads_to=(
        Link("pod-rejected", "pod", Text("the kubelet's admission check fails and the pod stays Failed or Blocked", "kubelet の受け入れ検査に失敗し、Pod は Failed または Blocked のまま残る"), strength=0.8),
        Link("container-cannot-run", "pod", Text("the runtime cannot apply the profile to the container", "ランタイムがコンテナにプロファイルを適用できない"), strength=0.8),
        Link("pod-stuck-creating", "pod", Text("the container is never made", "コンテナが作成されない"), strength=0.5),
    ),
    asks=(
        Ask("cat /sys/kernel/security/apparmor/profiles | grep -v docker-default; cat /sys/module/apparmor/parameters/enabled  # on {node}",
            Text("the profile's name is not in the list, or AppArmor is off", "プロファイル名が一覧にない、または AppArmor が無効"), ("apparmor-blocks-kill", "selinux-denial", "container-command-not-found")),
    ),
    remedies=(
        Remedy("temporary", Text("load the profile on the node and delete the pod", "ノードにプロファイルを読み込み、Pod を削除して作り直す"), Text("the pod is made anew", "Pod が再作成される"), "apparmor_parser -r /etc/apparmor.d/PROFILE  # on {node}; then kubectl -n {namespace} delete pod {pod}", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("bring profiles to all nodes (node image, a DaemonSet, the security-profiles-operator), or correct the name in the pod's template", "全ノードにプロファイルを配布する(ノードイメージ・DaemonSet・security-profiles-operator)、またはテンプレートの名前を修正する"), Text("none", "なし"), "", "kubectl -n {namespace} get pods -o wide", "none"),
    ),
    versions="annotations up to 1.30, securityContext.appArmorProfile from 1.30 on; the kubelet checks Localhost profiles itself before 1.30 or so, later the runtime does",
    references=("https://kubernetes.io/docs/tutorials/security/apparmor/",),
    examples=(
        hit("status", 'Cannot enforce AppArmor: profile "k8s-deny-write" is not loaded', reason="AppArmor"),
        hit("kubelet", "Cannot enforce AppArmor: AppArmor is not enabled on the host"),
        hit("k8s-event", "Error: failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found k8s-deny-write", reason="Failed"),
        hit("crio", 'AppArmor profile "k8s-deny-write" specified but not loaded'),
        hit("containerd", "OCI runtime create failed: runc create failed: unable to start container process: error during container init: unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown"),
        hit("dockerd", 'starting container process caused "write /proc/self/attr/exec: no such file or directory"'),
        hit("containerd", "failed to generate apparmor spec opts: apparmor is not supported"),
        hit("k8s-event", 'Error: failed to create containerd container: get apparmor_parser version: exec: "apparmor_parser": executable file not found in $PATH', reason="Failed"),
        near_miss("kernel", 'audit: type=1400 audit(1700000000.5:62): apparmor="DENIED" operation="open" profile="k8s-deny-write" name="/data/x"'),
        near_miss("status", "kubelet is posting ready status. AppArmor enabled", reason="KubeletReady"),
        near_miss("pod-log", "open /proc/self/attr/current: no such file or directory"),
    ),
    state_examples=(
        StateExample("Pod", {"status": "Blocked", "ready": "0/1"}, True),
        StateExample("Pod", {"status": "AppArmor"}, True),
        StateExample("Pod", {"reason": "AppArmor", "phase": "Failed"}, True),
        StateExample("Pod", {"status": "Pending"}, False),
    ),
)
