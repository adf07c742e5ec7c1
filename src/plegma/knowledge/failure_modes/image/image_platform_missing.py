"""The image is for another operating system, or another Windows build, than the node's."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="image-platform-missing",
    layer="image",
    role="cause",
    subject="Pod",
    title=Text("the image is for another operating system or Windows build than the node's", "イメージの OS(または Windows のビルド)がノードと異なる"),
    summary=Text(
        "A Linux image was sent to a Windows node or the reverse, or a Windows image is for a build that this node's kernel cannot run with process isolation. Name and tag exist, and the CPU may even be right; a missing node selector lets the scheduler choose the wrong kind of node.",
        "Linux イメージを Windows ノードに(またはその逆に)配置したか、Windows イメージのビルドがノードのカーネルと合わない(プロセス分離では実行できない)。名前とタグは存在し、CPU も一致していることがある。nodeSelector が無いと誤った種類のノードが選ばれる。",
    ),
    signatures=(
        Signature(r"image operating system \\*\"\w+\\*\" cannot be used on this platform", component="runtime", proof="states", source="moby distribution/pull_v2.go"),
        Signature(r"he container operating system does not match the host operating system", component="runtime", proof="states", source="Windows HCS, quoted by hcsshim"),
        Signature(r"no matching manifest for windows/", component="runtime", proof="states", source="moby distribution/pull_v2.go"),
        Signature(r"a Windows version \S+-based image is incompatible with a \S+ host", component="runtime", proof="states", source="moby distribution/pull_v2_windows.go"),
    ),
    leads_to=(
        Link("image-pull-back-off", "pod", Text("the runtime finds nothing that it may pull for this platform", "このプラットフォーム向けに取得できるものが無い"), within=600, strength=0.8),
        Link("container-cannot-run", "pod", Text("the host's kernel refuses the image's system files", "ホストのカーネルがイメージの OS を拒否する"), within=600, strength=0.5),
        Link("sandbox-image-pull-failure", "pod", Text("the pause image is the one without this platform", "pause イメージにこのプラットフォーム向けが無い"), within=600, strength=0.2),
    ),
    asks=(
        Ask("docker manifest inspect {image} | grep -A4 platform; kubectl get nodes -L kubernetes.io/os -L node.kubernetes.io/windows-build", Text("the node's system or build is not among the manifests", "ノードの OS やビルドがマニフェスト一覧に無い"), ("image-not-found", "image-arch-mismatch", "image-store-corrupted"), evidence="node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("select nodes of the image's system (and Windows build)", "イメージの OS(と Windows ビルド)に合うノードを選ぶ"), Text("the pod waits when there is no such node", "該当ノードが無ければ Pending になる"), "kubectl -n {namespace} patch deployment WORKLOAD --type=merge --patch-file node-selector.yaml  # nodeSelector: kubernetes.io/os: windows", "kubectl -n {namespace} get pods -o wide", "restart"),
        Remedy("permanent", Text("publish an index with every system and build in use, and taint Windows nodes so that Linux pods keep off", "使用する全ての OS・ビルドを含むイメージを公開し、Windows ノードには taint を付ける"), Text("none for running pods", "稼働中の Pod に影響しない"), "", "docker manifest inspect {image}", "none"),
    ),
    versions="clusters with Windows nodes",
    references=("https://kubernetes.io/docs/concepts/windows/user-guide/", "https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility"),
    examples=(
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: image operating system "windows" cannot be used on this platform', reason="Failed"),
        hit("k8s-event", "Error: failed to create containerd task: hcs::CreateComputeSystem web: The container operating system does not match the host operating system.", reason="Failed"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: no matching manifest for windows/amd64 10.0.17763 in the manifest list entries', reason="Failed"),
        hit("k8s-event", 'Failed to pull image "web:4": rpc error: code = Unknown desc = Error response from daemon: a Windows version 10.0.20348-based image is incompatible with a 10.0.17763 host', reason="Failed"),
        near_miss("pod-log", "exec /usr/local/bin/web: exec format error"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:4": rpc error: code = NotFound desc = failed to pull and unpack image "registry.example/web:4": no match for platform in manifest: not found', reason="Failed"),
        near_miss("k8s-event", 'Failed to pull image "registry.example/web:9": rpc error: code = NotFound desc = failed to resolve reference "registry.example/web:9": registry.example/web:9: not found', reason="Failed"),
    ),
)
