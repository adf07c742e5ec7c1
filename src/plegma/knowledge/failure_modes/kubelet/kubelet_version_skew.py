"""The kubelet and the control plane are of versions that do not go together."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="kubelet-version-skew",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("kubelet and API server versions are too far apart", "kubelet と API サーバーのバージョン差が許容外"),
    summary=Text(
        "The kubelet is newer than the API server, or more releases older than supported. It asks for API versions that the server does not have: informers never sync and pods do not start, or admission refuses its fields.",
        "kubelet が API サーバーより新しい、またはサポート範囲より古い。サーバーにない API バージョンを要求し、informer が同期せず Pod が起動しない、あるいはフィールドが拒否される。",
    ),
    signatures=(
        Signature(r"[Ff]ailed to (?:list|watch) \*[a-z0-9]+\.(?:Node|Pod|Service|RuntimeClass|CSI\w+|Lease|ConfigMap|Secret|ClusterTrustBundle|Resource\w+):.*the server could not find the requested resource", "kubelet", "shows", source="client-go reflector: 404 for the API version of a kind that a kubelet watches"),
        Signature(r"the kubelet version is higher than the control plane version", "shell", "states", source="kubeadm preflight"),
        Signature(r"Specified version to upgrade to \S+ is (?:at least one minor release|too)", "shell", "suggests", source="kubeadm upgrade"),
    ),
    leads_to=(
        Link("pod-stuck-creating", "node", Text("services or runtime classes never sync, so pods wait", "Service や RuntimeClass が同期せず Pod が待たされる"), strength=0.6),
        Link("node-not-ready", "node", Text("registration fails", "ノード登録に失敗する"), strength=0.4),
    ),
    asks=(Ask("kubectl version; kubectl get nodes", Text("a node's version above the server's, or more than three minors below (two before v1.28)", "ノードの版がサーバーより新しい、または 3 マイナー(v1.28 より前は 2)を超えて古い"), ("kubelet-removed-flag", "crd-missing"), "node-list"),),
    remedies=(
        Remedy("temporary", Text("install the kubelet of the control plane's version on that node", "該当ノードにコントロールプレーンと同じ版の kubelet を入れる"), Text("drain before a downgrade over a minor version", "マイナーをまたぐダウングレードは先に drain する"), "kubectl drain {node} --ignore-daemonsets", "kubectl get node {node}", "disruptive"),
        Remedy("permanent", Text("upgrade the control plane first, pin the kubelet package (apt-mark hold, versionlock)", "コントロールプレーンを先に更新し、kubelet パッケージを固定する(apt-mark hold、versionlock)"), Text("none", "なし"), "apt-mark hold kubelet kubeadm kubectl", "kubectl get nodes", "none"),
    ),
    examples=(
        hit("kubelet", "Failed to watch *v1.RuntimeClass: failed to list *v1.RuntimeClass: the server could not find the requested resource"),
        hit("shell", 'error: the kubelet version is higher than the control plane version. This is not a supported version skew and may lead to a malfunctional cluster. Kubelet version: "1.31.1" Control plane version: "1.29.8"'),
        hit("shell", "Specified version to upgrade to \"v1.31.0\" is at least one minor release higher than the kubeadm minor release"),
        near_miss("kubelet", "Failed to list *v1.Node: Unauthorized"),
        near_miss("kubelet", "Failed to watch *v1.Widget: failed to list *v1.Widget: the server could not find the requested resource (get widgets.lab.example)"),
        near_miss("pod-log", "the server could not find the requested resource (get ingresses.extensions)"),
    ),
    versions="supported: kubelet up to three minors older (two before v1.28), never newer",
    references=("https://kubernetes.io/releases/version-skew-policy/",),
)
