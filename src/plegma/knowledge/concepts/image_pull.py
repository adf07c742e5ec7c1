"""How an image comes to the node, and who asks for it."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="image-pull",
    title=Text("image pull (ErrImagePull, ImagePullBackOff)", "イメージの取得(ErrImagePull、ImagePullBackOff)"),
    what=Text(
        "The kubelet decides whether to pull (imagePullPolicy), collects credentials (imagePullSecrets of the pod and its service account, the node's credential provider), and asks the runtime to do it. The runtime resolves the registry's name with the node's resolver, through its own proxy and certificate settings, not the pod's. It asks for the manifest of the tag, chooses the platform, and fetches the layers that it lacks. The first failure reads ErrImagePull, the waiting afterwards ImagePullBackOff.",
        "取得するかどうかは kubelet が imagePullPolicy で決め、資格情報(Pod と ServiceAccount の imagePullSecrets、ノードの credential provider)を集めてランタイムに依頼する。ランタイムは Pod ではなくノードのリゾルバー、ランタイム自身のプロキシと証明書の設定を使う。タグの manifest を取得し、プラットフォームを選び、足りないレイヤーを取りに行く。最初の失敗が ErrImagePull、その後の待ちが ImagePullBackOff である。",
    ),
    fails=Text(
        "Read the end of the message. 'manifest unknown', 'not found': name or tag. 'pull access denied', 401, 403: credentials, or a private repository whose name is wrong (registries answer both alike). 429, 'toomanyrequests': the limit of the registry, counted by egress address. 'no such host', 'server misbehaving': the node's resolver. 'x509': the runtime does not trust the certificate. 'i/o timeout' to an address: firewall, proxy, route. 'no match for platform': no build for this CPU. 'content digest ... not found': the local store is damaged. The words 'Back-off pulling image' alone say nothing; the cause stands in the event before.",
        "メッセージの末尾を読む。「manifest unknown」「not found」は名前かタグ、「pull access denied」・401・403 は資格情報か、名前を誤った非公開リポジトリ(レジストリは区別せずに答える)、429・toomanyrequests はレジストリの制限(出口アドレス単位)、「no such host」「server misbehaving」はノードのリゾルバー、x509 はランタイムが証明書を信頼していない、アドレスへの「i/o timeout」はファイアウォール・プロキシ・経路、「no match for platform」はこの CPU 向けのビルドがない、「content digest ... not found」はローカルストアの破損である。「Back-off pulling image」だけでは何も分からず、原因はその前のイベントにある。",
    ),
    look=(
        Look("kubectl -n {namespace} describe pod {pod}", Text("the event 'Failed to pull image', whole", "「Failed to pull image」イベントの全文")),
        Look("crictl pull {image}  # on {node}", Text("the same path as the kubelet's, without the pod's secrets", "kubelet と同じ経路(Pod の secret は使われない)")),
        Look("journalctl -u containerd --no-pager | grep PullImage  # on {node}", Text("each redirect and mirror that was tried", "試されたリダイレクトとミラー")),
    ),
    numbers=(
        Number(Text("back-off: first, longest", "バックオフ: 最初、最長"), "10 s, 300 s", "pkg/kubelet/kubelet.go"),
        Number(Text("pulls of the kubelet (registryPullQPS, registryBurst)", "kubelet の pull の上限(registryPullQPS、registryBurst)"), "5/s, 10", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("one pull at a time (serializeImagePulls)", "同時に 1 つずつ取得(serializeImagePulls)"), "true", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("a pull without progress is given up after (containerd from 1.7)", "進捗のない pull を打ち切るまで(containerd 1.7 以降)"), "5 m", "containerd: internal/cri/config/config_unix.go"),
    ),
    see=("containerd", "image-gc", "coredns", "certificates"),
    modes=(
        "image-pull-back-off", "image-not-found", "image-pull-auth", "image-pull-rate-limit", "image-pull-x509", "image-pull-dns-failure",
        "image-registry-unreachable", "image-pull-proxy-misconfigured", "image-registry-http-response", "image-platform-missing", "image-pull-disk-full",
        "image-pull-qps-exceeded", "image-store-corrupted", "image-arch-mismatch", "sandbox-image-pull-failure", "pause-image-garbage-collected",
        "kubelet-credential-provider-missing", "node-resolver-broken",
        "image-name-invalid", "image-never-pull-absent", "image-pull-too-slow", "image-registry-server-error", "image-schema1-unsupported", "image-short-name-unresolved", "image-signature-rejected",
        "image-pull-secret-missing",
    ),
    aliases=("pull", "registry", "imagePullPolicy", "imagePullSecrets"),
    references=("https://kubernetes.io/docs/concepts/containers/images/",),
)
